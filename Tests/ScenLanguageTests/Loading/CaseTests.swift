import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct CaseTests {
    private func titles(_ parameters: String, set overrides: [(String, String)] = []) -> [String] {
        cases(wholeScenario(parameters), set: overrides).map(\.title)
    }

    @Test func theLastParameterVariesFastest() {
        #expect(
            titles("parameters: {a: [1, 2], b: 3..4, c: 7}")
                == ["a=1, b=3, c=7", "a=1, b=4, c=7", "a=2, b=3, c=7", "a=2, b=4, c=7"])
    }

    @Test func withoutParametersThereIsOneCase() {
        #expect(titles("") == [""])
    }

    @Test func whereLeavesCombinationsOut() {
        #expect(
            titles("parameters: {n: 3..5, f: [1, 2]}\nwhere: n > 2 * f\nnodes: n") == ["n=3, f=1", "n=4, f=1", "n=5, f=1", "n=5, f=2"])
    }

    @Test func valuesHaveTypesAndKeepTheirText() throws {
        let text = """
            parameters:
              whole: -3
              share: [20%]
              wait: 1500us
              yes: [true]
              links: [fair-loss]
              mixed: [1, 0.5]
              sum: [1 + 2]
            """
        let values = cases(wholeScenario(text))[0].parameters
        #expect(values.map(\.text) == ["-3", "20%", "1500us", "true", "fair-loss", "1", "3"])
        #expect(
            values.map(\.value) == [
                .int(-3), .real(0.2), .duration(1_500_000), .bool(true), .enumeration(type: 0, word: 0), .real(1), .int(3),
            ])
    }

    @Test func aSingleValueMayBeComputedFromEarlierOnes() {
        #expect(titles("parameters: {f: [1, 2], nodes_needed: 3 * f + 1}") == ["f=1, nodes_needed=4", "f=2, nodes_needed=7"])
    }

    @Test func wordsAreAnEnumerationPerParameter() throws {
        let all = cases(wholeScenario("parameters: {links: [reliable, fair-loss], level: [low, high]}\nwhere: links == fair-loss"))
        #expect(all.map(\.title) == ["links=fair-loss, level=low", "links=fair-loss, level=high"])
        #expect(all[0].types.enumerations.prefix(2).map(\.words) == [["reliable", "fair-loss"], ["low", "high"]])
    }

    @Test func casesAreCountedBeforeTheyAreMade() {
        expectLoading(wholeScenario("parameters: {k: ⟦1..1000000000000⟧}"), .tooManyCases)
        expectLoading(wholeScenario("parameters: {a: 1..100, b: ⟦1..101⟧}"), .tooManyCases)
        expectLoading(wholeScenario("parameters: {a: ⟦-4611686018427387903..4611686018427387903⟧, b: 1..2}"), .tooManyCases)
        #expect(cases(wholeScenario("parameters: {a: 1..100, b: 1..100}\nwhere: a == 1 and b == 1")).count == 1)
        let loaded = load(wholeScenario("parameters: {k: 1..1000000000000}"))
        #expect(loaded.diagnostics.map(\.message) == ["the parameters make 1000000000000 cases"])
    }

    @Test func noCases() {
        expectLoading(wholeScenario("parameters: {k: ⟦5..1⟧}"), .noCases)
        expectLoading(wholeScenario("parameters: {k: 1..5}\nwhere: ⟦k > 5⟧"), .noCases)
    }

    @Test func mixedValues() {
        expectLoading(wholeScenario("parameters: {k: [⟪1⟫, ⟦2ms⟧]}"), .typeMismatch)
        expectLoading(wholeScenario("parameters: {k: [⟪true⟫, ⟦maybe_not⟧]}"), .typeMismatch)
        expectLoading(wholeScenario("parameters: {k: [⟪1⟫, 2, ⟦1⟧]}"), .duplicateName)
        expectLoading(wholeScenario("parameters: {k: \"⟦[1, 2]⟧\"}"), .typeMismatch)
    }

    @Test func listsDoNotDependOnOtherParameters() {
        expectLoading(wholeScenario("parameters: {n: 3..4, m: [⟦n⟧, 7]}\nnodes: n"), .nameNotAllowedHere)
        expectLoading(wholeScenario("parameters: {n: 3..4, m: 1..⟦n⟧}\nnodes: n"), .nameNotAllowedHere)
    }

    @Test func conditionsAreOverParameters() {
        expectLoading(wholeScenario("parameters: {k: 1..3}\nwhere: k > ⟦j⟧"), .unknownName)
        expectLoading(wholeScenario("parameters: {k: 1..3}\nwhere: ⟦k⟧"), .typeMismatch)
        expectLoading(wholeScenario("parameters: {k: 0..3}\nwhere: ⟦1 div k⟧ > 0"), .evaluation)
    }

    @Test func aBrokenParameterIsToldOnce() {
        let everywhere = "where: k > j\nnodes: k\nnetwork: {links: fair-loss, loss: k}\nfaulty: {up-to: 2 * k}"
        expectLoading(wholeScenario("parameters: {k: [⟪1⟫, ⟦2ms⟧], j: 3}\n" + everywhere), .typeMismatch)
    }

    @Test func mistakesOfSomeCasesSayWhichCase() {
        let loaded = load(wholeScenario("parameters: {k: 0..3}\nnodes: k"))
        #expect(loaded.diagnostics.map(\.code) == [.outOfRange])
        #expect(loaded.diagnostics.first?.notes.map(\.text) == ["in the case k=0"])
        let more = load(wholeScenario("parameters: {k: -3..3}\nnodes: k"))
        #expect(more.diagnostics.first?.notes.map(\.text) == ["in the case k=-3 and 3 others"])
        let every = load(wholeScenario("parameters: {k: 1..3}\nnodes: [a, b]\nfaulty: [c]"))
        #expect(every.diagnostics.map(\.code) == [.unknownNode])
        #expect(every.diagnostics.first?.notes == [])
    }

    @Test func manyCasesLoad() {
        #expect(cases(wholeScenario("parameters: {a: 1..100, b: 1..20}")).count == 2_000)
    }
}

