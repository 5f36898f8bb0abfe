import ScenDiagnostics
import ScenModel

/// What `run: exhaustive` asks of a case.
extension CaseReader {
    mutating func checkExploration(
        _ system: SystemModel, _ plan: RunPlan, _ expectations: [TypedCase.Expectation]
    ) {
        guard plan.exploration != nil, let exhaustive = syntax.run.exhaustive else { return }
        checkExploredTiming(system.timing, at: exhaustive.span)
        checkExploredFaults(system)
        checkExploredNetwork(system.network)
        for expectation in expectations {
            let written = syntax.expectations.first { $0.name.span == expectation.span }
            checkExplored(expectation, written, system, plan)
        }
        if system.timing.kind == .asynchronous, let horizon = exhaustive.bounds.first(where: { $0.name.text == "for" }) {
            bag.report(.noClock("'for'", at: horizon.name.span, hint: "'steps' bounds how many things happen in a run"))
        }
    }

    private mutating func checkExploredTiming(_ timing: TimingModel, at place: SourceSpan) {
        let place = syntax.timing?.model?.span ?? syntax.timing?.span ?? place
        switch timing.kind {
        case .partiallySynchronous: bag.report(.notExplored("partially synchronous timing", at: place))
        case .synchronous where !timing.lockstep:
            bag.report(.notExplored("synchronous timing without 'on round'", at: place))
        default: break
        }
        guard timing.lockstep else { return }
        for handler in ([syntax.algorithm] + alternatives).flatMap(\.handlers) {
            if case .timer(let name, _) = handler.trigger { bag.report(.notExplored("a timer beside rounds", at: name.span)) }
        }
    }

    private mutating func checkExploredFaults(_ system: SystemModel) {
        let faults: [ScenarioSyntax.Fault]
        switch syntax.faulty {
        case .nobody, .list: faults = []
        case .some(_, _, _, let fault): faults = [fault]
        case .each(let each): faults = each.map(\.content)
        }
        for fault in faults {
            for place in [fault.crash?.key.span, fault.recover?.key.span, fault.mttf?.span].compactMap({ $0 }) {
                let clock = Diagnostic.noClock(
                    "the moment of a fault", at: place, hint: "without one the node may crash at any moment")
                bag.report(
                    system.timing.kind == .asynchronous ? clock : .notExplored("a fault at a given moment", at: place))
            }
        }
        if let item = syntax.timeline.first { bag.report(.notExplored("'timeline'", at: item.key.span)) }
    }

    private mutating func checkExploredNetwork(_ network: NetworkModel) {
        guard let place = syntax.network?.span else { return }
        if !network.rules.isEmpty { bag.report(.notExplored("'rules'", at: place)) }
        if network.bandwidth != nil || network.between.contains(where: { $0.bandwidth != nil }) {
            bag.report(.notExplored("'bandwidth'", at: place))
        }
    }

    private mutating func checkExplored(
        _ expectation: TypedCase.Expectation, _ syntax: ScenarioSyntax.Expectation?, _ system: SystemModel, _ plan: RunPlan
    ) {
        switch expectation.form {
        case .always, .never, .finally, .possible, .eventually(within: nil), .eventuallyAlways(within: nil), .alwaysSome,
            .lastingSome, .lasting, .indistinguishable:
            return
        case .leadsTo(let leadsTo) where leadsTo.within == nil: return
        case .probability, .fractionOfTime, .mean, .quantile:
            if plan.simulation == nil {
                bag.report(.needsSimulation(expectation.formName, at: syntax?.form?.key.span ?? expectation.span))
            }
        case .eventually, .eventuallyAlways, .leadsTo:
            let place = syntax?.within?.span ?? expectation.span
            let clock = Diagnostic.noClock(
                "'within'", at: place, hint: "without it, the run may take as long as it likes")
            bag.report(system.timing.kind == .asynchronous ? clock : .notExplored("'within'", at: place))
        }
    }

    /// What the program reads that no explored state holds: histories, and under asynchronous timing any clock. It is seen in its
    /// code; the place of what a library property reads is the key that asks for exploration.
    mutating func checkReads(_ typed: TypedCase) {
        guard typed.plan.exploration != nil, let exhaustive = syntax.run.exhaustive else { return }
        let program = Compiler.compile(typed.explored).program
        for (instruction, place) in zip(program.code, program.places) {
            let place = place.source == .scenario ? place : exhaustive.span
            let clock: String
            switch instruction.opcode {
            case .loadNow: clock = "'now'"
            case .loadTime: clock = "'time'"
            case .loadUpFor, .loadDownFor:
                bag.report(.notExplored("how long a node has been up or down", at: place))
                continue
            default: continue
            }
            guard typed.system.timing.kind == .asynchronous else { continue }
            bag.report(.noClock(clock, at: place, hint: "count what happens instead"))
        }
    }
}

extension TypedCase {
    /// Without what only simulated runs are asked.
    fileprivate var explored: TypedCase {
        var explored = self
        explored.expectations = expectations.compactMap { expectation in
            var expectation = expectation
            switch expectation.form {
            case .probability, .fractionOfTime, .mean, .quantile: return nil
            case .lasting: expectation.form = .eventuallyAlways(within: nil)
            default: break
            }
            return expectation
        }
        return explored
    }
}
