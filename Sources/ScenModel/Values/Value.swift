/// A value as a tree, outside any run: parameters, constants, initial values, what a trace shows.
/// Running programs use `Word`s instead (architecture.md: reference counting is the cost).
///
/// Sets hold their elements, and maps their keys, in value order without duplicates.
package indirect enum Value: Hashable, Sendable {
    case bool(Bool)
    case int(Int)
    case real(Double)
    case string(String)
    /// Nanoseconds.
    case duration(Int)
    /// Index in `TypeTable.nodeNames`.
    case node(Int)
    case enumeration(type: Int, word: Int)
    case none
    case tuple([Value])
    case list([Value])
    case set([Value])
    case map([Entry])
    case record(type: Int, [Value])
    case message(type: Int, [Value])
    /// Nodes by their index.
    case signed(by: Int, Value)
    /// With a negative index it is only shown: a seal that somebody cannot open, and tells from others by a number.
    case sealed(for: Int, Value)

    package static func unopened(_ number: Int) -> Value { .sealed(for: -number, .none) }

    package struct Entry: Hashable, Sendable {
        package var key: Value
        package var value: Value
        package init(key: Value, value: Value) {
            self.key = key
            self.value = value
        }
    }
}
