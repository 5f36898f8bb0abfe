import ScenDiagnostics
import ScenModel

/// Reports made by hand.
enum Samples {
    static let source = SourceFile(
        path: "scenarios/generals.yaml",
        text: """
            scenario: Both attack or neither
            algorithm:
              on start: |
                send Attack(plan, 100 div left) to general2

            """)

    static func parameter(_ name: String, _ value: Value, _ text: String) -> CompiledCase.Parameter {
        CompiledCase.Parameter(name: name, value: value, text: text)
    }

    static func expectation(
        _ name: String, form: CompiledExpectation.Form, formName: String = "always", text: String = "",
        expectsHolds: Bool = true
    ) -> CompiledExpectation {
        CompiledExpectation(
            name: name, formName: formName, text: text, form: form, expectsHolds: expectsHolds,
            span: SourceSpan(.scenario, 0, 8))
    }

    static func evidence(runs: Int, _ fill: (inout Evidence) -> Void = { _ in }) -> Evidence {
        var evidence = Evidence(method: .simulation)
        evidence.runs = runs
        fill(&evidence)
        return evidence
    }

    static let holding = ExpectationReport(
        expectation: expectation("army 2 is never left alone", form: .never(0), formName: "never", text: "a and not b"),
        found: .holds, status: .passed,
        evidence: evidence(runs: 4_000) {
            $0.violatingRuns = 0
            $0.violatedAtMost = 0.000_748_6
        })

    static let violatedAsExpected = ExpectationReport(
        expectation: expectation("agreement", form: .always(0), formName: "agreement", expectsHolds: false),
        found: .violated, status: .passed, evidence: evidence(runs: 1_000) { $0.violatingRuns = 12 },
        story: story)

    static let violated = ExpectationReport(
        expectation: expectation(
            "both or neither", form: .always(0), text: "general1.attacks == general2.attacks"),
        found: .violated, status: .failed, evidence: evidence(runs: 1_000) { $0.violatingRuns = 12 },
        story: story)

    static let neverDecides = ExpectationReport(
        expectation: expectation("termination", form: .eventually(0, within: nil), formName: "termination"),
        found: .violated, status: .failed, evidence: evidence(runs: 10) { $0.violatingRuns = 10 },
        story: {
            var story = Samples.story
            story.decisiveStep = nil
            story.end = .horizon
            story.endTime = 60_000_000_000
            return story
        }())

    static let unsure = ExpectationReport(
        expectation: expectation("agreement", form: .always(0), formName: "agreement", expectsHolds: false),
        found: .inconclusive, status: .inconclusive,
        evidence: evidence(runs: 4_000) {
            $0.violatingRuns = 0
            $0.remarks = ["no violating run was met"]
        })

    static func share(
        _ estimate: Double, _ interval: ClosedRange<Double>, _ comparison: CompiledExpectation.Comparison,
        _ found: Finding, expectsHolds: Bool = true
    ) -> ExpectationReport {
        let status: Status =
            found == .inconclusive ? .inconclusive : (found == .holds) == expectsHolds ? .passed : .failed
        return ExpectationReport(
            expectation: expectation(
                "every extra messenger helps", form: .probability(0, comparison), formName: "probability",
                text: "outcome == \"army 1 defeated\"", expectsHolds: expectsHolds),
            found: found, status: status,
            evidence: evidence(runs: 4_000) {
                $0.estimate = estimate
                $0.interval = interval
                $0.confidence = 0.999
                if found == .inconclusive { $0.remarks = ["the interval is too wide"] }
            })
    }

    static func measure(
        _ form: CompiledExpectation.Form, _ estimate: Double, _ interval: ClosedRange<Double>?, _ found: Finding
    ) -> ExpectationReport {
        ExpectationReport(
            expectation: expectation("what is measured", form: form, formName: "mean", text: "client.waited"),
            found: found, status: found == .holds ? .passed : found == .violated ? .failed : .inconclusive,
            evidence: evidence(runs: 4_000) {
                $0.estimate = estimate
                $0.interval = interval
                $0.confidence = interval.map { _ in 0.999 }
                if case .mean = form, interval != nil { $0.basis = "if its variance is finite" }
                if found == .inconclusive { $0.remarks = ["the interval lies on both sides"] }
            })
    }

