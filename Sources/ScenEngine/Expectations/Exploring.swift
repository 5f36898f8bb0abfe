import ScenDiagnostics
import ScenModel

/// Judges the logical forms of a case by all of its runs.
struct Exploring {
    let compiled: CompiledCase
    let scope: RunPlan.Exploration
    let exploration: Exploration
    let search: Search
    let options: CaseRunner.Options

    /// A limit: states after which an exploration gives up, unless the scenario says otherwise.
    static let statesMax = 50_000_000

    /// `tick`: one that the durations of timers have asked for. `liveClock`: until when all runs have to go on. `reduces`: as far as
    /// no verdict is lost. `different`: nodes but these pairs may be taken to be interchangeable; nil: none.
    init(
        _ compiled: CompiledCase, scope: RunPlan.Exploration, options: CaseRunner.Options, tick: Int? = nil,
        liveClock: Int = 0, reduces: Bool = false, different: Set<SIMD2<Int>>? = nil
    ) {
        self.compiled = compiled
        self.scope = scope
        self.options = options
        exploration = Exploration(
            compiled, scope: scope, statesMax: scope.states ?? Self.statesMax, budgets: options.budgets,
            limits: options.limits, tick: tick, liveClock: liveClock)
        search = Search(
            exploration, asked: compiled.expectations.compactMap { $0.usesKnowledge ? nil : Self.question($0.form) },
            jobs: options.jobs, evaluatesIncrementally: options.evaluatesIncrementally, reduces: reduces,
            symmetry: different.flatMap { [exploration] in Self.symmetry(of: exploration, $0) })
    }

    /// One verdict for each expectation of the case, in order. A run-time error in any run fails the whole case.
    func report(progress: @escaping (ExplorationLimits.Progress) -> Void = { _ in }) -> CaseReport {
        var result = run(progress: progress)
        if case .finerTick(let tick)? = result.stop {
            return Exploring(compiled, scope: scope, options: options, tick: tick).report(progress: progress)
        }
        if result.isComplete, let clock = exploration.lacksRest {
            return Exploring(compiled, scope: scope, options: options, tick: exploration.time?.tick, liveClock: clock)
                .report(progress: progress)
        }
        if !exploration.tellLooks() { (result.isComplete, result.stop, result.reason) = (false, .memory, reason(.memory)) }
        return report(result)
    }

    func run(progress: @escaping (ExplorationLimits.Progress) -> Void) -> Search.Result {
        search.progress = progress
        let needsAll = compiled.needsViews || compiled.expectations.contains { Self.property($0.form) != nil }
        var result = search.run(everything: needsAll)
        if !result.isComplete { result.reason = reason(result.stop) }
        return result
    }

    func report(_ result: Search.Result) -> CaseReport {
        if result.isComplete, compiled.needsViews { exploration.knowledge = Knowledge(exploration) }
        if case .failed(let error, let state, let transition)? = result.stop {
            return failed(error, state, transition, result)
        }
        var answers = search.asked.map(\.answer).makeIterator()
        var reports: [ExpectationReport] = []
        var end: Int?
        for expectation in compiled.expectations {
            if !expectation.comparesRuns, Self.question(expectation.form) != nil {
                reports.append(judge(expectation, shownBy: answers.next() ?? nil, result))
                continue
            }
            do throws(Exploration.Stop) {
                reports.append(
                    try expectation.comparesRuns ? compareRuns(expectation, result) : judgeLiveness(expectation, result, end: &end))
            } catch {
                guard case .failed(let failure, let state, let transition) = error else {
                    reports.append(report(expectation, .inconclusive, reason(error), result, path: nil))
                    continue
                }
                return failed(failure, state, transition, result)
            }
        }
        return CaseReport(
            parameters: compiled.parameters, expectations: reports,
            exploration: options.tellsAll
                ? ExplorationFigures(
                    states: result.states, depth: result.depth, isReduced: result.isReduced, isSymmetric: result.isSymmetric,
                    parts: StateParts(exploration, isComplete: result.isComplete).all()) : nil)
    }

    private func failed(
        _ error: RuntimeFailure, _ state: Int?, _ transition: Transition?, _ result: Search.Result
    ) -> CaseReport {
        // What failed while runs were compared fails in no run.
        let end: Story.End = exploration.knowledge?.failedState == nil ? .failed : .decided
        var last = transition.map { [$0] } ?? []
        if transition != nil && (state.map(exploration.isCommonStep) ?? true) { last = exploration.trailOfFailure(after: state) }
        var story: Story?
        var trace: Trace?
        var error = error
        error.isOfFact = end == .decided
        if state != nil || !last.isEmpty {
            let path = ExploredPath(states: state.map(exploration.way) ?? [], last: last)
            let told = tell(path, .error(error.code.rawValue), end)
            error.time = told.replay.story.endTime
            story = told.replay.story
            if options.wantsTraces, end == .failed { trace = told.trace }
        }
        return CaseReport(
            parameters: compiled.parameters,
            expectations: compiled.expectations.map {
                ExpectationReport(expectation: $0, found: .error, status: .failed, evidence: evidence(result))
            },
            failure: CaseReport.Failure(error: error, story: story, trace: trace))
    }

