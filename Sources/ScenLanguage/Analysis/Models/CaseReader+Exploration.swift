import ScenDiagnostics
import ScenModel

/// What `run: exhaustive` asks of a case.
extension CaseReader {
    mutating func checkExploration(
        _ system: SystemModel, _ plan: RunPlan, _ expectations: [TypedCase.Expectation]
    ) {
        guard plan.exploration != nil, let exhaustive = syntax.run.exhaustive else { return }
        checkExploredTiming(system.timing, system.network, at: exhaustive.span)
        checkExploredFaults(system)
        checkExploredNetwork(system.network)
        checkExploredRules(system)
        checkExploredAdversary(system, expectations)
        checkExploredTimeline(system, expectations)
        for expectation in expectations {
            let written = syntax.expectations.first { $0.name.span == expectation.span }
            checkExplored(expectation, written, system, plan)
        }
        guard let horizon = exhaustive.bounds.first(where: { $0.name.text == "for" }) else { return }
        let hint = "'steps' bounds how many things happen in a run"
        switch system.timing.kind {
        case .asynchronous: bag.report(.noClock("'for'", at: horizon.name.span, hint: hint))
        case .partiallySynchronous: bag.report(.clockStandsStill("'for'", at: horizon.name.span, hint: hint))
        case .synchronous: break
        }
    }

    private mutating func checkExploredTiming(_ timing: TimingModel, _ network: NetworkModel, at place: SourceSpan) {
        let place = syntax.timing?.model?.span ?? syntax.timing?.span ?? place
        guard timing.kind != .asynchronous else { return }
        if timing.bound == nil { bag.report(.notExplored("a bound that no node knows", at: place)) }
        if timing.pauses != nil { bag.report(.notExplored("'pauses'", at: place)) }
        if timing.step != nil { bag.report(.notExplored("'step'", at: place)) }
        if timing.clocks != nil { bag.report(.notExplored("'clock'", at: place)) }
        guard timing.lockstep else {
            if ([timing.latency] + network.between.compactMap(\.latency)).contains(where: { !$0.isInterval }) {
                bag.report(.notExplored("a latency other than a duration or a range", at: place))
            }
            return
        }
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
        let hint = "without one the node may crash at any moment"
        for fault in faults {
            for place in [fault.crash?.key.span, fault.recover?.key.span, fault.mttf?.span].compactMap({ $0 }) {
                switch system.timing.kind {
                case .asynchronous: bag.report(.noClock("the moment of a fault", at: place, hint: hint))
                case .partiallySynchronous: bag.report(.clockStandsStill("the moment of a fault", at: place, hint: hint))
                case .synchronous:
                    guard system.timing.lockstep || place == fault.mttf?.span else { continue }
                    bag.report(.notExplored("a fault at a given moment", at: place))
                }
            }
        }
    }

    /// Whoever makes up messages does so in any order of events, which is not told in ticks yet.
    private mutating func checkExploredAdversary(_ system: SystemModel, _ expectations: [TypedCase.Expectation]) {
        guard system.timing.kind != .asynchronous else { return }
        if system.timing.lockstep {
            // What traitors see of a round they see at its beginning, when nothing is lost yet.
            let shareSignatures = system.faults.behaviours.contains(where: \.canLie)
                && scope.types.messages.contains { $0.fields.contains { $0.type.isSigned } }
            if shareSignatures, system.network.links != .arbitrary, system.network.mayLose, let network = syntax.network {
                bag.report(.notExplored("signatures that traitors have seen, in rounds over links that lose messages", at: network.span))
            }
            // Rounds go by while it waits, and nodes count them: there would be no end.
            guard system.addsMessages, let asking = expectations.first(where: \.asksViews) else { return }
            return bag.report(.notExplored("what nodes know, in rounds beside an adversary who makes up messages", at: asking.span))
        }
        if system.network.links == .arbitrary, let network = syntax.network {
            let place = network.links?.span ?? network.span
            bag.report(.notExplored("an adversary on the links where latency has a bound and there are no rounds", at: place))
        }
        if system.faults.makesUp, let key = syntax.faultKeys.first(where: { $0.text == "behaviour" }) {
            bag.report(.notExplored("a node that makes up messages where latency has a bound and there are no rounds", at: key.span))
        }
    }

    private mutating func checkExploredNetwork(_ network: NetworkModel) {
        guard let place = syntax.network?.span else { return }
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
            switch system.timing.kind {
            case .asynchronous: bag.report(clock)
            case .partiallySynchronous:
                bag.report(.clockStandsStill("'within'", at: place, hint: "without it, it has to come once the bound holds"))
            case .synchronous: if system.timing.lockstep { bag.report(.notExplored("'within'", at: place)) }
            }
        }
    }

    /// What the program reads that no explored state holds: histories, and under asynchronous timing any clock. It is seen in its
    /// code; the place of what a library property reads is the key that asks for exploration.
    mutating func checkReads(_ typed: TypedCase) {
        guard typed.plan.exploration != nil, let exhaustive = syntax.run.exhaustive else { return }
        let program = Compiler.compile(typed.explored).program
        checkSealedChoices(typed, program)
        for (instruction, place) in zip(program.code, program.places) {
            let place = place.source == .scenario ? place : exhaustive.span
            let clock: String
            switch instruction.opcode {
            case .loadNow: clock = "'now'"
            case .loadTime: clock = "'time'"
            case .loadFaulty, .loadCorrect:
                checkFaultyIsKnown(typed.system, instruction.opcode == .loadFaulty ? "faulty" : "correct", at: place)
                continue
            case .loadUpFor, .loadDownFor:
                bag.report(.notExplored("how long a node has been up or down", at: place))
                continue
            default: continue
            }
            switch typed.system.timing.kind {
            case .asynchronous: bag.report(.noClock(clock, at: place, hint: "count what happens instead"))
            case .partiallySynchronous: bag.report(.clockStandsStill(clock, at: place, hint: "count what happens instead"))
            case .synchronous: break
            }
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

extension ScenModel.Distribution {
    var isInterval: Bool {
        switch self {
        case .constant, .uniform: true
        case .exponential, .normal, .lognormal, .pareto, .empirical: false
        }
    }
}
