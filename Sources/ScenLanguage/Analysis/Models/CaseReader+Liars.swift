import ScenDiagnostics
import ScenModel

extension CaseReader {
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
