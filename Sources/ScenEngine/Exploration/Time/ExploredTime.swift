import ScenModel

/// From how many ticks on something may come, and after how many at the latest.
struct Window: Hashable {
    var earliest: Int
    var latest: Int

    static func < (a: Window, b: Window) -> Bool { (a.earliest, a.latest) < (b.earliest, b.latest) }

    /// Both in one word; nil if they are too large.
    var packed: Int? { latest < 1 << 31 ? latest << 31 | earliest : nil }

    init(_ earliest: Int, _ latest: Int) {
        self.earliest = earliest
        self.latest = latest
    }

    init(packed: Int) { self.init(packed & (1 << 31 - 1), packed >> 31) }

    mutating func pass(_ ticks: Int) {
        earliest = max(0, earliest - ticks)
        latest -= ticks
    }
}

/// Time where latency has a bound: it passes by ticks. What is in flight, and every timer, has a window; a state needs no clock
/// unless something reads one.
///
/// In a partially synchronous system no tick passes until the system is stable. Until then everything may come at any time, and what
/// is on its way by then comes within the bound.
struct ExploredTime {
    /// Of the one crash and the one recovery of a node, in ticks.
    struct Course {
        var crash: Window
        var recovery: Window?
    }
    /// ns
    let tick: Int
    let isPartial: Bool
    /// Where runs are cut off, in ticks.
    let horizon: Int?
    /// The clock of a state stops here; 0: nobody asks for it.
    let clockMax: Int
    /// It never stops.
    var isEndless: Bool { clockMax == Self.endless }
    private static let endless = Int(Int32.max)
    /// Handlers read the clock.
    let readsNow: Bool
    /// Conditions read it: the state when time has just passed is none that they are asked about.
    let marksMoments: Bool
    /// By node; nil where no moment is given.
    let courses: [Course?]
    /// By sender and recipient.
    private let windows: [Window]
    private let nodeCount: Int

    /// Nil where there is no clock, or there are rounds. `tick`: one that the durations of timers have asked for.
    init?(_ compiled: CompiledCase, _ scope: RunPlan.Exploration, tick finer: Int?) {
        let timing = compiled.system.timing
        guard timing.kind != .asynchronous, !timing.lockstep else { return nil }
        nodeCount = compiled.system.nodes.count
        isPartial = timing.kind == .partiallySynchronous
        let latencies = Self.latencies(compiled.system)
        var moments: [Int] = []
        for case .crash(let crash, let recovery) in compiled.system.faults.courses {
            for moment in [crash, recovery].compactMap({ $0 }) { moments += moment.bounds }
        }
        let reads = ExploredReads(compiled)
        let delays = compiled.system.network.rules.compactMap { if case .delay(let delay) = $0.action { delay.window } else { nil } }
        var durations = (latencies + delays).flatMap { [$0.earliest, $0.latest] } + moments + compiled.withins + [scope.horizon ?? 0]
        // Who reads the time may compare it with any of these.
        if reads.now || reads.time { durations.append(compiled.program.commonDuration) }
        let tick = max(1, durations.reduce(finer ?? 0, Self.divisor))
        self.tick = tick
        windows = latencies.map { Window($0.earliest / tick, $0.latest / tick) }
        courses = (0..<nodeCount).map { node in
            guard node < compiled.system.faults.courses.count, case .crash(let crash, let recovery) = compiled.system.faults.courses[node]
            else { return nil }
            return Course(crash: crash.window(tick), recovery: recovery?.window(tick))
        }
        readsNow = reads.now
        marksMoments = reads.time
        horizon = scope.horizon.map { $0 / tick }
        let isCounted = reads.now || reads.time || compiled.needsViews && !isPartial
        clockMax = horizon ?? (isCounted ? Self.endless : moments.max().map { $0 / tick + 1 } ?? 0)
    }

    static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }

    /// Of each link, in ns.
    private static func latencies(_ system: SystemModel) -> [Window] {
        let count = system.nodes.count
        return (0..<count * count).map { link in
            var latency = system.timing.latency
            let (from, to) = (link / count, link % count)
            for item in system.network.between where from != to {
                let there = item.from.contains(from) && item.to.contains(to)
                let back = item.both && item.from.contains(to) && item.to.contains(from)
                if there || back { latency = item.latency ?? latency }
            }
            return latency.window
        }
    }

    /// Of a message that is sent now.
    func window(_ event: LocalEvent, isStable: Bool) -> Window {
        let window = windows[event.sender * nodeCount + event.recipient]
        return isStable ? window : Window(0, window.latest)
    }

    /// A message that is sent in this moment.
    func isFresh(_ event: LocalEvent, _ window: Window) -> Bool {
        window.latest == windows[event.sender * nodeCount + event.recipient].latest
    }
}

extension Distribution {
    /// ns. Only where it has a bound.
    var window: Window {
        switch self {
        case .constant(let value): Window(value, value)
        case .uniform(let low, let high): Window(low, high)
        case .empirical(let values): Window(values.min() ?? 0, values.max() ?? 0)
        case .exponential, .normal, .lognormal, .pareto: Window(0, 0)
        }
    }
}

extension FaultModel.Moment {
    fileprivate var bounds: [Int] {
        switch self {
        case .at(let moment): [moment]
        case .between(let first, let last): [first, last]
        }
    }
    fileprivate func window(_ tick: Int) -> Window { Window(bounds[0] / tick, bounds[bounds.count - 1] / tick) }
}

extension CompiledCase {
    /// ns
    fileprivate var withins: [Int] {
        expectations.compactMap {
            switch $0.form {
            case .eventually(_, let within), .eventuallyAlways(_, let within): within
            case .leadsTo(let leadsTo): leadsTo.within
            default: nil
            }
        }
    }
}
