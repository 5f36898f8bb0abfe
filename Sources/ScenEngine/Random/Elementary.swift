/// Logarithm and exponential from nothing but IEEE arithmetic: the C library picks a variant for each processor, and a
/// difference in the last bit would give a seed another run there.
enum Elementary {
    private static let lnTwoHigh = 0x1.62e42feep-1
    private static let lnTwoLow = 0x1.a39ef35793c76p-33

    /// Natural logarithm of a positive, normal number; within 2e-16 of it, relative to max(1, |result|).
    static func log(_ x: Double) -> Double {
        var exponent = Double(x.exponent)
        var m = x.significand
        if m > 1.414_213_562_373_095_1 {
            m *= 0.5
            exponent += 1
        }
        // log m = 2 atanh s with |s| < 0.1716: the term after the last is below 1e-18.
        let s = (m - 1) / (m + 1)
        let z = s * s
        var tail = 2.0 / 21
        tail = tail * z + 2.0 / 19
        tail = tail * z + 2.0 / 17
        tail = tail * z + 2.0 / 15
        tail = tail * z + 2.0 / 13
        tail = tail * z + 2.0 / 11
        tail = tail * z + 2.0 / 9
        tail = tail * z + 2.0 / 7
        tail = tail * z + 2.0 / 5
        tail = tail * z + 2.0 / 3
        return exponent * lnTwoHigh + (2 * s + (s * z * tail + exponent * lnTwoLow))
    }

    /// e to the `x`; infinite above 709, zero below -708.
    static func exp(_ x: Double) -> Double {
        if x > 709 { return .infinity }
        if x < -708 { return 0 }
        let k = (x * 1.442_695_040_888_963_4).rounded()
        let r = (x - k * lnTwoHigh) - k * lnTwoLow
        // |r| < 0.3466: the term after the last is below 1e-17.
        var sum = 1.0 / 6_227_020_800
        sum = sum * r + 1.0 / 479_001_600
        sum = sum * r + 1.0 / 39_916_800
        sum = sum * r + 1.0 / 3_628_800
        sum = sum * r + 1.0 / 362_880
        sum = sum * r + 1.0 / 40_320
        sum = sum * r + 1.0 / 5_040
        sum = sum * r + 1.0 / 720
        sum = sum * r + 1.0 / 120
        sum = sum * r + 1.0 / 24
        sum = sum * r + 1.0 / 6
        sum = sum * r + 0.5
        let result = 1 + (r + r * r * sum)
        return result * Double(sign: .plus, exponent: Int(k), significand: 1)
    }
}