    // MARK: Forms

    /// What to look for while states are visited.
    static func question(_ form: CompiledExpectation.Form) -> (Program.RoutineID, Search.Question)? {
        switch form {
        case .always(let routine): (routine, .falseSomewhere)
        case .never(let routine), .possible(let routine): (routine, .trueSomewhere)
        case .finally(let routine): (routine, .falseAtAnEnd)
        default: nil
        }
    }

    /// What is judged when the states are known.
    private static func property(_ form: CompiledExpectation.Form) -> Liveness.Property? {
        switch form {
        case .eventually(let routine, let within): .eventually(routine, within: within)
        case .eventuallyAlways(let routine, let within): .eventuallyAlways(routine, within: within)
        case .leadsTo(let leadsTo): .leadsTo(leadsTo)
        case .lasting(let routine, _, let half): .lasting(routine, half: half)
        case .alwaysSome(let routine): .alwaysSome(routine)
        case .lastingSome(let routine): .lastingSome(routine)
        default: nil
        }
    }

    func judge(
        _ expectation: CompiledExpectation, shownBy state: Int?, _ result: Search.Result
    ) -> ExpectationReport {
        var isPossible = false
        var isAboutEnds = false
        switch expectation.form {
        case .possible: isPossible = true
        case .finally: isAboutEnds = true
        default: break
        }
        if let state {
            let path = ExploredPath(states: wayWithFewestFaults(to: state, expectation, result))
            return report(expectation, isPossible ? .holds : .violated, nil, result, path: path)
        }
        guard result.isComplete else {
            return report(expectation, .inconclusive, result.reason, result, path: nil)
        }
        if isAboutEnds && result.ends == 0 {
            return report(expectation, .inconclusive, "no run within the scope ends", result, path: nil)
        }
        return report(expectation, isPossible ? .violated : .holds, nil, result, path: nil)
    }

    private func wayWithFewestFaults(to state: Int, _ expectation: CompiledExpectation, _ result: Search.Result) -> [Int] {
        let observation = Observation(exploration)
        let way = try? FewestFaults.way(to: state, in: exploration, mayAdd: !result.isComplete && result.stop == nil) {
            state throws(Exploration.Stop) in
            guard let (routine, question) = Self.question(expectation.form) else { return false }
            if question == .falseAtAnEnd ? !exploration.isEnd(state) : !exploration.isJudged(state) { return false }
            guard let holds = observation.word(routine, in: state)?.isTrue else { throw exploration.failed(in: state) }
            return holds == (question == .trueSomewhere)
        }
        // What fails beyond the run that was found first is no reason not to tell that one.
        return way ?? exploration.way(to: state)
    }

    /// `end`: of the run that violates it, if that ends.
    func judgeLiveness(
        _ expectation: CompiledExpectation, _ result: Search.Result, end: inout Int?
    ) throws(Exploration.Stop) -> ExpectationReport {
        guard let property = Self.property(expectation.form) else {
            return report(expectation, .inconclusive, "only simulation judges this form", result, path: nil)
        }
        let liveness = Liveness(exploration, wasExpanded: search.wasExpanded)
        switch try liveness.answer(to: property) {
        case .violated(let violation):
            if violation.loop == nil { end = violation.states.last }
            let path = ExploredPath(states: violation.states, loop: violation.loop, isCutOff: violation.isLate)
            return report(expectation, .violated, nil, result, path: path)
        case .undecided(let reason) where result.isComplete:
            return report(expectation, .inconclusive, reason, result, path: nil)
        case .undecided, .holds: break
        }
        if !result.isComplete {
            return report(expectation, .inconclusive, result.reason, result, path: nil)
        }
        if result.wasCut, !property.isSafety {
            return report(
                expectation, .inconclusive, "runs were cut off by 'steps' before they came to it", result, path: nil)
        }
        if try liveness.timeStandsStill() {
            let reason = "in some run no time can pass any more, since things happen again and again at one moment"
            return report(expectation, .inconclusive, reason, result, path: nil)
        }
        return report(expectation, .holds, nil, result, path: nil)
    }

    // MARK: Evidence

