/// How a case is run: `run:` with every number evaluated, before the command line has its say.
package struct RunPlan: Sendable {
    package struct Simulation: Sendable {
        package var runs: Int
        /// ns after which a run is cut off.
        package var horizon: Int
        package var seed: UInt64
        package init(runs: Int = 1000, horizon: Int = 60_000_000_000, seed: UInt64 = 1) {
            self.runs = runs
            self.horizon = horizon
            self.seed = seed
        }
    }
    /// The scope of an exploration; nil means unbounded. `states` is a limit, not scope.
    package struct Exploration: Sendable {
        package var steps: Int?
        package var losses: Int?
        package var duplicates: Int?
        package var copies: Int?
        package var forgeries: Int?
        package var horizon: Int?
        package var states: Int?
        package init() {}
    }
    package var simulation: Simulation?
    package var exploration: Exploration?
    package init(simulation: Simulation? = nil, exploration: Exploration? = nil) {
        self.simulation = simulation
        self.exploration = exploration
    }
}
