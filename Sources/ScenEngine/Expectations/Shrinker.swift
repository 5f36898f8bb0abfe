import ScenDiagnostics
import ScenModel

/// Looks for a simpler run that shows the same: with fewer faults, fewer events and rounder times.
///
/// It makes the run again and again with some of its draws amended, and keeps what still shows it and is simpler (the idea
/// is that of Zeller and Hildebrandt 2002, on draws instead of inputs). Since the simulator makes every run, each is a run of the
/// model. Its work is counted and bounded, and no clock and no chance has a say: the same run is always shrunk to the same.
final class Shrinker {
    enum Target {
        case verdict(any FormRule, RunVerdict)
        case error(RuntimeFailure)

        var isLimit: Bool {
            if case .error(let failure) = self { failure.isOfLimit } else { false }
        }
    }
    struct Found {
        var amendments = Amendments()
        var events = 0
        var faults = 0
        var drawn = DrawLedger.Drawn()
        /// ns
        var endTime = 0
        /// Of everything that happens in it.
        var hash: UInt64 = 0

        var rank: (Int, Int, Int, Int) {
            (faults, events, amendments.faulty?.count ?? .max, amendments.complexity)
        }
    }
    let simulator: Simulator
    let ledger: DrawLedger
    let target: Target
    let watches: [Watch]
    let seed: UInt64
    private let horizon: Int
    /// The end of the run does not matter once its watches are decided.
    let stopsWhenDecided: Bool
    /// What happens later is of no account.
    var endsEarly: Bool {
        if case .error = target { true } else { stopsWhenDecided }
    }
    /// Of all attempts, roughly in instructions.
    private(set) var workLeft: Int
    private(set) var original = Found()
    var best = Found()

    /// Of one run: some hundredths of a second.
    static let standardWork = 8_000_000
    /// What an attempt costs beside the instructions that it executes.
    private static let workOfAttempt = 2_000
    private static let workOfEvent = 50

    /// Nil if the run cannot be amended, or does not show what it should. `isDecidedEarly`: not only at its end.
    init?(
        _ simulator: Simulator, target: Target, isDecidedEarly: Bool, watches: [Watch], seed: UInt64, horizon: Int,
        work: Int = standardWork
    ) {
        guard let ledger = simulator.ledger else { return nil }
        workLeft = work
        stopsWhenDecided = isDecidedEarly
        self.simulator = simulator
        self.ledger = ledger
        self.target = target
        self.watches = watches
        self.seed = seed
        self.horizon = horizon
        simulator.eventsMax = simulator.budgets.eventsPerRun
        guard let found = attempt(Amendments(), workMax: .max) else { return nil }
        original = found
        best = found
        // One that runs longer is not shorter.
        simulator.eventsMax = found.events + 1
    }

    func shrink() {
        for _ in 0..<3 {
            let before = best.rank
            dropFaults()
            simplifyTimes()
            if endsEarly { delayWhatIsNotNeeded() }
            roundTimes()
            takeFirstInputs()
            if best.rank == before { break }
        }
        prepare()
        simulator.eventsMax = simulator.budgets.eventsPerRun
    }

    /// Something in the run has become simpler.
    var hasShrunk: Bool { best.hash != original.hash || best.events < original.events }

    /// The simulator's next run is the best one.
    func prepare() {
        ledger.prescribe(best.amendments, stopsWhenDecided: stopsWhenDecided)
        ledger.workMax = .max
    }

    // MARK: Attempts

    /// The first one may take whatever the run took when it was drawn.
    private func attempt(_ amendments: Amendments, workMax: Int? = nil) -> Found? {
        guard workLeft > 0 else { return nil }
        ledger.prescribe(amendments, stopsWhenDecided: stopsWhenDecided)
        let before = simulator.machine.workDone
        ledger.workMax = workMax ?? before + workLeft
        let result = simulator.run(seed: seed, horizon: horizon, watches: watches)
        let steps = result.events + simulator.stepsScouted + ledger.drawn.sent.count
        workLeft -= Self.workOfAttempt + steps * Self.workOfEvent + (simulator.machine.workDone - before)
        guard shows(result) else { return nil }
        return Found(
            amendments: amendments, events: result.events, faults: ledger.faults, drawn: ledger.drawn,
            endTime: result.endTime, hash: result.hash)
    }

    private func shows(_ result: RunResult) -> Bool {
        switch target {
        case .verdict(let rule, let verdict):
            return result.failure == nil && rule.judge(result.watched[0], in: result) == verdict
        case .error(let error):
            return result.failure?.code == error.code && result.failure?.span == error.span
        }
    }

    /// Whether it shows the same and is simpler; then it is kept. It never has more events or more faults than the first.
    @discardableResult
    func take(_ change: (inout Amendments) -> Void) -> Bool {
        var amendments = best.amendments
        change(&amendments)
        guard amendments != best.amendments, let found = attempt(amendments), found.rank < best.rank,
            found.events <= original.events, found.faults <= original.faults
        else { return false }
        best = found
        return true
    }

    /// Keeps as few of the items as it can: tries to do without all of them, halves, quarters, and each.
    func minimise<Item>(_ items: [Item], _ change: (inout Amendments, _ kept: [Item]) -> Void) {
        var kept = items
        var size = kept.count
        while size > 0, workLeft > 0 {
            var start = 0
            while start < kept.count {
                let rest = Array(kept[..<start]) + Array(kept[min(kept.count, start + size)...])
                if take({ change(&$0, rest) }) { kept = rest } else { start += size }
            }
            size = size == 1 ? 0 : (size + 1) / 2
        }
    }
}
