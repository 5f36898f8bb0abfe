import ScenDiagnostics
import ScenLanguage
import Testing

/// Places and codes; the golden files show the wording.
@Suite struct SyntaxDiagnosticsTests {
    private func expectBlock(
        _ marked: String, _ codes: [DiagnosticCode], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnostics(marked, codes, sourceLocation: sourceLocation) { file, bag in
            _ = TextParser(String(decoding: file.bytes, as: UTF8.self)).block(into: &bag)
        }
    }

    private func expectExpression(
        _ marked: String, _ codes: [DiagnosticCode], style: YAMLScalar.Style = .plain,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnostics(marked, codes, sourceLocation: sourceLocation) { file, bag in
            _ = TextParser(String(decoding: file.bytes, as: UTF8.self), style: style).expression(into: &bag)
        }
    }

    @Test func oneMistakePerLineAndAllLines() {
        expectBlock(
            """
            x = ⟦&&⟧ && y
            ⟦sned⟧ M() to p
            if a ⟦=⟧ b:
              y = ⟦=⟧ 3
              z = 1 ⟦z⟧ = 2
            elif b ⟦)⟧
              ⟦retrun⟧ x
            else:
              ⟦while⟧ x:
                u = 5⟦msec⟧
            add x ⟦s⟧
            return
            """,
            [
                .invalidToken, .syntax, .syntax, .syntax, .syntax, .syntax, .syntax, .invalidToken, .invalidUnit,
                .syntax,
            ])
    }

    /// What follows a header that could not be read is read as its body, and not blamed on it.
    @Test func nothingFollowsFromAMistake() {
        expectBlock("if x ⟦=⟧ 1:\n  a = 1\nelif y:\n  b = 1\nelse:\n  c = 1\nd = 1", [.syntax])
        expectBlock("for x ⟦of⟧ s:\n  if a:\n    b = 1\n  c = 1\nd = 1", [.syntax])
        expectBlock("x = ⟦“⟧a” + “b” && c\ny = 1", [.invalidToken])
        expectBlock("⟦else⟧:\n  a = 1\nx = 1\n⟦elif⟧ b:\n  c = ⟦=⟧ 1", [.syntax, .syntax, .syntax])
        expectBlock("x = f(a for a in s ⟦b⟧)", [.syntax])
        expectBlock("x = (1⟦;⟧ 2)\ny = 1⟦;⟧ z = 2", [.invalidToken, .invalidToken])
        expectBlock("⟦try⟧:\n  f(x)\n⟦except⟧ E:\n  g(x)", [.invalidToken, .invalidToken])
    }

    @Test func openBracketsSwallowLittle() {
        expectBlock("x = f⟦(⟧a, b\n  c\ny = 1 ⟦u⟧\nlet z = ⟦[⟧\nsend M() to p\nif a:\n  ⟦b⟧ c\n", [
            .syntax, .syntax, .syntax, .syntax,
        ])
        expectBlock("x = (a ⟦=⟧ 3)", [.syntax])
        expectBlock("x = m[a\nif c else b:\n]\ny = {a\n  if c else b: 1}\nz = (a if c\nelse b)", [])
        expectBlock("x = f⟦(⟧a\nif b:\n  c = 1", [.syntax])
        expectBlock("x = f⟦(⟧a\ny = 1", [.syntax])
    }

    @Test func indentation() {
        expectBlock("x = 1\n  ⟦y⟧ = 2\nz = ⟦=⟧ 3", [.indentation, .syntax])
        expectBlock("if a⟦:⟧\nx = 1", [.indentation])
        expectBlock("if a⟦:⟧", [.indentation])
        expectBlock("if a:\n    x = 1\n⟦  ⟧y = 2", [.indentation])
        expectBlock("if a:\n⟦\t⟧x = 1\n  y = 2", [.indentation])
        expectBlock("if a:\n⟦\t⟧x = 1\ny = 2", [.indentation])
        expectBlock("x = 1\n⟦\t⟧y = 1\nz = 2", [.indentation])
        expectBlock("⟦# nothing\n\n⟧", [.syntax])
    }

    @Test func comments() {
        expectExpression("a\n  and b # why\n  # more\n  or c", [], style: .literal)
        expectExpression("a ⟦#⟧ why and b", [.invalidToken], style: .folded)
        expectExpression("a⟦#⟧b", [.invalidToken])
        expectExpression("\"{a ⟦#⟧ b}\"", [.invalidToken], style: .literal)
        expectExpression("\"a # b\"", [])
    }

    @Test func stylesOfBlocks() {
        expectDiagnostics("⟦x = 1 y = 2⟧", [.syntax]) { file, bag in
            _ = TextParser(String(decoding: file.bytes, as: UTF8.self), style: .folded).block(into: &bag)
        }
        expectDiagnostics("send A() to p ⟦send⟧ B() to q", [.syntax]) { file, bag in
            _ = TextParser(String(decoding: file.bytes, as: UTF8.self), style: .plain).block(into: &bag)
            #expect(bag.all.first?.label?.contains("'|'") == true)
        }
    }

    @Test func levels() {
        let deep = String(repeating: "(", count: 59) + "a" + String(repeating: ")", count: 59)
        expectExpression(deep, [])
        let deeper = String(repeating: "(", count: 60) + "⟦a⟧" + String(repeating: ")", count: 60)
        expectExpression(deeper, [.expressionTooDeep])
        expectExpression("⟦a⟧" + String(repeating: " + a", count: 200), [.expressionTooDeep])
    }

    /// Places are those of the file, wherever YAML took the text from.
    @Test func placesInTheFile() throws {
        let file = SourceFile(path: "scenario.yaml", text: "on start: |\n    x = 1\n    y = é ≤ z\n")
        let scalar = YAMLScalar(
            text: "x = 1\ny = é ≤ z\n", style: .literal, span: SourceSpan(.scenario, 10, 41),
            pieces: [.init(content: 0, file: 16), .init(content: 6, file: 26)])
        var bag = DiagnosticBag()
        let block = TextParser(scalar, hyphenated: []).block(into: &bag)
        let diagnostic = try #require(bag.all.first)
        #expect(bag.all.count == 1)
        let place = file.position(of: diagnostic.span.start)
        #expect([place.line, place.column] == [3, 11])
        #expect(diagnostic.span.end - diagnostic.span.start == 3)
        // It is plain what was meant, so nothing is missing.
        #expect(block?.count == 2)
    }

    @Test func nilIfSomethingIsMissing() {
        var bag = DiagnosticBag()
        #expect(TextParser("x = 1\ny = = 2").block(into: &bag) == nil)
        #expect(TextParser("x = a && b").block(into: &bag)?.count == 1)
        #expect(TextParser("5 ms").expression(into: &bag) != nil)
        #expect(TextParser("5 parsecs").expression(into: &bag) == nil)
    }
}
