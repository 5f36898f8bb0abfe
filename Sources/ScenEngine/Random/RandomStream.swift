/// SplitMix64 (Steele, Lea and Flood 2014): the one generator of scen, handed in wherever chance has a say.
///
/// Its state is one word, so that a stream costs nothing to make: every purpose, and every message of a link, has its
/// own, and changing what one of them draws leaves all others as they are.
package struct RandomStream: Sendable, Hashable {
    @usableFromInline var state: UInt64

    @inlinable
    package init(seed: UInt64) {
        state = Self.mix(seed &+ Self.golden)
    }

    /// The stream for one purpose in one run.
    package init(seed: UInt64, purpose: RandomPurpose, index: Int = 0) {
        let run = Self.mix(seed &+ Self.golden)
        let purposed = Self.mix(run ^ purpose.salt)
        state = Self.mix(purposed &+ UInt64(truncatingIfNeeded: index) &* Self.golden)
    }

    /// `state` must be well mixed already.
    @inlinable
    init(state: UInt64) { self.state = state }

    @inlinable
    package mutating func next() -> UInt64 {
        state &+= Self.golden
        return Self.mix(state)
    }

    /// Uniform in `0 ..< bound`, without bias (Lemire 2019). `bound` is positive.
    @inlinable
    package mutating func below(_ bound: UInt64) -> UInt64 {
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return product.high
    }

    /// Uniform in [0, 1), with 53 bits.
    @inlinable
    package mutating func unit() -> Double {
        Double(next() &>> 11) * 0x1p-53
    }

    @inlinable static var golden: UInt64 { 0x9E37_79B9_7F4A_7C15 }

    @inlinable
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }
}

/// What a draw is for. The raw values are part of what a seed means: changing one changes every run.
package enum RandomPurpose: UInt64, Sendable, CaseIterable {
    /// Of the messages on links; each of these again has its own draws.
    case links = 1
    case latency = 2
    case loss = 3
    case duplication = 4
    case latencyOfCopy = 5
    /// `choose` in a node's handlers.
    case choice = 6
    case faultyNodes = 7
    /// When a faulty node crashes.
    case crashMoment = 8
    /// Where in a handler it crashes.
    case crashPoint = 9
    case input = 10
    /// How long a link of limited bandwidth is busy with a message.
    case service = 20
    /// Whether a rule selects a message, and how much it delays it.
    case rule = 21
    case ruleDelay = 22
    /// When a node that has crashed comes back.
    case recoveryMoment = 30
    /// How long it is up and down, where that has a mean.
    case timeToFailure = 31
    case timeToRepair = 32
    /// What the adversary of Byzantine nodes has in mind.
    case adversary = 40
    /// What a Byzantine node makes of its messages.
    case lies = 41
    /// What the adversary on arbitrary links does.
    case linkAdversary = 42
    /// When a node pauses, and for how long.
    case pauses = 60
    /// How long the handlers of a node take.
    case step = 61
    case badPeriods = 62
    case clocks = 63
    /// What a message would have taken, had it not been sent in a bad period.
    case latencyAfterBadPeriod = 64

    @inlinable var salt: UInt64 { rawValue &* 0xD1B5_4A32_D192_ED03 }
}
