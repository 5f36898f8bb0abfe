import ScenDiagnostics
import ScenModel

extension CaseReader {
    /// Nil if something is wrong, which has been reported.
    mutating func read(left: inout CaseBudget) -> TypedCase? {
        guard let nodeModel = readNodes(left: &left.nodes) else {
            // Without nodes their names mean nothing: what is left to check needs parameters only.
            _ = readPlan()
            return nil
        }
        let timing = readTiming()
        let (readLinks, areLinksKnown) = readNetwork(timing, left: &left)
        let faults = readFaults(nodeModel)
        scope.outcomes = syntax.outcomes.map(\.name.text)
        checkOtherAlgorithms()
        let own = scope.types.enumerations.count
        let analysed = Analyzer.algorithm(syntax.algorithm, in: &scope, into: &bag)
        let otherAlgorithms = readAlternatives(analysed, own: own)
        var network = readLinks
        network.rules = readRules(readLinks, known: areLinksKnown, timing)
        guard var algorithm = analysed else { return nil }
        let inputs = readInputs(algorithm.input)
        let outcomes = readOutcomes(&algorithm)
        let expectations = readExpectations(&algorithm)
        let plan = readPlan()
        var system = SystemModel(nodes: nodeModel, network: network, timing: timing, faults: faults, inputs: inputs)
        let timelineObservers = readTimeline(into: &system, plan, areLinksKnown: areLinksKnown, &algorithm, left: &left.targets)
        checkAssumptions(system)
        warnOfRecovery(nodeModel.kind)
        warnOfLies(faults)
        warnOfLateBadPeriods(timing, plan)
        checkNodeMemory(nodeModel.count, [algorithm] + otherAlgorithms, explored: plan.exploration != nil)
        checkExploration(system, plan, expectations)
        checkKnowledge(expectations, timing, faults, plan)
        guard !bag.hasErrors else { return nil }
        var typed = TypedCase(
            parameters: combination.compiled, types: scope.types, system: system, algorithm: algorithm,
            outcomes: outcomes, expectations: expectations, plan: plan)
        typed.timelineObservers = timelineObservers
        typed.alternatives = otherAlgorithms
        typed.knowledgeTexts = knowledgeTexts(expectations)
        checkReads(typed)
        return typed
    }

    /// Algorithms that do not run are checked all the same.
    private mutating func checkOtherAlgorithms() {
        let checked = [syntax.algorithm.span] + alternatives.map(\.span)
        for other in syntax.algorithms where !checked.contains(other.content.span) {
            var scope = scope
            var found = DiagnosticBag()
            _ = Analyzer.algorithm(other.content, isRun: false, in: &scope, into: &found)
            // What faulty nodes run in another case need not handle what it sends.
            let mayBeRun = syntax.faultKeys.contains { $0.text == "runs" }
            bag.report(contentsOf: found.all.filter { !mayBeRun || $0.severity == .error })
        }
    }

    private mutating func readOutcomes(_ algorithm: inout TypedAlgorithm) -> [TypedCase.Outcome] {
        var outcomes: [TypedCase.Outcome] = []
        for outcome in syntax.outcomes {
            if let name = outcome.content.firstName(where: { $0 == "outcome" }) {
                bag.report(.outcomeOfItself(outcome.name.text, at: name.span))
                continue
            }
            guard
                let condition = Analyzer.observer(
                    outcome.content, name: outcome.name.text, expecting: .bool, algorithm: &algorithm, in: scope, into: &bag)
            else { continue }
            outcomes.append(TypedCase.Outcome(name: outcome.name.text, condition: condition))
        }
        return outcomes
    }
}
