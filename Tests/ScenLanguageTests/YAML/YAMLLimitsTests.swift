import ScenDiagnostics
import ScenLanguage
import Testing

/// Files that are made to hurt are read or refused at once. The limit on time is generous: a quadratic step would
/// take minutes.
@Suite struct YAMLLimitsTests {
    private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private func codes(_ text: String) -> (codes: [DiagnosticCode], spans: [SourceSpan], read: Bool) {
        var bag = DiagnosticBag()
        let file = SourceFile(path: "a", text: text)
        var root: YAMLNode?
        let time = ContinuousClock().measure { root = YAMLReader.read(file, into: &bag) }
        #expect(time < .seconds(20))
        return (bag.all.map(\.code), bag.all.map(\.span), root != nil)
    }

    @Test func sixtyFourLevelsAreRead() {
        #expect(codes(repeated("[", 64) + repeated("]", 64)).codes == [])
        let tooDeep = codes(repeated("[", 65) + repeated("]", 65))
        #expect(tooDeep.codes == [.nestingTooDeep])
        #expect(tooDeep.spans == [SourceSpan(.scenario, 64, 65)])
    }

    @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "[a: "])
    func nesting(unit: String) {
        #expect(codes(repeated(unit, 100_000)).codes == [.nestingTooDeep])
    }

    @Test func levelsOfBlocks() {
        let lines = (0..<300).map { repeated(" ", $0) + "a:" }.joined(separator: "\n")
        #expect(codes(lines).codes == [.nestingTooDeep])
    }

    @Test func aliasesOfAliases() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        let found = codes(text)
        #expect(found.codes == [.aliasesTooLarge])
        #expect(!found.read)
    }

    @Test func aliasesInDepth() {
        var text = "a0: &a0 [x]\n"
        for level in 1..<100 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(codes(text).codes == [.nestingTooDeep])
    }

    @Test func aliasesThatAreWrong() {
        let text = (0..<5_000).map { "- &a\($0) x\n- *b\($0)\n" }.joined()
        #expect(codes(text).codes.count == 5_000)
    }

    @Test func manyNodes() {
        let found = codes(repeated("- a\n", 100_001))
        #expect(found.codes == [.fileTooLarge])
        #expect(codes(repeated("- a\n", 99_999)).read)
    }

    @Test func manyBytes() {
        #expect(codes(repeated("#", 10_000_001)).codes == [.fileTooLarge])
        #expect(codes(repeated("#", 100_000)).codes == [.emptyFile])
    }

    @Test(arguments: [
        "a b ", "a\n", "\n", "# a\n", "'", "\"a ", "&a ", "!a ", "%TAG !a! b\n", "---\n", "...\n", ": ", "é\n", "\t", "]", "*",
        "\r", "a: b\n", "- - ", "| ", "'a' ", "a,", "@",
    ])
    func repetitions(unit: String) {
        for start in ["", "[", "a: |\n ", "\"", "a: b\n...\n", "a: {b: \n"] {
            let found = codes(start + repeated(unit, 20_000))
            #expect(found.read || !found.codes.isEmpty)
        }
    }
}