    func report(
        _ expectation: CompiledExpectation, _ found: Finding, _ remark: String?, _ result: Search.Result,
        path: ExploredPath?
    ) -> ExpectationReport {
        var evidence = evidence(result)
        if let remark { evidence.remarks.append(remark) }
        if path != nil, result.mayBeLonger { evidence.remarks.append("there may be a shorter run") }
        if found == .holds || found == .violated, path == nil || expectation.usesKnowledge {
            if path != nil { evidence.remarks.append("compared with all \(RuntimeMessages.grouped(result.states)) states") }
            evidence.remarks += scopeRemarks(result)
        }
        let status: Status =
            found == .inconclusive ? .inconclusive : (found == .holds) == expectation.expectsHolds ? .passed : .failed
        let told = path.map {
            tell($0, .expectation(expectation.name, expectsHolds: expectation.expectsHolds, found: found), end(of: $0))
        }
        var replay = told?.replay
        if let replay, !Self.shows(replay, found, of: expectation) {
            var evidence = self.evidence(result)
            evidence.remarks = ["the run that was found does not show it when it is played again: a mistake of scen, not of the scenario"]
            return ExpectationReport(expectation: expectation, found: .inconclusive, status: .inconclusive, evidence: evidence)
        }
        if expectation.comparesRuns {
            let step = decisiveStep(expectation, replay?.story)
            replay?.story.decisiveStep = step
        }
        evidence.unmet = replay?.unmet(of: expectation, compiled)
        var report = ExpectationReport(
            expectation: expectation, found: found, status: status, evidence: evidence, story: replay?.story)
        // What nodes know shows in no single run, and what goes on for ever not always in its first round trip.
        if options.wantsTraces, !expectation.comparesRuns, replay?.verdict == (found == .violated ? .violates : .satisfies) {
            report.trace = told?.trace
        }
        return report
    }

    /// A run that is found is played again before it is told, by means that share nothing with the search.
    private static func shows(_ replay: Replay, _ found: Finding, of expectation: CompiledExpectation) -> Bool {
        if replay.misfit != nil { return false }
        // Runs for ever are played again for a while only, and what nodes know in no single run.
        guard question(expectation.form) != nil, !expectation.usesKnowledge, let verdict = replay.verdict else { return true }
        return verdict == (found == .violated ? .violates : .satisfies)
    }

    func end(of path: ExploredPath) -> Story.End {
        if path.loop != nil { return .horizon }
        guard let last = path.states.last, exploration.isEnd(last) else { return path.isCutOff ? .horizon : .decided }
        return exploration.isCutOff(last) ? .horizon : .quiescent
    }

    func tell(_ path: ExploredPath, _ shown: Trace.Shown, _ end: Story.End) -> (replay: Replay, trace: Trace) {
        var (trace, repeatsFrom) = path.trace(in: exploration, shown: shown, end: end)
        var replay = Replayer(compiled, trace: trace, budgets: options.budgets).replay()
        replay.story.isExplored = true
        replay.story.isTimed = compiled.system.timing.lockstep || exploration.time.map { !$0.isPartial } ?? false
        replay.story.repeatsFrom = repeatsFrom
        trace.hash = replay.hash
        trace.parameters = compiled.parameters.map { Trace.Parameter(name: $0.name, value: $0.text) }
        return (replay, trace)
    }

    func evidence(_ result: Search.Result) -> Evidence {
        var evidence = Evidence(method: .exhaustive)
        evidence.states = result.states
        evidence.isReduced = result.isReduced
        evidence.isSymmetric = result.isSymmetric
        evidence.complete = result.isComplete
        return evidence
    }

    /// What the verdict holds within.
    private func scopeRemarks(_ result: Search.Result) -> [String] {
        var bounds: [String] = []
        if let steps = scope.steps, result.wasCut { bounds.append("\(steps) steps") }
        if let forgeries = scope.forgeries, compiled.system.makesUp {
            bounds.append(forgeries == 1 ? "1 message made up" : "\(forgeries) messages made up")
        }
        if exploration.links.isLossy {
            if let losses = scope.losses, exploration.links.mayLose { bounds.append(losses == 1 ? "1 loss" : "\(losses) losses") }
            if exploration.links.mayDuplicate {
                let most = exploration.duplicatesMax
                bounds.append(most == 1 ? "1 duplication" : "\(most) duplications")
            }
            let copies = exploration.flights.copiesMax
            if exploration.links.mayLose {
                bounds.append(copies == 1 ? "no equal messages in flight on a link" : "\(copies) equal messages in flight on a link")
            }
        }
        if let time = exploration.time, let horizon = time.horizon { bounds.append(DurationText.exact(horizon * time.tick)) }
        return (bounds.isEmpty ? [] : ["within " + bounds.joined(separator: ", ")])
            + (exploration.time.map { ["in ticks of \(DurationText.exact($0.tick))"] } ?? []) + [compiled.untouchedFields].compactMap { $0 }
    }
}
