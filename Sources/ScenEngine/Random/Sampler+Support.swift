/// Which values a draw can give.
extension Sampler {
    /// Exponents beyond this are so rare that nobody would believe them, and deviations likewise.
    private static let exponentMax = 30.0
    private static let deviationsMax = 8.0

    /// The value nearest to a wish (ns) that can be drawn.
    func nearest(_ wish: Int) -> Int {
        if let value = nearestGiven(wish) { return value }
        let range = range
        return min(max(wish, range.lowerBound), range.upperBound)
    }

    /// A value that can be drawn and is easy to read: round, and rather small, so that what follows from it is soon over.
    var plain: Int {
        let range = range
        if range.lowerBound == range.upperBound { return range.lowerBound }
        let typical = range.lowerBound > 0 ? range.lowerBound : min(typicalValue, range.upperBound)
        let round = RoundTime.powerOfTen(atMost: max(1, typical))
        return nearest(round >= range.lowerBound ? round : RoundTime.roundedUp(range.lowerBound, within: range.upperBound))
    }

    /// ns, of what draws smoothly or is constant.
    private var range: ClosedRange<Int> {
        switch shape {
        case .whole(let low, let high): low...high
        case .exponential(let mean): 0...Self.whole(mean * Self.exponentMax)
        case .normal(let mean, let deviation):
            Self.whole(mean - Self.deviationsMax * deviation)...Self.whole(mean + Self.deviationsMax * deviation)
        case .lognormal(let median, let sigma):
            Self.whole(median * Elementary.exp(-Self.deviationsMax * sigma))
                ... Self.whole(median * Elementary.exp(Self.deviationsMax * sigma))
        case .pareto(let scale, let shape):
            Self.whole(scale.rounded(.up)) ... Self.whole(max(scale.rounded(.up), scale * Elementary.exp(Self.exponentMax / shape)))
        }
    }

    private var typicalValue: Int {
        switch shape {
        case .whole(_, let high): high / 10
        case .exponential(let mean), .normal(let mean, _): Self.whole(mean)
        case .lognormal(let median, _): Self.whole(median)
        case .pareto(let scale, _): Self.whole(scale)
        }
    }
}

/// Times that are easy to read.
enum RoundTime {
    /// Digits that are not zeros at the end, in the unit that people would take.
    static func digits(_ time: Int) -> Int {
        var rest = time.magnitude
        guard rest > 0 else { return 0 }
        while rest.isMultiple(of: 10) { rest /= 10 }
        var digits = 0
        while rest > 0 {
            rest /= 10
            digits += 1
        }
        return digits
    }

    static func powerOfTen(atMost time: Int) -> Int {
        var power = 1
        while power <= time / 10 { power *= 10 }
        return power
    }

    /// The roundest from a time on that is no larger than `last`.
    static func roundedUp(_ time: Int, within last: Int) -> Int {
        var unit = powerOfTen(atMost: max(1, time))
        while unit > 1 {
            let (quotient, rest) = time.quotientAndRemainder(dividingBy: unit)
            let (up, overflow) = (quotient + (rest == 0 ? 0 : 1)).multipliedReportingOverflow(by: unit)
            if !overflow, up <= last { return up }
            unit /= 10
        }
        return time
    }

    /// Rounder than the time itself, the roundest first.
    static func candidates(for time: Int) -> [Int] {
        var candidates: [Int] = []
        var unit = powerOfTen(atMost: max(1, time))
        while unit > 1, candidates.count < 12 {
            let down = time / unit * unit
            for candidate in [down, min(down, Int.max - unit) + unit] where candidate > 0 {
                if digits(candidate) < digits(time), !candidates.contains(candidate) { candidates.append(candidate) }
            }
            unit /= 10
        }
        return candidates
    }
}