@Suite struct OverrideTests {
    private let text = wholeScenario("parameters: {n: 3..5, wait: [10ms], links: [reliable, fair-loss], p: [20%]}\nnodes: n")

    @Test func narrowsTheCases() {
        #expect(cases(text, set: [("n", "4"), ("links", "fair-loss")]).map(\.title) == ["n=4, wait=10ms, links=fair-loss, p=20%"])
        #expect(cases(text, set: [("n", "9"), ("links", "reliable"), ("wait", "1s")]).map(\.title) == ["n=9, wait=1s, links=reliable, p=20%"])
        #expect(cases(text, set: [("p", "0.5"), ("n", "3"), ("links", "reliable")])[0].parameters[3].value == .real(0.5))
        #expect(cases(text, set: [("p", "1"), ("n", "3"), ("links", "reliable")])[0].parameters[3].value == .real(1))
    }

    @Test func mistakes() {
        func shown(_ name: String, _ value: String) -> [String] {
            let loaded = load(text, set: [(name, value)])
            for diagnostic in loaded.diagnostics {
                #expect(loaded.sources.contains { $0.id == diagnostic.span.source && diagnostic.span.end <= $0.bytes.count })
            }
            return loaded.diagnostics.map(\.message)
        }
        #expect(shown("m", "4") == ["no parameter is called 'm'"])
        #expect(shown("n", "4ms") == ["'4ms' is a duration, but 'n' is a whole number"])
        #expect(shown("n", "four") == ["'four' is a word, but 'n' is a whole number"])
        #expect(shown("links", "3") == ["'3' is a whole number, but 'links' is a word"])
        #expect(!shown("n", "4 +").isEmpty)
        #expect(!shown("n", "").isEmpty)
        #expect(!shown("", "").isEmpty)
    }
}
