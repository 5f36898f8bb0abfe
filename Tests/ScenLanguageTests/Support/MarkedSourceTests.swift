import ScenDiagnostics
import Testing

@Suite struct MarkedSourceTests {
    @Test func marksBecomePlaces() {
        let source = MarkedSource("a⟦é⟦b⟧⟧\n⟪c⟫⟦⟧")
        #expect(source.file.bytes == Array("aéb\nc".utf8))
        #expect(source.marks.map(\.start) == [1, 3, 6])
        #expect(source.marks.map(\.end) == [4, 4, 6])
        #expect(source.noteMarks == [SourceSpan(.scenario, 5, 6)])
    }

    @Test func wrongPlaceIsAnIssue() {
        withKnownIssue {
            expectDiagnostics("⟦a⟧ b", [.unknownName]) { file, bag in
                bag.report(Diagnostic(.unknownName, "no", at: SourceSpan(file.id, 2, 3)))
            }
        }
    }
}
