package import ScenDiagnostics

package enum Finding: String, Sendable {
    case holds, violated, inconclusive, error
}

package enum Status: String, Sendable {
    case passed, failed, inconclusive
}

/// What a verdict rests on.
package struct Evidence: Sendable {
    package struct Unmet: Sendable {
        /// Names with their values.
        package var assignment: [(name: String, value: String)]
        /// ns; from when on it was owed; nil: where there is no clock.
        package var since: Int?
        /// ns; nil: until the run ended.
        package var within: Int?
        package init(assignment: [(name: String, value: String)], since: Int?, within: Int?) {
            self.assignment = assignment
            self.since = since
            self.within = within
        }
        /// ns
        package var deadline: Int? { since.flatMap { since in within.map { since + $0 } } }
    }
    package enum Method: String, Sendable { case simulation, exhaustive }
    package var method: Method
    /// Runs that were judged, how many of them violate the property, and (for `possible`) how many show it.
    package var runs: Int?
    package var violatingRuns: Int?
    package var witnessRuns: Int?
    /// A statistic, in the unit of its form, with its confidence interval (`confidence`, 0 to 1), of which an end may be
    /// infinite.
    package var estimate: Double?
    package var interval: ClosedRange<Double>?
    package var confidence: Double?
    /// What the interval supposes of what is measured: a condition, beginning with 'if'.
    package var basis: String?
    /// For a property that held in every run: at most this share of runs violates it (95%).
    package var violatedAtMost: Double?
    /// What did not follow in the run that is told.
    package var unmet: Unmet?
    /// Runs that look the same to nodes, and so why something is not known.
    package var lookAlikes: LookAlikes?
    package var states: Int?
    package var complete: Bool?
    /// States that make no difference were left out.
    package var isReduced = false
    /// One state stands for all that only differ in which of some interchangeable nodes is where.
    package var isSymmetric = false
    /// Why it is inconclusive, and on which assumptions it rests: short sentences without a full stop.
    package var remarks: [String] = []
    package init(method: Method) { self.method = method }
}

package struct ExpectationReport: Sendable {
    package var expectation: CompiledExpectation
    package var found: Finding
    package var status: Status
    package var evidence: Evidence
    /// The run with the fewest events that shows what was found, where there is one.
    package var story: Story?
    /// Of the same run, where it was asked for.
    package var trace: Trace?
    package init(
        expectation: CompiledExpectation, found: Finding, status: Status, evidence: Evidence,
        story: Story? = nil
    ) {
        self.expectation = expectation
        self.found = found
        self.status = status
        self.evidence = evidence
        self.story = story
    }
}

package struct CaseReport: Sendable {
    package struct Failure: Sendable {
        package var error: RuntimeFailure
        package var story: Story?
        /// Of the same run, where it was asked for.
        package var trace: Trace?
        package init(error: RuntimeFailure, story: Story?, trace: Trace? = nil) {
            self.error = error
            self.story = story
            self.trace = trace
        }
    }
    package var parameters: [CompiledCase.Parameter]
    package var expectations: [ExpectationReport]
    /// A run-time error with the run that leads to it: then every expectation's `found` is error.
    package var failure: Failure?
    /// Where all runs were explored and somebody wants to know.
    package var exploration: ExplorationFigures?
    package init(
        parameters: [CompiledCase.Parameter], expectations: [ExpectationReport],
        failure: Failure? = nil, exploration: ExplorationFigures? = nil
    ) {
        self.parameters = parameters
        self.expectations = expectations
        self.failure = failure
        self.exploration = exploration
    }
}

package struct ScenarioReport: Sendable {
    /// As on the command line.
    package var file: String
    package var title: String
    package var diagnostics: [Diagnostic]
    /// What the diagnostics' places refer to.
    package var sources: [SourceFile]
    package var cases: [CaseReport]
    package init(
        file: String, title: String, diagnostics: [Diagnostic], sources: [SourceFile],
        cases: [CaseReport]
    ) {
        self.file = file
        self.title = title
        self.diagnostics = diagnostics
        self.sources = sources
        self.cases = cases
    }
}
