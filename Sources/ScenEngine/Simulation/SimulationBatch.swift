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
    /// worker made it. `progress` is told how many of them are done, at most some ten times a second. A run that fails at a limit is
    /// the last: the others would cost as much.
    package func run(
        firstSeed: UInt64, count: Int, horizon: Int, watches: [Watch],
        progress: (@Sendable (Int) -> Void)? = nil,
        each: (_ seed: UInt64, _ result: RunResult) -> Void
    ) async {
        guard count > 0 else { return }
        let workers = min(jobs, count)
        let meter = progress.map { ProgressMeter($0) }
        var done = 0
        // The first run is made alone: where every run fails at a limit, only one takes that much time and memory.
        let alone = workers == 1 ? count : simulators.isEmpty ? 1 : 0
        while done < alone {
            provide(1)
            let seed = firstSeed &+ UInt64(done)
            let result = simulators[0].run(seed: seed, horizon: horizon, watches: watches)
            each(seed, result)
            if result.hasReachedLimit { return }
            meter?.add(1)
            done += 1
        }
        if done == count { return }
        provide(workers)
        let shelf = Shelf(capacity: min(count, Self.gathered))
        while done < count {
            let part = min(shelf.capacity, count - done)
            let first = firstSeed &+ UInt64(done)
            await fill(shelf, part, first, horizon, watches, meter, workers)
            for i in 0..<part {
                each(first &+ UInt64(i), shelf.results[i])
                if shelf.results[i].hasReachedLimit { return }
            }
            done += part
        }
    }

    private func provide(_ workers: Int) {
        while simulators.count < workers {
            let simulator = Simulator(compiled, budgets: budgets)
            simulator.watching.isIncremental = evaluatesIncrementally
            simulator.timeline?.isIncremental = evaluatesIncrementally
            simulators.append(simulator)
        }
    }

    /// Results up to the first that has reached a limit; those behind it are none.
    private func fill(
        _ shelf: Shelf, _ count: Int, _ firstSeed: UInt64, _ horizon: Int, _ watches: [Watch],
        _ meter: ProgressMeter?, _ workers: Int
    ) async {
        // Small blocks, so that no worker is left alone with the last one; not so small that they fight over the counter.
        let block = max(1, min(64, count / (workers * 32)))
        let runs = Counter(count)
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<workers {
                group.addTask {
                    let simulator = self.simulators[worker]
                    while true {
                        let start = runs.take(block)
                        guard start < count else { return }
                        let end = min(count, start + block)
                        for i in start..<end {
                            // Blocks are taken in order: whoever stops here leaves nothing out before `last`.
                            if runs.isPastEnd(i) { return }
                            shelf.results[i] = simulator.run(
                                seed: firstSeed &+ UInt64(i), horizon: horizon, watches: watches)
                            if shelf.results[i].hasReachedLimit { runs.end(at: i) }
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
    private let last: Atomic<Int>

    init(_ count: Int) { last = Atomic(count - 1) }

    func isPastEnd(_ index: Int) -> Bool { index > last.load(ordering: .relaxed) }
    /// What comes behind `index` is not needed.
    func end(at index: Int) { last.min(index, ordering: .relaxed) }
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
