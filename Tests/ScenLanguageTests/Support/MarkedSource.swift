import ScenDiagnostics
import Testing

/// A source in which the expected places are marked: `⟦…⟧` is where a diagnostic points, `⟪…⟫` where one of its
/// notes does. `⟦⟧` marks an empty place. Marks may be nested; each kind is numbered by its opening marks.
struct MarkedSource {
    /// Without the marks.
    let file: SourceFile
    let marks: [SourceSpan]
    let noteMarks: [SourceSpan]

    init(_ marked: String, path: String = "scenario.yaml") {
        var bytes: [UInt8] = []
        var places: [Character: [(start: Int, end: Int)]] = [:]
        var open: [Character: [Int]] = [:]
        for character in marked {
            switch character {
            case "⟦", "⟪":
                open[character, default: []].append(places[character, default: []].count)
                places[character, default: []].append((bytes.count, bytes.count))
            case "⟧", "⟫":
                let opening: Character = character == "⟧" ? "⟦" : "⟪"
                guard let index = open[opening]?.popLast() else {
                    preconditionFailure("'\(character)' closes nothing")
                }
                places[opening]?[index].end = bytes.count
            default: bytes += Array(String(character).utf8)
            }
        }
        precondition(open.values.allSatisfy(\.isEmpty), "a mark is not closed")
        file = SourceFile(id: .scenario, path: path, bytes: bytes)
        marks = places["⟦", default: []].map { SourceSpan(.scenario, $0.start, $0.end) }
        noteMarks = places["⟪", default: []].map { SourceSpan(.scenario, $0.start, $0.end) }
    }
}

/// Checks that `run` reports exactly the diagnostics with `codes`, the first at the first mark and so on, and that
/// the notes which have places point at the note marks, in any order.
func expectDiagnostics(
    _ marked: String, _ codes: [DiagnosticCode], sourceLocation: SourceLocation = #_sourceLocation,
    run: (SourceFile, inout DiagnosticBag) -> Void
) {
    let source = MarkedSource(marked)
    guard source.marks.count == codes.count else {
        Issue.record("\(source.marks.count) marks but \(codes.count) codes", sourceLocation: sourceLocation)
        return
    }
    var bag = DiagnosticBag()
    run(source.file, &bag)
    func describe(_ span: SourceSpan, _ what: String) -> String {
        let text = String(decoding: source.file.bytes[span.start..<span.end], as: UTF8.self)
        let place = source.file.position(of: span.start)
        return "\(place.line):\(place.column) '\(text)' \(what)"
    }
    func inFile(_ span: SourceSpan) -> Bool {
        span.source == source.file.id && span.start >= 0 && span.end <= source.file.bytes.count
    }
    let spans = bag.all.map(\.span) + bag.all.flatMap { $0.notes.compactMap(\.span) }
    guard spans.allSatisfy(inFile) else {
        Issue.record("a place outside the file: \(spans)", sourceLocation: sourceLocation)
        return
    }
    let expected = zip(source.marks, codes).map { describe($0, $1.rawValue) }
    let found = bag.sorted.map { describe($0.span, $0.code.rawValue) }
    let rendered = DiagnosticRenderer(color: false, sources: [source.file]).render(bag.sorted)
    #expect(found.sorted() == expected.sorted(), "\n\(rendered)", sourceLocation: sourceLocation)
    let expectedNotes = source.noteMarks.map { describe($0, "") }
    let foundNotes = bag.sorted.flatMap { $0.notes.compactMap(\.span) }.map { describe($0, "") }
    #expect(foundNotes.sorted() == expectedNotes.sorted(), "notes\n\(rendered)", sourceLocation: sourceLocation)
}
