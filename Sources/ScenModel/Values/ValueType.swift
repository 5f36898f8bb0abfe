/// The type of a value after analysis: nothing in it is still to be inferred.
///
/// Enumerations, records and messages are nominal and named by their index in `TypeTable`.
/// `maybe` is never nested: a maybe of a maybe is the inner one.
package indirect enum ValueType: Hashable, Sendable {
    case bool
    case int
    /// Whole numbers from `low` to `high`, both included.
    case range(low: Int, high: Int)
    case real
    case string
    /// Nanoseconds.
    case duration
    case node
    case enumeration(Int)
    case record(Int)
    case maybe(ValueType)
    case tuple([ValueType])
    case list(ValueType)
    case set(ValueType)
    case map(key: ValueType, value: ValueType)
    /// Any message of the algorithm.
    case message
    case signed(ValueType)
    case sealed(ValueType)
    /// What a statement-like call gives back.
    case nothing

    /// T of `maybe T`; any other type itself.
    package var withoutMaybe: ValueType {
        if case .maybe(let inner) = self { inner } else { self }
    }
}

/// The nominal types of one case.
package struct TypeTable: Sendable, Hashable {
    package struct Enumeration: Sendable, Hashable {
        package var name: String
        package var words: [String]
        package init(name: String, words: [String]) {
            self.name = name
            self.words = words
        }
    }
    package struct Field: Sendable, Hashable {
        package var name: String
        package var type: ValueType
        package init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }
    /// A record type, a message or a timer: a name and fields in order.
    package struct Shape: Sendable, Hashable {
        package var name: String
        package var fields: [Field]
        package init(name: String, fields: [Field]) {
            self.name = name
            self.fields = fields
        }
    }
    package var enumerations: [Enumeration] = []
    package var records: [Shape] = []
    package var messages: [Shape] = []
    package var timers: [Shape] = []
    /// In the order of their indices; value order of nodes is this order.
    package var nodeNames: [String] = []
    package init() {}
}
