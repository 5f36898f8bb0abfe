import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// What signed and sealed values do in a run.
struct CryptographyRunTests {
    private static func run(_ statements: String, state: String = "i: int", always: String) async -> CaseReport {
        let lines = statements.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        let text = """
            scenario: cryptography
            nodes: [a, b, c]
            algorithm:
              types: {plan: [attack, retreat]}
              messages:
                Order: {plan: signed plan}
                Secret:
                  box: sealed (int, node)
              state: {\(state)}
              on Order(plan) from p: |
                i = 1 if plan.signer == p and plan.value == attack else 2
              on Secret(box): |
                let content = open(box)
                i = content[0] if content != none else -1
              on start: |
            \(lines)
            run: {simulate: 1}
            expect:
              asked: {finally: '\(always)'}
            """
        let compiled = exploredCases(text)[0]
        return await CaseRunner(options: .init()).run(compiled)
    }

    private func expect(_ statements: String, state: String = "i: int", _ always: String, sourceLocation: SourceLocation = #_sourceLocation) async {
        let report = await Self.run(statements, state: state, always: always)
        #expect(report.failure?.error.message == nil, sourceLocation: sourceLocation)
        #expect(report.expectations.map(\.found) == [.holds], sourceLocation: sourceLocation)
    }

    @Test func everybodyReadsWhatIsSigned() async {
        await expect("if me == a:\n  send Order(sign(attack)) to {b, c}", "a.i == 0 and b.i == 1 and c.i == 1")
        await expect("if me == a:\n  send Order(sign(retreat)) to {b}", "b.i == 2")
    }

    @Test func onlyOneReadsWhatIsSealed() async {
        await expect("if me == a:\n  send Secret(seal((7, a), for=b)) to {b, c}", "b.i == 7 and c.i == -1")
        let report = await Self.run("i = open(seal(1, for=b))", always: "true")
        #expect(report.failure?.error.code == .noneUsed)
        #expect(report.failure?.error.message == "'open(..)' is none where a value is needed")
    }

    @Test func equalContentsFromOneSignerAreEqual() async {
        await expect(
            "s = {sign(1), sign(2), sign(1)}\nt = {seal(1, for=a), seal(1, for=b), seal(1, for=a)}",
            state: "s: set of signed int, t: set of sealed int, i: int",
            "all(len(p.s) == 2 and len(p.t) == 2 for p in nodes) and a.s != b.s and a.t == b.t")
    }

    /// What becomes a `maybe` on its way keeps what it is.
    @Test func aMaybeOfAnOperation() async {
        await expect(
            "s = {1: 2}.keys()\nd = 1s - 2s", state: "s: maybe set of int, d: maybe duration, i: int",
            "all(p.s == {1} and p.d == -1s for p in nodes)")
    }

    @Test func theyArePrintedAsTheyAreMade() {
        var types = TypeTable()
        types.nodeNames = ["a", "b"]
        let printer = ValuePrinter(types)
        #expect(printer.text(.signed(by: 0, .signed(by: 1, .int(7)))) == "signed(signed(7, by=b), by=a)")
        #expect(printer.text(.sealed(for: 1, .tuple([.int(7), .node(0)]))) == "sealed((7, a), for=b)")
    }

    @Test func orderIsThatOfWords() {
        let compiled = exploredCases(
            "scenario: s\nnodes: [a, b]\nalgorithm: {on start: return}\nrun: {simulate: 1}\nexpect:\n  x: {always: 'true'}")[0]
        let machine = World(program: compiled.program, nodeCount: 2).machine
        var values: [Value] = []
        for node in 0..<2 {
            for content in [Value.none, .int(-1), .int(3)] { values.append(.signed(by: node, content)) }
        }
        for a in values {
            for b in values {
                let order = machine.arena.compare(machine.word(a), machine.word(b))
                #expect(order.signum() == Value.compare(a, b).signum())
            }
            #expect(machine.value(machine.word(a), .signed(.maybe(.int))) == a)
        }
    }
}
