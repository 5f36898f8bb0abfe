import ScenDiagnostics
import ScenModel

/// One value of a parameter.
struct ParameterValue {
    var value: Value
    var type: ValueType
    /// As on the command line and in reports.
    var text: String
    var span: SourceSpan

    init(value: Value, type: ValueType, text: String, span: SourceSpan) {
        self.value = value
        self.type = type
        self.text = text
        self.span = span
    }

    /// What was evaluated, if a parameter may be that.
    init?(computed value: Value, by expression: Expression, types: TypeTable, into bag: inout DiagnosticBag) {
        switch value {
        case .int(let number): (type, text) = (.int, String(number))
        case .real(let number): (type, text) = (.real, "\(number)")
        case .duration(let ns): (type, text) = (.duration, DurationText.exact(ns))
        case .bool(let truth): (type, text) = (.bool, truth ? "true" : "false")
        case .enumeration(let type, let word): (self.type, text) = (.enumeration(type), types.enumerations[type].words[word])
        default:
            bag.report(.notAParameterValue(at: expression.span))
            return nil
        }
        self.value = value
        span = expression.span
    }
}

/// What a parameter may be, before anything is multiplied out.
struct ParameterDomain {
    enum Content {
        case values([ParameterValue])
        /// Every whole number from `low` to `high`; nothing is made of it before the cases are counted.
        case range(low: Int, high: Int)
        /// A single value computed from parameters that stand before it.
        case computed(Expression)
    }
    var name: Identifier
    var content: Content
    var span: SourceSpan
    /// The enumeration of its words; nil if it has none.
    var enumeration: Int?

    /// How many values it has; the largest number if they cannot be counted in one.
    var count: Int {
        switch content {
        case .values(let values): return values.count
        case .computed: return 1
        case .range(let low, let high):
            guard low <= high else { return 0 }
            let distance = high.subtractingReportingOverflow(low)
            let count = distance.partialValue.addingReportingOverflow(1)
            return distance.overflow || count.overflow ? Int.max : count.partialValue
        }
    }
}

extension SourceFile {
    /// What stands there, with every run of white space as one space.
    func text(at span: SourceSpan) -> String {
        guard span.source == id, span.start >= 0, span.end <= bytes.count else { return "" }
        let pieces = bytes[span.start..<span.end].split { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        return pieces.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}
