import ScenDiagnostics
import ScenModel

/// What `behaviour` may be.
enum BehaviourWord: String, ModelWord {
    case lie, omit, silent, arbitrary
    static var standard: Self { .lie }

    var behaviour: FaultModel.Behaviour {
        switch self {
        case .lie: .lie
        case .omit: .omit
        case .silent: .silent
        case .arbitrary: .arbitrary
        }
    }
}

extension CaseReader {
    /// A crash, or another algorithm, is all that happens to a Byzantine node for which nothing else is said.
    mutating func behaviour(_ fault: ScenarioSyntax.Fault, _ kind: NodeModel.Kind) -> FaultModel.Behaviour {
        guard kind == .byzantine else { return [] }
        guard let words = fault.behaviour else {
            let saysMore = fault.crash != nil || fault.crashes != nil || fault.mttf != nil || fault.runs != nil
            return saysMore ? [] : [.lie, .omit]
        }
        var behaviour: FaultModel.Behaviour = []
        for each in words {
            guard let word: BehaviourWord = word(each, "'behaviour'") else { continue }
            behaviour.insert(word.behaviour)
        }
        return behaviour
    }

    /// Messages that liars have to send as they are. One without fields may well be left out instead.
    mutating func warnOfLies(_ faults: FaultModel) {
        let liars = faults.behaviours.filter(\.canLie)
        guard faults.who != .nobody, !liars.isEmpty else { return }
        let canOmit = liars.allSatisfy(\.canOmit)
        let falsehoods = Falsehoods(scope.types)
        for (index, message) in scope.types.messages.enumerated() where !falsehoods.canChange(index) {
            if message.fields.isEmpty && canOmit { continue }
            guard let declared = syntax.algorithm.messages.first(where: { $0.name.text == message.name }) else { continue }
            bag.report(.nothingToLieAbout(message.name, fields: message.fields.count, at: declared.name.span))
        }
    }
}
