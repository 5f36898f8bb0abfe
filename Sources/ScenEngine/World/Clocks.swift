package import ScenModel

/// The clocks of the nodes: each starts somewhere and runs at a rate of its own. A clock shows whole nanoseconds, rounded down.
package final class Clocks {
    /// A rate of 1.
    private static let unit = 1_000_000_000_000

    private let model: ClockModel
    /// By node: what the clock shows at the start, in ns.
    package private(set) var offsets: [Int]
    /// By node: how much its rate differs from 1, in 10^-12.
    package private(set) var deviations: [Int]

    package init(_ model: ClockModel, nodeCount: Int) {
        self.model = model
        offsets = Array(repeating: 0, count: nodeCount)
        deviations = offsets
    }

    func draw(seed: UInt64) {
        let drift = min(max(0, Int((model.drift * Double(Self.unit)).rounded())), Self.unit - 1)
        for node in offsets.indices {
            var stream = RandomStream(seed: seed, purpose: .clocks, index: node)
            offsets[node] = Int(stream.below(UInt64(max(0, model.skew)) + 1))
            deviations[node] = Int(stream.below(UInt64(2 * drift) + 1)) - drift
        }
    }

    /// What the clock of a node shows at a moment.
    func reading(of node: Int, at time: Int) -> Int {
        let passed = UInt128(time) * rate(of: node) / UInt128(Self.unit)
        return clipped(passed + UInt128(offsets[node]))
    }

    /// The first moment at which the clock of a node shows that this much (ns) has passed since a moment.
    func moment(of node: Int, after duration: Int, since time: Int) -> Int {
        let rate = rate(of: node)
        let shown = UInt128(time) * rate / UInt128(Self.unit) + UInt128(duration)
        return max(time, clipped((shown * UInt128(Self.unit) + rate - 1) / rate))
    }

    private func rate(of node: Int) -> UInt128 { UInt128(Self.unit + deviations[node]) }

    private func clipped(_ time: UInt128) -> Int { Int(min(time, UInt128(Word.largest))) }
}
