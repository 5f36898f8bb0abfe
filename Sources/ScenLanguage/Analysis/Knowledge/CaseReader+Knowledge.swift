import ScenDiagnostics
import ScenModel

/// What nodes know, and what they cannot tell apart.
extension CaseReader {
    /// Forms that are judged by all runs; the others have samples, from which nobody's knowledge can be told.
    static let knowingForms: Set<String> = [
        "always", "never", "finally", "possible", "eventually", "eventually-always", "leads-to", "indistinguishable-to",
    ]

    static func refusesKnowledge(_ form: String) -> String? {
        knowingForms.contains(form) ? nil : "'\(form)' is judged by samples, and what nodes know takes every run"
    }

    mutating func indistinguishable(
        _ form: ScenarioSyntax.Expectation.Form, of expectation: ScenarioSyntax.Expectation,
        _ algorithm: inout TypedAlgorithm
    ) -> Condition? {
        let node = value(form.expression, expecting: .node)
        var routines: [TypedRoutine] = []
        for execution in expectation.executions {
            let routine = Analyzer.observer(
                execution, name: expectation.name.text, expecting: .bool, algorithm: &algorithm, in: scope, into: &bag,
                refusesKnowledge: nil)
            if let routine { routines.append(routine) }
        }
        guard case .node(let number)? = node, let first = routines.first, routines.count == expectation.executions.count
        else { return nil }
        var condition = Condition(
            formName: form.key.text, text: source.text(at: form.expression.span),
            form: .indistinguishable(node: number, Array(routines.dropFirst()), atAnyState: expectation.atAnyState),
            routine: first)
        condition.executions = expectation.executions.map { source.text(at: $0.span) }
        return condition
    }

    /// Knowledge is about all runs, so that samples say nothing about it.
    mutating func checkKnowledge(_ expectations: [TypedCase.Expectation], _ timing: TimingModel, _ faults: FaultModel, _ plan: RunPlan) {
        guard plan.exploration == nil else { return checkViews(expectations, timing, faults) }
        for expectation in expectations {
            if case .indistinguishable = expectation.form {
                let written = syntax.expectations.first { $0.name.span == expectation.span }
                bag.report(.needsExploration("'\(expectation.formName)'", at: written?.form?.key.span ?? expectation.span))
            } else if let (knowledge, at) = expectation.knowledge.first {
                bag.report(.needsExploration("'\(knowledge.kind.rawValue)'", at: at.span))
            }
        }
    }

    /// Where views cannot say what a node sees.
    private mutating func checkViews(_ expectations: [TypedCase.Expectation], _ timing: TimingModel, _ faults: FaultModel) {
        guard let asked = expectations.lazy.compactMap(\.placeOfKnowledge).first else { return }
        let steps = timing.kind == .synchronous && !timing.lockstep ? syntax.run.exhaustive?.bounds.first { $0.name.text == "steps" } : nil
        if let steps { bag.report(.knowledgeWithinSteps(at: steps.name.span, asked: asked)) }
        let sealing = scope.types.messages.first { $0.fields.contains { scope.types.seals($0.type) } }
        guard let sealing else { return }
        let unordered = scope.types.messages.first { $0.fields.contains { scope.types.sealsUnordered($0.type) } }
        if let unordered { bag.report(.knowledgeOfSealsInSets("'\(unordered.name)' carries", at: asked)) }
        let lies: FaultModel.Behaviour = [.lie, .arbitrary]
        if faults.who != .nobody, faults.behaviours.contains(where: { !$0.isDisjoint(with: lies) }) {
            bag.report(.knowledgeOfForgedSeals(message: sealing.name, at: asked))
        }
    }

    /// The same about what the program does.
    mutating func checkSealedChoices(_ typed: TypedCase, _ program: Program) {
        guard typed.expectations.contains(where: { $0.placeOfKnowledge != nil }) else { return }
        for (instruction, place) in zip(program.code, program.places) where [.choose, .chooseKey].contains(instruction.opcode) {
            let type = program.shownTypes[Int(instruction.c)]
            if program.types.seals(type) { bag.report(.knowledgeOfSealsInSets("here a node chooses from", at: place)) }
        }
        for variable in program.variables where variable.stable && program.types.sealsUnordered(variable.type) {
            let asked = typed.expectations.lazy.compactMap(\.placeOfKnowledge).first
            if let asked { bag.report(.knowledgeOfSealsInSets("'\(variable.name)' keeps", at: asked)) }
        }
    }

    /// As reports quote them.
    func knowledgeTexts(_ expectations: [TypedCase.Expectation]) -> [SourceSpan: String] {
        var texts: [SourceSpan: String] = [:]
        for expectation in expectations {
            for (knowledge, _) in expectation.knowledge {
                for part in [knowledge.who, knowledge.fact] { texts[part.span] = source.text(at: part.span) }
            }
        }
        return texts
    }
}

extension TypedCase.Expectation {
    /// Where it is asked what nodes know, or cannot tell apart.
    fileprivate var placeOfKnowledge: SourceSpan? {
        if case .indistinguishable = form { return span }
        return knowledge.first?.at.span
    }

    /// What its conditions say about what nodes know.
    var knowledge: [(TypedKnowledge, at: TypedExpression)] {
        var routines = [condition]
        switch form {
        case .leadsTo(let leadsTo): routines.append(leadsTo.to)
        case .indistinguishable(_, let others, _): routines += others
        default: break
        }
        var found: [(TypedKnowledge, at: TypedExpression)] = []
        for statement in routines.flatMap(\.body) {
            if case .returns(let expression?) = statement.kind { found += expression.knowledge }
        }
        return found
    }
}
