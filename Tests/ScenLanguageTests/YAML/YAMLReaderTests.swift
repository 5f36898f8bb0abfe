import ScenDiagnostics
import ScenLanguage
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String) -> YAMLNode? {
        var bag = DiagnosticBag()
        let node = YAMLReader.read(SourceFile(path: "a.yaml", text: text), into: &bag)
        #expect(bag.all.isEmpty, "\(bag.all)")
        return node
    }

    @Test(arguments: [
        ("a: b", "{a: 'b'}"),
        ("\u{FEFF}a: é\nb:\n- c\n- d: e\n", "{a: 'é', b: ['c', {d: 'e'}]}"),
        ("a: {b: c, d: [e, f: g]}", "{a: {b: 'c', d: ['e', {f: 'g'}]}}"),
        ("a:\nb: ''\nc: yes\nd: 1.0", "{a: '', b: '', c: 'yes', d: '1.0'}"),
        ("---\na: b\n...\n# end\n", "{a: 'b'}"),
        ("a: &x {b: c}\nd: *x\ne: [*x, *x]", "{a: {b: 'c'}, d: {b: 'c'}, e: [{b: 'c'}, {b: 'c'}]}"),
        ("a: &x b\n*x : c", "{a: 'b', b: 'c'}"),
        ("a: |\n  x\n   y\n\n  z\nb: >-\n  x\n  y\n\n  z\n", "{a: 'x⏎ y⏎⏎z⏎', b: 'x y⏎z'}"),
        ("a: \"\\u00e9\\n\\\n   b\"", "{a: 'é⏎b'}"),
        ("a: x\r\n  y\r\nb: z\r\n", "{a: 'x y', b: 'z'}"),
        ("word", "'word'"),
    ])
    func trees(text: String, outline: String) {
        #expect(read(text)?.outline == outline)
    }

    /// `⟦…⟧` is the node in which the path ends; numbers count entries and items from 0.
    @Test(arguments: [
        ("⟦a: b⟧\n", []),
        ("é: ⟦b⟧ # c\n", [0]),
        ("a: ⟦{b: c}⟧\n", [0]),
        ("a:\n  ⟦b: c\n  d:\n   - e⟧\n\n# f\ng: h\n", [0]),
        ("a:\n⟦- b\n-⟧\nc: d", [0]),
        ("a: &x ⟦b⟧\n", [0]),
        ("a: &x\n  ⟦b: c⟧\n", [0]),
        ("a: &x b\nc: ⟦*x⟧\n", [1]),
        ("a: ⟦|\n  b\n\n  c⟧\n\nd: e", [0]),
        ("a: ⟦'b'⟧ \n", [0]),
        ("a: ⟦b\n  c⟧\nd: e", [0]),
        ("a: [b, ⟦c: d⟧]\n", [0, 1]),
        ("漢: [🙂, ⟦🙂🙂⟧]\n", [0, 1]),
        ("\u{FEFF}a: ⟦b⟧", [0]),
        ("a:⟦⟧\nb: c", [0]),
    ])
    func places(marked: String, path: [Int]) throws {
        let source = MarkedSource(marked)
        var bag = DiagnosticBag()
        var node = try #require(YAMLReader.read(source.file, into: &bag))
        for index in path {
            switch node.kind {
            case .sequence(let items, _): node = items[index]
            case .mapping(let entries, _): node = entries[index].value
            case .scalar: Issue.record("no such node")
            }
        }
        #expect(node.span == source.marks[0])
    }

    @Test func insideOfAnAliasStandThePlacesOfItsAnchor() throws {
        let root = try #require(read("a: &x [one]\nb: *x"))
        #expect(root.scalars.map { $0.span.start } == [0, 7, 12, 7])
        #expect(root.scalars.last?.place(0, 3) == SourceSpan(.scenario, 7, 10))
    }

    @Test func aByteOffsetInTheTextIsAPlaceInTheFile() throws {
        let source = MarkedSource("a: \"x\\u00e9 ⟦y⟧\"\nb: >\n  c\n  ⟦d⟧\nc: |+\n    e\n     ⟦f⟧\n")
        var bag = DiagnosticBag()
        let root = try #require(YAMLReader.read(source.file, into: &bag))
        let scalars = root.scalars.filter { $0.text.utf8.count > 1 }
        let found = zip(scalars, ["y", "d", "f"]).map { scalar, letter in
            let offset = scalar.text.utf8.firstIndex(of: Array(letter.utf8)[0])
                .map { scalar.text.utf8.distance(from: scalar.text.startIndex, to: $0) } ?? 0
            return scalar.place(offset, offset + 1)
        }
        #expect(found == source.marks)
    }

    @Test(arguments: [
        ("⟪⟪a⟫⟫: 1\n⟦a⟧: 2\n⟦a⟧: 3\nb: {⟪c⟫: 1, ⟦c⟧: 2}\n", [DiagnosticCode.duplicateKey, .duplicateKey, .duplicateKey]),
        ("a:\n⟦\t⟧b: c\n", [.tabIndentation]),
        ("a: b\n⟦---⟧\nc: d\n", [.severalDocuments]),
        ("⟦⟧", [.emptyFile]),
        ("⟦⟧---\n", [.emptyFile]),
        ("⟦⟧# a\n\n", [.emptyFile]),
        ("a: ⟦*x⟧\nb: &x c", [.unknownAlias]),
        ("a: &x {b: ⟦*x⟧}", [.aliasesTooLarge]),
        ("a: ⟦!!str⟧ b\nb: {c: ⟦!d⟧, e: ⟦!f⟧ [g]}", [.unsupportedYAML, .unsupportedYAML, .unsupportedYAML]),
        ("⟦[a, b]⟧: c\nd: ⟦*e⟧\n", [.unsupportedYAML, .unknownAlias]),
        ("⟦%TAG ! x⟧\n--- a", [.unsupportedYAML]),
        ("a: ⟦\u{0}⟧b", [.invalidEncoding]),
    ])
    func refusals(marked: String, codes: [DiagnosticCode]) {
        expectDiagnostics(marked, codes) { file, bag in
            _ = YAMLReader.read(file, into: &bag)
        }
    }

    @Test(arguments: [
        ([0x61, 0x3A, 0x20, 0xE9, 0x62], 3, 4),
        ([0xC3, 0xA9, 0xC0, 0x80], 2, 3),
        ([0x61, 0xF4, 0x90, 0x80, 0x80], 1, 2),
        ([0x61, 0xED, 0xA0, 0x80], 1, 2),
        ([0x61, 0xE6, 0xBC], 1, 2),
        ([0xFF, 0xFE, 0x61, 0x00], 0, 2),
        ([0x61, 0x00, 0x3A, 0x00], 1, 2),
        ([0x61, 0xC2, 0x80], 1, 3),
        ([0x61, 0xEF, 0xBF, 0xBE], 1, 4),
    ] as [([UInt8], Int, Int)])
    func encodings(bytes: [UInt8], start: Int, end: Int) {
        var bag = DiagnosticBag()
        let node = YAMLReader.read(SourceFile(id: .scenario, path: "a", bytes: bytes), into: &bag)
        #expect(node == nil)
        #expect(bag.all.map(\.code) == [.invalidEncoding])
        #expect(bag.all.map(\.span) == [SourceSpan(.scenario, start, end)])
    }
}
