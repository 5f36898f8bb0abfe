import ScenDiagnostics
import ScenModel

/// What else may go wrong with time: pauses, handlers that take time.
extension CaseReader {
    /// `known`: false if the word for the model is wrong, so that nothing should be judged by it.
    mutating func readTimingFaults(_ model: TimingModel, known: Bool) -> TimingModel {
        var model = model
        let pauses = syntax.timing?.pauses.flatMap { readPauses($0) }
        let step = syntax.timing?.step.flatMap { distribution($0, .step) }
        let isSure = known && !varies(syntax.timing?.model)
        if model.kind == .synchronous {
            if isSure, let place = syntax.timing?.pauses {
                bag.report(.pausesWithSynchrony(at: place.span, timing: syntax.timing?.model?.span))
            }
        } else {
            model.pauses = pauses
        }
        if model.lockstep {
            if isSure, let place = syntax.timing?.step { bag.report(.stepInRounds(at: place.span)) }
        } else if step != .constant(0) {
            model.step = step
        }
        return model
    }

    private mutating func readPauses(_ pauses: ScenarioSyntax.Pauses) -> Pauses? {
        let every = pauses.every.flatMap { distribution($0, .timeBetweenPauses) }
        let length = pauses.length.flatMap { distribution($0, .pause) }
        guard let every, let length, let place = pauses.every else { return nil }
        guard every.largest != 0 else {
            bag.report(.outOfRange("the time between pauses", is: "0s", expected: "a duration above 0", at: place.span))
            return nil
        }
        return Pauses(every: every, length: length)
    }
}
