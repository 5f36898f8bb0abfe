import ScenDiagnostics
import ScenLanguage
import Testing

/// What is shown for every mistake of spelling. Blocks are read whole, one mistake on a line; the other texts line by
/// line, as if each line were a scalar of its own.
@Suite struct SyntaxGoldenTests {
    @Test(arguments: Goldens.names(in: "Syntax"))
    func golden(_ name: String) throws {
        try Goldens.check(name, in: "Syntax") { file, bag in
            switch name.prefix(while: { $0 != "-" }) {
            case "block":
                _ = TextParser(String(decoding: file.bytes, as: UTF8.self)).block(into: &bag)
            case "expression": eachLine(of: file) { _ = $0.expression(into: &bag) }
            case "header": eachLine(of: file) { _ = $0.trigger(into: &bag) }
            case "function": eachLine(of: file) { _ = $0.functionHeader(into: &bag) }
            case "body": eachLine(of: file) { _ = $0.functionBody(into: &bag) }
            case "type": eachLine(of: file) { _ = $0.type(into: &bag) }
            case "name": eachLine(of: file) { _ = $0.identifier(into: &bag) }
            case "variable":
                let name = Identifier("x", at: SourceSpan(.scenario, 0, 0))
                eachLine(of: file) { _ = $0.variable(name: name, stable: false, into: &bag) }
            default: Issue.record("no such kind of text: \(name)")
            }
        }
    }

    private func eachLine(of file: SourceFile, _ body: (TextParser) -> Void) {
        for (index, start) in file.lineStarts.enumerated() {
            let end = index + 1 < file.lineStarts.count ? file.lineStarts[index + 1] - 1 : file.bytes.count
            guard start < end else { continue }
            let text = String(decoding: file.bytes[start..<end], as: UTF8.self)
            let scalar = YAMLScalar(
                text: text, style: .plain, span: SourceSpan(file.id, start, end),
                pieces: [.init(content: 0, file: start)])
            body(TextParser(scalar, hyphenated: []))
        }
    }
}
