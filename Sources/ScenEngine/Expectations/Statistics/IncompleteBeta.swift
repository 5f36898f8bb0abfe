import Glibc

/// The regularised incomplete beta function I_x(a, b): the chance that a Beta(a, b) variable is at most x.
package enum IncompleteBeta {
    /// `a` and `b` are positive, `x` in 0...1. By the continued fraction of DLMF 8.17.22 with Lentz's method, on the side on
    /// which it converges fast.
    package static func value(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        if x > (a + 1) / (a + b + 2) { return 1 - side(1 - x, b, a) }
        return side(x, a, b)
    }

    /// The x at which I_x(a, b) is `share`. Bisection to the last bits: the function rises monotonically.
    package static func quantile(_ share: Double, _ a: Double, _ b: Double) -> Double {
        var low = 0.0
        var high = 1.0
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if value(middle, a, b) < share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private static func side(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
        let front = exp(a * log(x) + b * log1p(-x) - logBeta) / a
        return front * fraction(x, a, b)
    }

    private static func logGamma(_ x: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        if abs(d) < tiny { d = tiny }
        d = 1 / d
        var result = d
        // The number of terms grows with the square root of the larger parameter.
        let terms = 300 + Int(8 * max(a, b).squareRoot())
        for m in 1...terms {
            let m = Double(m)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            step(even, &c, &d, tiny)
            result *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            step(odd, &c, &d, tiny)
            let change = c * d
            result *= change
            if abs(change - 1) < 1e-15 { break }
        }
        return result
    }

    private static func step(_ term: Double, _ c: inout Double, _ d: inout Double, _ tiny: Double) {
        d = 1 + term * d
        if abs(d) < tiny { d = tiny }
        d = 1 / d
        c = 1 + term / c
        if abs(c) < tiny { c = tiny }
    }
}
