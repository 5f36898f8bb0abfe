import ScenDiagnostics
import Testing

@Suite struct DiagnosticRendererTests {
    private func render(_ text: String, _ diagnostics: Diagnostic..., color: Bool = false) -> String {
        DiagnosticRenderer(color: color, sources: [SourceFile(path: "dir/a.yaml", text: text)])
            .render(diagnostics)
    }

    private func at(_ start: Int, _ end: Int) -> SourceSpan { SourceSpan(.scenario, start, end) }

    @Test func theFormatOfTheLanguagePage() {
        let text = String(repeating: "\n", count: 20) + "    if me == genaral1:\n"
        let shown = render(
            text,
            Diagnostic(
                .unknownName, "no node, parameter or state is called 'genaral1'", at: at(33, 41),
                label: "did you mean 'general1'?"))
        #expect(
            shown == """
                error[unknown-name]: no node, parameter or state is called 'genaral1'
                  --> dir/a.yaml:21:14
                   |
                21 |     if me == genaral1:
                   |              ^^^^^^^^ did you mean 'general1'?

                """)
    }

    @Test func notesWithAndWithoutPlace() {
        let text = "nodes: 4\n" + String(repeating: "#\n", count: 8) + "nodes: 5\n"
        let shown = render(
            text,
            Diagnostic(
                .warning, .duplicateKey, "'nodes' is here twice", at: at(25, 30), label: "again",
                notes: [.init("it is first here", at: at(0, 5)), .init("write\n  nodes: 4")]),
            Diagnostic(.duplicateKey, "no label", at: at(0, 5)))
        #expect(
            shown == """
                warning[duplicate-key]: 'nodes' is here twice
                  --> dir/a.yaml:10:1
                   |
                10 | nodes: 5
                   | ^^^^^ again
                note: it is first here
                  --> dir/a.yaml:1:1
                   |
                 1 | nodes: 4
                   | ^^^^^
                   |
                   = note: write
                             nodes: 4

                error[duplicate-key]: no label
                 --> dir/a.yaml:1:1
                  |
                1 | nodes: 4
                  | ^^^^^

                """)
    }

    /// The column counts characters; carets stand under what is shown.
    @Test(arguments: [
        ("é: x", 4, 5, "1:4", "é: x", "   ^"),
        ("漢字: x", 8, 9, "1:5", "漢字: x", "      ^"),
        ("漢字: x", 0, 6, "1:1", "漢字: x", "^^^^"),
        ("👩‍👩‍👧: x", 20, 21, "1:4", "👩‍👩‍👧: x", "    ^"),
        ("\tx: y", 1, 2, "1:2", "    x: y", "    ^"),
        ("\tx: y", 0, 1, "1:1", "    x: y", "^^^^"),
        ("a: \u{1B}[31mb", 3, 4, "1:4", "a: ␛[31mb", "   ^"),
        ("a\r\nb\r\n", 3, 4, "2:1", "b", "^"),
        ("a: \u{202E}b", 6, 7, "1:5", "a: \u{FFFD}b", "    ^"),
        ("ab\ncd", 1, 5, "1:2", "ab", " ^"),
        ("ab\n", 2, 2, "1:3", "ab", "  ^"),
        ("ab", 70, 90, "1:3", "ab", "  ^"),
        ("ab", -4, -2, "1:1", "ab", "^"),
        ("é", 1, 2, "1:2", "é", "^"),
    ])
    func places(
        text: String, start: Int, end: Int, place: String, line: String, carets: String
    ) throws {
        let shown = render(text, Diagnostic(.syntax, "m", at: at(start, end))).split(separator: "\n")
        try #require(shown.count == 5)
        #expect(shown[1] == " --> dir/a.yaml:\(place)")
        #expect(shown[3].dropFirst(4) == line)
        #expect(shown[4].dropFirst(4) == carets)
    }

    @Test func emptyFileAndUnknownSource() {
        #expect(
            render("", Diagnostic(.emptyFile, "nothing", at: at(0, 0)))
                == "error[empty-file]: nothing\n --> dir/a.yaml:1:1\n  |\n1 |\n  | ^\n")
        let elsewhere = Diagnostic(
            .syntax, "m", at: SourceSpan(SourceID(7), 3, 4), label: "l",
            notes: [.init("n", at: SourceSpan(SourceID(7), 1, 2))])
        #expect(render("a", elsewhere) == "error[syntax]: m\n  = note: l\n  = note: n\n")
        #expect(render("a") == "")
    }

    @Test func illFormedBytes() {
        let file = SourceFile(id: .scenario, path: "a", bytes: [0x61, 0xFF, 0xC3, 0x62, 0xE6, 0xBC])
        for start in -1...7 {
            for end in start...7 {
                let shown = DiagnosticRenderer(color: true, sources: [file])
                    .render([Diagnostic(.invalidEncoding, "m", at: at(start, end))])
                #expect(shown.contains("a\u{FFFD}\u{FFFD}b\u{FFFD}"))
            }
        }
    }

    @Test(arguments: [0, 1, 50, 99_000, 199_990, 199_999, 200_000])
    func longLinesAreClippedAroundTheSpan(start: Int) {
        let text = (0..<20_000).map { String($0 % 10) }.joined().map { "\($0)123456789" }.joined()
        let shown = render(text, Diagnostic(.syntax, "m", at: at(start, start + 5)))
        let lines = shown.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count < 180 })
        let caret = lines[4].firstIndex(of: "^").map { lines[4].distance(from: lines[4].startIndex, to: $0) } ?? -1
        if start < 200_000 {
            #expect(Array(lines[3])[caret] == Array(text)[start])
        }
    }

    @Test func hugeCharactersAndMessagesAreClipped() {
        let zalgo = "e" + String(repeating: "\u{301}", count: 100_000) + "x"
        let shown = render(
            zalgo, Diagnostic(.syntax, zalgo, at: at(200_001, 200_002), label: "a\nb\u{7}\u{1B}[2J"))
        #expect(shown.utf8.count < 20_000)
        #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
        #expect(shown.split(separator: "\n").count == 5)
    }

    @Test func atMostFiftyForAFile() {
        let warnings = (0..<60).map { Diagnostic(.warning, .unusedHandler, "w\($0)", at: at(0, 1)) }
        let error = Diagnostic(.syntax, "the error", at: at(0, 1))
        let shown = DiagnosticRenderer(color: false, sources: [SourceFile(path: "a", text: "a")])
            .render(warnings + [error])
        #expect(shown.contains("the error"))
        #expect(shown.contains("w48\n"))
        #expect(!shown.contains("w49\n"))
        #expect(shown.hasSuffix("\n\nand 11 more in a\n"))
    }

    @Test func colorOnlyWhenAsked() {
        let one = Diagnostic(.syntax, "m", at: at(0, 1), label: "l", notes: [.init("n")])
        #expect(!render("a", one).contains("\u{1B}"))
        #expect(render("a", one, color: true).hasPrefix("\u{1B}[1;31merror[syntax]\u{1B}[0m\u{1B}[1m: m\u{1B}[0m\n"))
    }
}
