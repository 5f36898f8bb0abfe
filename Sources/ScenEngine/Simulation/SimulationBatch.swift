package import ScenModel
import Synchronization

/// Many runs of one case, spread over workers. Each worker keeps its simulator from one call to the next.
package final class SimulationBatch: @unchecked Sendable {
    // Unchecked: worker i alone uses simulator i, and `run` is not called again before it has returned.
    package let compiled: CompiledCase
    package let jobs: Int
    private let budgets: RunBudgets
    private let evaluatesIncrementally: Bool
    private var simulators: [Simulator] = []

    /// Results are gathered for so many runs before they are handed on: bounds what a batch of millions holds at a time.
    private static let gathered = 1 << 14

    package init(
        _ compiled: CompiledCase, jobs: Int, budgets: RunBudgets = RunBudgets(), evaluatesIncrementally: Bool = true
    ) {
        self.compiled = compiled
        self.jobs = max(1, jobs)
        self.budgets = budgets
        self.evaluatesIncrementally = evaluatesIncrementally
    }

    /// The runs with seeds `firstSeed`, `firstSeed + 1`, .. (wrapping), each handed to `each` in the order of seeds, whichever
    /// worker made it. `progress` is told how many of them are done, at most some ten times a second.
    package func run(
        firstSeed: UInt64, count: Int, horizon: Int, watches: [Watch],
        progress: (@Sendable (Int) -> Void)? = nil,
        each: (_ seed: UInt64, _ result: RunResult) -> Void
    ) async {
        guard count > 0 else { return }
        let workers = min(jobs, count)
        while simulators.count < workers {
            let simulator = Simulator(compiled, budgets: budgets)
            simulator.watching.isIncremental = evaluatesIncrementally
            simulators.append(simulator)
        }
        let meter = progress.map { ProgressMeter($0) }
        if workers == 1 {
            for i in 0..<count {
                let seed = firstSeed &+ UInt64(i)
                each(seed, simulators[0].run(seed: seed, horizon: horizon, watches: watches))
                meter?.add(1)
            }
            return
        }
        let shelf = Shelf(capacity: min(count, Self.gathered))
        var done = 0
        while done < count {
            let part = min(shelf.capacity, count - done)
            let first = firstSeed &+ UInt64(done)
            await fill(shelf, part, first, horizon, watches, meter, workers)
            for i in 0..<part { each(first &+ UInt64(i), shelf.results[i]) }
            done += part
        }
    }

    private func fill(
        _ shelf: Shelf, _ count: Int, _ firstSeed: UInt64, _ horizon: Int, _ watches: [Watch],
        _ meter: ProgressMeter?, _ workers: Int
    ) async {
        // Small blocks, so that no worker is left alone with the last one; not so small that they fight over the counter.
        let block = max(1, min(64, count / (workers * 8)))
        let next = Counter()
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<workers {
                group.addTask {
                    let simulator = self.simulators[worker]
                    while true {
                        let start = next.take(block)
                        guard start < count else { return }
                        let end = min(count, start + block)
                        for i in start..<end {
                            shelf.results[i] = simulator.run(
                                seed: firstSeed &+ UInt64(i), horizon: horizon, watches: watches)
                        }
                        meter?.add(end - start)
                    }
                }
            }
        }
    }
}

/// Room for results in raw memory: workers write distinct elements at once, which an array does not bear.
private final class Shelf: @unchecked Sendable {
    let capacity: Int
    let results: UnsafeMutablePointer<RunResult>

    init(capacity: Int) {
        self.capacity = capacity
        results = .allocate(capacity: capacity)
        results.initialize(repeating: RunResult(), count: capacity)
    }

    deinit {
        results.deinitialize(count: capacity)
        results.deallocate()
    }
}

private final class Counter: Sendable {
    private let next = Atomic<Int>(0)
    func take(_ count: Int) -> Int {
        next.wrappingAdd(count, ordering: .relaxed).oldValue
    }
}

/// Tells how many runs are done, from one thread at a time and not more often than eight times a second. The clock decides
/// when it is told and nothing else.
private final class ProgressMeter: Sendable {
    private let report: @Sendable (Int) -> Void
    private let state = Mutex((done: 0, told: ContinuousClock.now))

    init(_ report: @escaping @Sendable (Int) -> Void) { self.report = report }

    func add(_ count: Int) {
        state.withLock { state in
            state.done += count
            let now = ContinuousClock.now
            guard now - state.told >= .milliseconds(125) else { return }
            state.told = now
            report(state.done)
        }
    }
}
