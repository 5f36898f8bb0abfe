import ScenDiagnostics
import ScenModel

extension CaseReader {
    static let runsMax = 1_000_000_000

    mutating func readPlan() -> RunPlan {
        var plan = RunPlan()
        if let simulate = syntax.run.simulate {
            var simulation = RunPlan.Simulation()
            if let runs = simulate.runs, let count = wholeNumber(runs) {
                if count >= 1, count <= Self.runsMax {
                    simulation.runs = count
                } else {
                    bag.report(
                        .outOfRange("the number of runs", is: "\(count)", expected: "1 to 1,000,000,000", at: runs.span))
                }
            }
            if let horizon = simulate.horizon, let ns = duration(horizon, "the length of a run", from: 1) {
                simulation.horizon = ns
            }
            if let seed = simulate.seed, let number = wholeNumber(seed) {
                if number >= 0 {
                    simulation.seed = UInt64(number)
                } else {
                    bag.report(.outOfRange("the seed", is: "\(number)", expected: "0 or more", at: seed.span))
                }
            }
            plan.simulation = simulation
        }
        if let exhaustive = syntax.run.exhaustive { plan.exploration = exploration(exhaustive) }
        return plan
    }

    private mutating func exploration(_ exhaustive: ScenarioSyntax.Run.Exhaustive) -> RunPlan.Exploration {
        var scope = RunPlan.Exploration()
        for bound in exhaustive.bounds {
            if bound.name.text == "for" {
                scope.horizon = duration(bound.content, "'for'", from: 1)
                continue
            }
            if case .name("unlimited") = bound.content.kind { continue }
            guard let number = wholeNumber(bound.content) else { continue }
            guard number >= 0 else {
                bag.report(
                    .outOfRange("'\(bound.name.text)'", is: "\(number)", expected: "0 or more", at: bound.content.span))
                continue
            }
            switch bound.name.text {
            case "steps": scope.steps = number
            case "losses": scope.losses = number
            case "duplicates": scope.duplicates = number
            case "copies": scope.copies = number
            case "forgeries": scope.forgeries = number
            default: scope.states = number
            }
        }
        return scope
    }
}