    static let possible = ExpectationReport(
        expectation: expectation(
            "army 1 can be left alone", form: .possible(0), formName: "possible",
            text: "outcome == \"army 1 defeated\""),
        found: .holds, status: .passed, evidence: evidence(runs: 4_000) { $0.witnessRuns = 1_987 })

    static var types: TypeTable {
        var types = TypeTable()
        types.nodeNames = ["general1", "general2", "general3"]
        types.enumerations = [.init(name: "plan", words: ["attack", "retreat"])]
        types.messages = [
            .init(
                name: "Order",
                fields: [.init(name: "path", type: .list(.node)), .init(name: "plan", type: .enumeration(0))])
        ]
        types.timers = [.init(name: "Retry", fields: [.init(name: "id", type: .int)])]
        return types
    }

    static let order = Value.message(type: 0, [.list([.node(0)]), .enumeration(type: 0, word: 0)])

    static let story = Story(
        seed: 17, types: types,
        variables: [
            .init(name: "attacks", type: .bool, stable: false),
            .init(name: "heard", type: .set(.node), stable: false),
        ],
        inputs: [.enumeration(type: 0, word: 0), .enumeration(type: 0, word: 1), .enumeration(type: 0, word: 1)],
        faulty: [1],
        steps: [
            .init(
                time: 0, cause: .start(node: 0),
                effects: [
                    .changed(variable: 0, from: .bool(false), to: .bool(true)),
                    .sent(number: 1, message: order, to: 1, .lost),
                    .sent(number: 2, message: order, to: 1, .arrives(7_314_159)),
                    .sent(number: 3, message: order, to: 2, .arrivesTwice(2_500_000, 9_000_000)),
                    .timerSet(timer: 0, arguments: [.int(3)], at: 20_000_000),
                    .logged("colour \u{1B}[31mred"),
                ]),
            .init(time: 0, cause: .start(node: 1), effects: []),
            .init(time: 0, cause: .start(node: 2), effects: []),
            .init(
                time: 2_500_000, cause: .delivery(number: 3, message: order, from: 0, to: 2),
                effects: [
                    .changed(variable: 1, from: .set([]), to: .set([.node(0)])),
                    .sent(number: 4, message: .message(type: 0, [.list([]), .none]), to: 0, .arrives(3_000_000)),
                    .decided(.enumeration(type: 0, word: 0)), .chose(.int(4)), .crashed,
                ]),
            .init(time: 3_000_000, cause: .crash(node: 1), effects: []),
            .init(
                time: 7_314_159, cause: .deliveryToCrashed(number: 2, message: order, from: 0, to: 1), effects: []),
            .init(
                time: 20_000_000, cause: .timer(node: 0, timer: 0, arguments: [.int(3)]),
                effects: [.timerCancelled(timer: 0, arguments: [.int(4)]), .delivered(order, from: 2)]),
        ],
        end: .quiescent, endTime: 20_000_000, decisiveStep: 3, outcome: "army 1 defeated")

    static let failure = CaseReport.Failure(
        error: RuntimeFailure(
            code: .divisionByZero, message: "100 is divided by zero",
            span: SourceSpan(.scenario, 80, 92), node: 0, time: 0),
        story: {
            var story = Samples.story
            story.end = .failed
            story.decisiveStep = nil
            story.steps = Array(repeating: story.steps[4], count: 13) + [story.steps[6]]
            story.outcome = nil
            return story
        }())

    static func longStory(_ count: Int) -> Story {
        var story = Samples.story
        story.decisiveStep = nil
        story.faulty = []
        story.steps = (0..<count).map { index in
            .init(
                time: index * 1_000, cause: .timer(node: index % 3, timer: 0, arguments: [.int(index)]),
                effects: [])
        }
        return story
    }
}
