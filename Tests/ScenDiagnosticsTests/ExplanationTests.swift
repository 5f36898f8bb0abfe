import ScenDiagnostics
import Testing

struct ExplanationTests {
    @Test(arguments: DiagnosticCode.allCases)
    func everyCodeIsExplained(_ code: DiagnosticCode) throws {
        let explanation = try #require(code.explanation)
        #expect(explanation.meaning.hasSuffix("."))
        #expect(!explanation.right.isEmpty)
        #expect(explanation.wrong != explanation.right)
    }

    @Test func codesAreWordsWithHyphens() {
        for code in DiagnosticCode.allCases {
            #expect(code.rawValue.allSatisfy { ("a"..."z").contains($0) || $0 == "-" })
        }
    }
}
