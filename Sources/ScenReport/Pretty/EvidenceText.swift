import ScenDiagnostics
import ScenModel

/// What an expectation came to, in one line: what was found, whether that was expected, and what it rests on.
struct EvidenceText {
    let report: ExpectationReport

    func line() -> String {
        switch report.expectation.form {
        case .probability(_, let comparison): measured(StatisticText(.share, evidence), comparison, of: "of ")
        case .fractionOfTime(_, let comparison):
            measured(StatisticText(.share, evidence), comparison, of: "of the time over ")
        case .mean(_, let unit, let comparison): measured(StatisticText(unit, evidence), comparison, of: "over ")
        case .quantile(_, _, let unit, let comparison):
            measured(StatisticText(unit, evidence), comparison, of: "over ")
        case .possible: possible()
        case .indistinguishable where report.found == .violated: unlike()
        default: universal()
        }
    }

    /// What was found, in a word or two: for many cases on a line each.
    func short() -> String {
        let estimate = report.expectation.form.unit.flatMap { StatisticText($0, evidence).estimate }
        return report.found == .error ? report.found.rawValue : estimate ?? report.found.rawValue
    }

    private var evidence: Evidence { report.evidence }
    private var expectsHolds: Bool { report.expectation.expectsHolds }
    private var expected: String { expectsHolds ? "holds" : "violated" }

    // MARK: Every run

    private func universal() -> String {
        switch report.found {
        case .holds:
            let found = "holds" + everywhere()
            return expectsHolds ? found : "expected violated, found no violation: \(found)" + remarks()
        case .violated:
            return (expectsHolds ? "expected holds, found violated" : "violated, as expected:")
                + somewhere() + remarks()
        case .inconclusive: return inconclusive()
        case .error: return "not judged"
        }
    }

    private var reduction: String { ReductionText.of(partialOrder: evidence.isReduced, symmetry: evidence.isSymmetric) }

    private func everywhere() -> String {
        if evidence.method == .exhaustive {
            guard let count = evidence.states else { return remarks() }
            let states = NumberText.count(count, "state")
            if !reduction.isEmpty { return ", \(states)\(reduction)" + remarks() }
            return (count == 1 ? ", the only state" : ", all \(states)") + remarks()
        }
        guard let runs = evidence.runs else { return "" }
        var text = " in \(NumberText.count(runs)) of \(NumberText.count(runs, "run"))"
        if let most = evidence.violatedAtMost {
            text += " (violated in at most \(NumberText.percentAtMost(most)) of runs, 95%)"
        }
        return text + remarks()
    }

    private func somewhere() -> String {
        guard let runs = evidence.runs, let violating = evidence.violatingRuns else {
            guard evidence.method == .exhaustive, let story = report.story else { return "" }
            if story.repeatsFrom != nil { return " by a run that never ends" }
            return " by a run of \(NumberText.count(story.steps.count, "event"))"
        }
        return " in \(NumberText.count(violating)) of \(NumberText.count(runs, "run"))"
    }

    // MARK: Some run

    private func possible() -> String {
        switch report.found {
        case .holds:
            var seen = "a run shows it"
            if let runs = evidence.runs, let witnesses = evidence.witnessRuns {
                seen = "seen in \(NumberText.count(witnesses)) of \(NumberText.count(runs, "run"))"
            }
            return (expectsHolds ? "holds: " : "expected violated, found holds: ") + seen + remarks()
        case .violated:
            let all = evidence.states.map { ": seen in none of \(NumberText.count($0, "state"))\(reduction)" } ?? ""
            return (expectsHolds ? "expected holds, found violated" : "violated, as expected") + all + remarks()
        case .inconclusive: return inconclusive()
        case .error: return "not judged"
        }
    }

    private func unlike() -> String {
        let among = evidence.states.map { " among \(NumberText.count($0, "state"))" } ?? ""
        return (expectsHolds ? "expected holds, found violated" : "violated, as expected") + ": no such runs" + among + remarks()
    }

    // MARK: A statistic

    private func measured(
        _ text: StatisticText, _ comparison: CompiledExpectation.Comparison, of: String
    ) -> String {
        guard report.found != .error, let estimate = text.estimate else {
            return report.found == .inconclusive ? inconclusive() : "not judged"
        }
        let runs = evidence.runs.map { " \(of)\(NumberText.count($0, "run"))" } ?? ""
        let found = estimate + runs + text.bounds()
        let asked = text.asked(comparison)
        switch (report.found, expectsHolds) {
        case (.holds, true): return "holds: \(found), asked for \(asked)" + remarks()
        case (.holds, false): return "expected violated, found holds: \(found), asked for \(asked)" + remarks()
        case (.violated, true): return "expected \(asked), found \(found)" + remarks()
        case (.violated, false): return "violated, as expected: \(found), asked for \(asked)" + remarks()
        default: return inconclusive() + "; \(found), asked for \(asked)"
        }
    }

    // MARK: Neither

    private func inconclusive() -> String {
        let reasons = evidence.remarks.map { DisplayText.line($0) }.joined(separator: "; ")
        var text = "inconclusive, expected \(expected)"
        if !reasons.isEmpty { text += ": \(reasons)" }
        if let runs = evidence.runs, evidence.estimate == nil {
            text += " (\(NumberText.count(runs, "run")))"
        }
        return text
    }

    private func remarks() -> String {
        evidence.remarks.map { "; " + DisplayText.line($0) }.joined()
    }
}
