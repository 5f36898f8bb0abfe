package import ScenModel

/// Draws durations from one distribution: its numbers laid out flat, so that a draw follows no reference.
package struct Sampler: ~Copyable {
    private enum Kind { case constant, uniform, exponential, normal, lognormal, pareto, empirical }

    private let kind: Kind
    /// Constant or smallest value, and one more than the distance to the largest.
    private let low: Int
    private let span: UInt64
    /// Mean, median or scale; deviation, sigma or shape.
    private let a: Double
    private let b: Double
    private let values: UnsafeMutableBufferPointer<Int>

    /// What cannot be used as an argument (a negative mean, no values) has been refused before; here it draws zero.
    package init(_ distribution: Distribution) {
        var low = 0
        var span: UInt64 = 1
        var a = 0.0
        var b = 0.0
        var values = UnsafeMutableBufferPointer<Int>(start: nil, count: 0)
        switch distribution {
        case .constant(let value):
            kind = .constant
            low = max(0, value)
        case .uniform(let lowest, let highest):
            kind = .uniform
            low = max(0, lowest)
            span = UInt64(max(low, highest) - low) + 1
        case .exponential(let mean):
            kind = .exponential
            a = mean
        case .normal(let mean, let deviation):
            kind = .normal
            (a, b) = (mean, deviation)
        case .lognormal(let median, let sigma):
            kind = .lognormal
            (a, b) = (median, sigma)
        case .pareto(let scale, let shape):
            kind = .pareto
            (a, b) = (scale, shape)
        case .empirical(let given):
            kind = given.isEmpty ? .constant : .empirical
            values = .allocate(capacity: given.count)
            _ = values.initialize(from: given)
        }
        self.low = low
        self.span = span
        self.a = a
        self.b = b
        self.values = values
    }

    deinit { values.deallocate() }

    /// What the values of a draw can be, roughly; lists have `nearestGiven`.
    enum Shape {
        case whole(Int, Int)
        case exponential(mean: Double)
        case normal(mean: Double, deviation: Double)
        case lognormal(median: Double, sigma: Double)
        case pareto(scale: Double, shape: Double)
    }
    var shape: Shape {
        switch kind {
        case .constant: .whole(low, low)
        case .uniform: .whole(low, low &+ Int(truncatingIfNeeded: span &- 1))
        case .exponential: .exponential(mean: a)
        case .normal: .normal(mean: a, deviation: b)
        case .lognormal: .lognormal(median: a, sigma: b)
        case .pareto: .pareto(scale: a, shape: b)
        case .empirical: .whole(max(0, values.min() ?? 0), max(0, values.max() ?? 0))
        }
    }

    /// Of values that are listed, the one that is nearest to a wish (ns).
    func nearestGiven(_ wish: Int) -> Int? {
        guard kind == .empirical else { return nil }
        return values.map { max(0, $0) }.min { ($0 - wish).magnitude < ($1 - wish).magnitude }
    }

    /// Every draw is the same.
    var isConstant: Bool { kind == .constant }

    /// ns, from 0 to `Word.largest`.
    @inline(__always)
    package func draw(_ stream: inout RandomStream) -> Int {
        switch kind {
        case .constant: low
        case .uniform: low &+ Int(truncatingIfNeeded: stream.below(span))
        default: drawRare(&stream)
        }
    }

    @inline(never)
    private func drawRare(_ stream: inout RandomStream) -> Int {
        switch kind {
        case .constant, .uniform: 0
        case .exponential: Self.whole(-a * Elementary.log(1 - stream.unit()))
        case .normal: Self.whole(truncatedNormal(&stream))
        case .lognormal: Self.whole(a * Elementary.exp(b * Self.standardNormal(&stream)))
        case .pareto: Self.whole(a * Elementary.exp(-Elementary.log(1 - stream.unit()) / b))
        case .empirical: max(0, values[Int(stream.below(UInt64(values.count)))])
        }
    }

    private func truncatedNormal(_ stream: inout RandomStream) -> Double {
        // With a mean of zero or more at least every second draw is taken; the limit is for means far below.
        for _ in 0..<10_000 {
            let drawn = a + b * Self.standardNormal(&stream)
            if drawn >= 0 { return drawn }
        }
        return 0
    }

    /// Marsaglia's polar method; the second value is not kept, since a stream is its state and nothing else.
    private static func standardNormal(_ stream: inout RandomStream) -> Double {
        while true {
            let u = 2 * stream.unit() - 1
            let v = 2 * stream.unit() - 1
            let s = u * u + v * v
            if s < 1 && s > 0x1p-1000 {
                return u * (-2 * Elementary.log(s) / s).squareRoot()
            }
        }
    }

    static func whole(_ duration: Double) -> Int {
        if duration >= Double(Word.largest) { return Word.largest }
        return duration > 0 ? Int(duration.rounded()) : 0
    }
}
