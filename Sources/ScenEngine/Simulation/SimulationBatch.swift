package import ScenModel

/// Many runs of one case, spread over workers. Workers and their memory are kept from one call to the next.
package final class SimulationBatch: @unchecked Sendable {
    package let compiled: CompiledCase
    package let jobs: Int

    package init(_ compiled: CompiledCase, jobs: Int, budgets: RunBudgets = RunBudgets()) {
        self.compiled = compiled
        self.jobs = max(1, jobs)
    }

    /// The runs with seeds `firstSeed`, `firstSeed + 1`, .. (wrapping), each handed to `each` in the order of seeds, whichever
    /// worker made it. `progress` is told how many of them are done, at most some ten times a second.
    package func run(
        firstSeed: UInt64, count: Int, horizon: Int, watches: [Watch],
        progress: (@Sendable (Int) -> Void)? = nil,
        each: (_ seed: UInt64, _ result: RunResult) -> Void
    ) async {}
}
