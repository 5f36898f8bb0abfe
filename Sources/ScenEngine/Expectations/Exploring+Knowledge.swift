import ScenModel

/// What compares runs with one another: what nodes know, and what they cannot tell apart.
extension Exploring {
    func compareRuns(
        _ expectation: CompiledExpectation, _ result: Search.Result
    ) throws(Exploration.Stop) -> ExpectationReport {
        if case .indistinguishable(let node, let conditions, let atAnyState) = expectation.form {
            return try judgeIndistinguishable(expectation, node, conditions, atAnyState: atAnyState, result)
        }
        // A state that was not reached may look the same as one that was.
        guard result.isComplete else { return report(expectation, .inconclusive, incomplete(result), result, path: nil) }
        guard let (routine, question) = Self.question(expectation.form) else {
            var end: Int?
            var report = try judgeLiveness(expectation, result, end: &end)
            if report.status == .failed || options.tellsAll, let end, let routine = Self.neverReached(expectation.form) {
                let holds = Observation(exploration).word(routine, in: end)?.isTrue
                if holds == false { report.evidence.lookAlikes = whyUnknown(routine, end, report) }
            }
            return report
        }
        let shown = try firstState(routine, question)
        var report = judge(expectation, shownBy: shown, result)
        if report.status == .failed || options.tellsAll { report.evidence.lookAlikes = whyUnknown(routine, shown, report) }
        return report
    }

    /// What is false at the end of a run that violates it, as far as it needs no names.
    private static func neverReached(_ form: CompiledExpectation.Form) -> Program.RoutineID? {
        switch form {
        case .eventually(let routine, _), .eventuallyAlways(let routine, _): routine
        case .leadsTo(let leadsTo) where leadsTo.variables.isEmpty: leadsTo.to
        default: nil
        }
    }

    /// From the state that decides, or where there is none because something is never known, from one that is as good as any.
    private func whyUnknown(_ routine: Program.RoutineID, _ shown: Int?, _ report: ExpectationReport) -> LookAlikes? {
        guard let ignorance = Ignorance(exploration) else { return nil }
        if shown == nil {
            guard case .possible = report.expectation.form else { return nil }
        }
        guard let start = shown ?? ignorance.mostInformed(routine), let chain = ignorance.chain(from: start, routine) else {
            return nil
        }
        let operators = compiled.program.knowledge
        let first = operators[chain.question.index]
        let asked = "\(first.kind.rawValue)(\(first.whoText), \(first.text))"
        var runs = [LookAlikes.Run(node: nil, story: report.story ?? tell(start, report), text: "")]
        for link in chain.links.prefix(Self.linksMax) {
            let text = link.falseThere.map { operators[$0.index].text } ?? ""
            runs.append(LookAlikes.Run(node: link.node, story: tell(link.state, report), text: text))
        }
        var lookAlikes = LookAlikes(unknown: asked, runs: runs)
        lookAlikes.more = chain.links.count - runs.count + 1
        return lookAlikes
    }

    private static let linksMax = 20

    func tell(_ state: Int, _ report: ExpectationReport) -> Story {
        let expectation = report.expectation
        let shown = Trace.Shown.expectation(expectation.name, expectsHolds: expectation.expectsHolds, found: report.found)
        let path = ExploredPath(states: exploration.way(to: state))
        return tell(path, shown, end(of: path)).replay.story
    }

    /// The first state, in the order of the search, that answers the question.
    private func firstState(
        _ routine: Program.RoutineID, _ question: Search.Question
    ) throws(Exploration.Stop) -> Int? {
        let observation = Observation(exploration)
        for state in 0..<exploration.space.count {
            if question == .falseAtAnEnd ? !exploration.isEnd(state) : !exploration.isJudged(state) { continue }
            guard let holds = observation.word(routine, in: state)?.isTrue else { throw exploration.failed(in: state) }
            if holds == (question == .trueSomewhere) { return state }
            exploration.collectIfDue()
        }
        return nil
    }

    /// What is shown is shown by the last state, unless it is a matter of how the run ends.
    func decisiveStep(_ expectation: CompiledExpectation, _ story: Story?) -> Int? {
        switch expectation.form {
        case .always, .never, .possible: story.map { $0.firstStep + $0.steps.count - 1 }
        default: nil
        }
    }

    /// States hold histories: what makes them grow for ever is to be bounded.
    func incomplete(_ result: Search.Result) -> String {
        guard case .states? = result.stop else { return result.reason }
        return result.reason
            + "; where knowledge is asked a state holds what nodes have seen, so that runs without an end never repeat a state: "
            + (!exploration.viewsHaveClocks ? "'steps' bounds them" : "'for' bounds them")
    }
}
