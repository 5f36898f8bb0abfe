import ScenModel

extension ValueType {
    /// How to say which values are meant.
    var choiceExample: String {
        switch self {
        case .int, .range: "{any: 1..7}"
        case .duration: "{any: [1s, 5s]}"
        case .real: "{any: [0.5, 1.5]}"
        case .string: "{any: ['\"a\"', '\"b\"']}"
        default: "{any: [..]}"
        }
    }
}
