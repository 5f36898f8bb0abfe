/// What a liar may put into the fields of messages: into each field of a finite type any of its values.
///
/// A field of a type without end, or with more values than can be gone through, is left as it is.
package struct Falsehoods: Sendable {
    package struct Field: Sendable, Hashable {
        package var message: String
        package var field: String
        package init(message: String, field: String) {
            self.message = message
            self.field = field
        }
    }
    /// Of one field.
    private static let valuesMax = 1_000
    /// A set has an exponential number of values.
    private static let elementsMax = 8
    /// Of the fields of one message together.
    private static let combinationsMax = 1 << 40

    /// By message and field, in value order; nil: left as it is.
    package private(set) var values: [[[Value]?]] = []
    /// Those that are left as they are.
    package private(set) var untouched: [Field] = []

    package init(_ types: TypeTable) {
        for message in types.messages {
            var combinations = 1
            var fields: [[Value]?] = []
            for field in message.fields {
                let values = Self.values(of: field.type, types)
                let product = combinations.multipliedReportingOverflow(by: max(1, values?.count ?? 1))
                guard let values, !product.overflow, product.partialValue <= Self.combinationsMax else {
                    fields.append(nil)
                    untouched.append(Field(message: message.name, field: field.name))
                    continue
                }
                combinations = product.partialValue
                fields.append(values)
            }
            self.values.append(fields)
        }
    }

    /// Whether a liar can say anything else in this message than what is in it.
    package func canChange(_ message: Int) -> Bool { values[message].contains { $0?.count ?? 0 > 1 } }

    private static func values(of type: ValueType, _ types: TypeTable) -> [Value]? {
        if case .set(let element) = type {
            guard let elements = values(of: element, types), elements.count <= elementsMax else { return nil }
            let sets = (0..<1 << elements.count).map { bits in
                Value.set(elements.indices.filter { bits >> $0 & 1 == 1 }.map { elements[$0] })
            }
            return sets.sorted(by: Value.precedes)
        }
        guard let count = type.valueCount(in: types), count <= valuesMax else { return nil }
        return type.allValues(in: types)
    }
}
