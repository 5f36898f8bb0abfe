/// xoshiro256** (Blackman and Vigna 2021), seeded by SplitMix64: the one generator of scen, handed in wherever chance
/// has a say.
package struct RandomStream: Sendable {
    @usableFromInline var s0: UInt64
    @usableFromInline var s1: UInt64
    @usableFromInline var s2: UInt64
    @usableFromInline var s3: UInt64

    package init(seed: UInt64) {
        var state = seed
        s0 = Self.splitMix(&state)
        s1 = Self.splitMix(&state)
        s2 = Self.splitMix(&state)
        s3 = Self.splitMix(&state)
    }

    /// The stream for one purpose in one run: changing what other purposes draw leaves it as it is.
    package init(seed: UInt64, purpose: UInt64, index: UInt64 = 0) {
        var state = seed
        let a = Self.splitMix(&state)
        state = a ^ (purpose &* 0x9E37_79B9_7F4A_7C15)
        let b = Self.splitMix(&state)
        state = b ^ (index &* 0xD1B5_4A32_D192_ED03)
        self.init(seed: Self.splitMix(&state))
    }

    @inlinable
    package mutating func next() -> UInt64 {
        let result = Self.rotate(s1 &* 5, 7) &* 9
        let t = s1 &<< 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = Self.rotate(s3, 45)
        return result
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

    @inlinable static func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 {
        x &<< k | x &>> (64 &- k)
    }

    static func splitMix(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }
}
