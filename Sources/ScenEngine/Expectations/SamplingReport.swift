import ScenDiagnostics
import ScenModel

extension Sampling {
    /// Verdicts, evidence, and the runs that show them.
    func report() -> CaseReport {
        let teller = Simulator(compiled, budgets: options.budgets)
        if let failure {
            let told = tell(
                Shown(
                    seed: failure.seed, events: failure.events, target: .error(failure.error), watches: watches,
                    shown: .error(failure.error.code.rawValue), isTold: true),
                with: teller)
            var evidence = Evidence(method: .simulation)
            evidence.runs = runs
            return CaseReport(
                parameters: compiled.parameters,
                expectations: judged.map {
                    ExpectationReport(
                        expectation: $0.expectation, found: .error, status: .failed,
                        evidence: evidence)
                },
                failure: CaseReport.Failure(error: told.result.failure ?? failure.error, story: told.story, trace: told.trace))
        }
        return CaseReport(
            parameters: compiled.parameters, expectations: judged.map { report($0, teller) })
    }

    private func report(_ one: Judged, _ teller: Simulator) -> ExpectationReport {
        let (found, status, remark) = verdict(one)
        var report = ExpectationReport(
            expectation: one.expectation, found: found, status: status,
            evidence: evidence(one, found, remark))
        let exhibit = found == .violated ? one.tally.violation : one.tally.witness
        if let exhibit, showsRun(one, found) {
            let told = tell(
                Shown(
                    seed: exhibit.seed, events: exhibit.events, decisiveStep: exhibit.step,
                    target: .verdict(one.rule, found == .violated ? .violates : .satisfies),
                    watches: [Watch(one.rule.routine, one.rule.need)],
                    shown: .expectation(one.expectation.name, expectsHolds: one.expectation.expectsHolds, found: found),
                    isTold: options.tellsAll || status == .failed),
                with: teller)
            let unmet = told.story.shrunk == nil ? exhibit.unmet : told.result.watched.first?.unmet
            report.evidence.unmet = unmet.flatMap { one.expectation.unmet($0, compiled.program.types) }
            report.story = told.story
            report.trace = told.trace
        }
        return report
    }

    /// A single run shows a violation of a logical form, and what `possible` has found; it shows nothing about a share.
    private func showsRun(_ one: Judged, _ found: Finding) -> Bool {
        if one.rule is any StatisticRule { return false }
        return found == (one.rule is PossibleRule ? .holds : .violated)
    }

    private func verdict(_ one: Judged) -> (Finding, Status, String?) {
        let expectsHolds = one.expectation.expectsHolds
        switch one.conclusion {
        case .violated: return (.violated, expectsHolds ? .failed : .passed, nil)
        case .inconclusive(let why), .needsMoreRuns(let why):
            return (.inconclusive, .inconclusive, why)
        case .needsConfirmation:
            return (.inconclusive, .inconclusive, "a miss could not be confirmed on fresh runs")
        case .holds:
            if expectsHolds { return (.holds, .passed, nil) }
            if one.rule is any UniversalRule {
                // Sampling that met no violation does not show that there is none.
                return (.inconclusive, .inconclusive, "no violating run was met")
            }
            return (.holds, .failed, nil)
        }
    }

    private func evidence(_ one: Judged, _ found: Finding, _ remark: String?) -> Evidence {
        var evidence = Evidence(method: .simulation)
        let tally = one.tally
        evidence.runs = tally.runs
        if let rule = one.rule as? any StatisticRule {
            let statistic = rule.statistic(tally)
            evidence.estimate = statistic?.estimate
            evidence.interval = statistic?.interval
            evidence.confidence = statistic?.interval.map { _ in Statistics.confidence }
            evidence.basis = rule.basis
        } else if one.rule is PossibleRule {
            evidence.witnessRuns = tally.satisfying
        } else {
            evidence.violatingRuns = tally.violating
            let judged = tally.violating + tally.satisfying
            if one.rule is LeadsToRule { describe(one, found, in: &evidence) }
            if tally.violating == 0, tally.undecided == 0 || evidence.runs == judged {
                evidence.violatedAtMost = BinomialInterval.neverSeen(runs: judged, confidence: 0.95)
            }
        }
        if let remark { evidence.remarks.append(remark) }
        let isUncontradicted = tally.violating == 0 && !(one.rule is PossibleRule) && !(one.rule is any StatisticRule)
        if isUncontradicted, let untouched = compiled.untouchedFields { evidence.remarks.append(untouched) }
        return evidence
    }

    private func describe(_ one: Judged, _ found: Finding, in evidence: inout Evidence) {
        let tally = one.tally
        if found == .holds, tally.undecided > 0 {
            evidence.runs = tally.runs - tally.undecided
            evidence.remarks.append("\(tally.undecided) more were cut off before 'to' had to follow")
        }
        if tally.vacuous == tally.runs { evidence.remarks.append("'from' held in no run") }
    }
}
