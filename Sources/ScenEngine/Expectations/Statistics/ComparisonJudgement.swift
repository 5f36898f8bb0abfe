package import ScenModel

/// Where a confidence interval lies, seen from what is asked.
package enum IntervalPosition: Sendable, Hashable {
    /// Wholly on the right side; for `equals`, around the value and narrow enough.
    case right
    case wrong
    case straddles
    case tooWide
}

extension CompiledExpectation.Comparison {
    package func judge(_ interval: ClosedRange<Double>) -> IntervalPosition {
        let low = interval.lowerBound
        let high = interval.upperBound
        switch self {
        case .atLeast(let value):
            return low >= value ? .right : high < value ? .wrong : .straddles
        case .atMost(let value):
            return high <= value ? .right : low > value ? .wrong : .straddles
        case .between(let a, let b):
            if low >= a && high <= b { return .right }
            return high < a || low > b ? .wrong : .straddles
        case .equals(let value, let tolerance):
            if value < low || value > high { return .wrong }
            return high - low <= tolerance ? .right : .tooWide
        }
    }
}
