import ScenModel

/// Who is faulty in one run, and when who crashes: drawn from the seed before anything happens.
struct FaultPlan {
    /// In node order.
    private(set) var faulty: [Int] = []
    private(set) var model: FaultModel
    private let nodeCount: Int
    private var scratch: [Int] = []

    init(model: FaultModel, nodeCount: Int) {
        self.model = model
        self.nodeCount = nodeCount
        if case .these(let nodes) = model.who { faulty = nodes.sorted() }
    }

    /// False if no run has a faulty node.
    var isPossible: Bool {
        switch model.who {
        case .nobody: false
        case .these(let nodes): !nodes.isEmpty
        case .some(let count, _, let candidates): count > 0 && !candidates.isEmpty
        }
    }

    /// True if `faulty` has changed.
    mutating func draw(seed: UInt64) -> Bool {
        guard case .some(let most, let exactly, let candidates) = model.who else { return false }
        let limit = max(0, min(most, candidates.count))
        var stream = RandomStream(seed: seed, purpose: .faultyNodes)
        let size = exactly ? limit : Int(stream.below(UInt64(limit + 1)))
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: candidates)
        // The first steps of Fisher and Yates give a uniform subset.
        for i in 0..<size {
            scratch.swapAt(i, i + Int(stream.below(UInt64(scratch.count - i))))
        }
        let old = faulty
        faulty.removeAll(keepingCapacity: true)
        faulty.append(contentsOf: scratch[..<size])
        faulty.sort()
        return faulty != old
    }

    func course(of node: Int) -> FaultModel.Course { node < model.courses.count ? model.courses[node] : .any }

    func draw(_ moment: FaultModel.Moment, _ purpose: RandomPurpose, of node: Int, seed: UInt64) -> Int {
        switch moment {
        case .at(let moment): return max(0, moment)
        case .between(let first, let last):
            var stream = RandomStream(seed: seed, purpose: purpose, index: node)
            let first = max(0, first)
            return first + Int(stream.below(UInt64(max(first, last) - first) + 1))
        }
    }

    /// In which handler the node crashes, early ones being likely: half of the time any handler, each with probability 1/4 if
    /// it was none before; half of the time the middle of a handler that sends or writes to `stable`, each with probability
    /// 1/2, since that is where a crash does the most harm. In a short run none may come to it. `number` counts them from 0.
    func handler(of node: Int, seed: UInt64) -> (number: Int, inSends: Bool) {
        var stream = RandomStream(seed: seed, purpose: .crashMoment, index: node)
        let sends = stream.below(2) == 0
        var handler = 0
        while stream.below(sends ? 2 : 4) != 0 { handler += 1 }
        return (handler, sends)
    }

    /// Where in a handler with these points the node crashes: each of them, and with `orEnd` the end, equally likely. A send to
    /// several still reaches each with probability 1/2, but not all.
    static func interruption(points: [Int], orEnd: Bool, stream: inout RandomStream) -> Machine.Interruption {
        let point = Int(stream.below(UInt64(points.count + (orEnd ? 1 : 0))))
        guard point < points.count, points[point] > 1 else { return Machine.Interruption(point: point) }
        while true {
            let reached = (0..<points[point]).filter { _ in stream.below(2) == 0 }
            if reached.count < points[point] {
                return Machine.Interruption(point: point, reached: reached)
            }
        }
    }
}
