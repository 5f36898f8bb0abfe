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
    mutating func draw(seed: UInt64, instead: [Int]? = nil) -> Bool {
        let old = faulty
        if let instead {
            faulty = instead
            return faulty != old
        }
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
        faulty.removeAll(keepingCapacity: true)
        faulty.append(contentsOf: scratch[..<size])
        faulty.sort()
        return faulty != old
    }

    static func drawn(_ compiled: CompiledCase, seed: UInt64) -> [Int] {
        var plan = FaultPlan(model: compiled.system.faults, nodeCount: compiled.system.nodes.count)
        _ = plan.draw(seed: seed)
        return plan.faulty
    }

    func course(of node: Int) -> FaultModel.Course { node < model.courses.count ? model.courses[node] : .any }

    /// ns
    static func draw(_ moment: FaultModel.Moment, _ stream: inout RandomStream) -> Int {
        switch moment {
        case .at(let moment): return max(0, moment)
        case .between(let first, let last):
            let first = max(0, first)
            return first + Int(stream.below(UInt64(max(first, last) - first) + 1))
        }
    }

    /// In which handler a node crashes, early ones being likely: half of the time any handler, each with probability 1/4 if it
    /// was none before; half of the time the middle of a handler that sends or writes to `stable`, each with probability 1/2,
    /// since that is where a crash does the most harm. `number` counts them from 0.
    static func handler(_ stream: inout RandomStream) -> (number: Int, inSends: Bool) {
        let sends = stream.below(2) == 0
        var handler = 0
        while stream.below(sends ? 2 : 4) != 0 { handler += 1 }
        return (handler, sends)
    }

    /// How many steps of the run pass before a fault between handlers: none with probability 1/4, else of no particular scale,
    /// since what matters may take two steps or a thousand. 2^e - 1 + u, with e geometric and u uniform below 2^e.
    static func gap(_ stream: inout RandomStream) -> Int {
        var span: UInt64 = 1
        while span < 1 << 20, stream.below(4) != 0 { span *= 2 }
        return Int(span - 1 + stream.below(span))
    }

    /// ns, at least one.
    static func time(mean: Double, _ stream: inout RandomStream) -> Int {
        max(1, Sampler(.exponential(mean: mean)).draw(&stream))
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
