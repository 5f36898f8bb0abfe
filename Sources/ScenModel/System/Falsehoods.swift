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
    /// Of the fields of one message together.
    private static let combinationsMax = 1 << 40

    /// By message and field, in value order; nil: left as it is.
    package private(set) var values: [[[Value]?]] = []
    /// Those that are left as they are; a signed one may still hold what somebody else has signed.
    package private(set) var untouched: [Field] = []

    /// By message: whether a field of it is signed. What may stand there depends on the run.
    private let hasSigned: [Bool]

    package init(_ types: TypeTable) {
        hasSigned = types.messages.map { $0.fields.contains { $0.type.isSigned } }
        for message in types.messages {
            var combinations = 1
            var fields: [[Value]?] = []
            for field in message.fields {
                let values = field.type.choices(in: types)
                if values == nil, field.type.isSigned {
                    fields.append(nil)
                    if field.type.withoutSignatures.choices(in: types) == nil {
                        untouched.append(Field(message: message.name, field: field.name))
                    }
                    continue
                }
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
    package func canChange(_ message: Int) -> Bool {
        hasSigned[message] || values[message].contains { $0?.count ?? 0 > 1 }
    }
}

extension ValueType {
    /// What is signed in it in the end.
    fileprivate var withoutSignatures: ValueType {
        if case .signed(let content) = withoutMaybe { content.withoutSignatures } else { self }
    }

    /// A signed value, or perhaps one: a field in which liars put what they sign, and what they have seen.
    package var isSigned: Bool {
        if case .signed = withoutMaybe { true } else { false }
    }
}
