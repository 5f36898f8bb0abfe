import ScenDiagnostics
struct YAMLProblem {
    let failure: YAMLEventParser.Failure
    let text: YAMLText
    let source: SourceID
    let open: [YAMLTreeBuilder.Frame]
    init(_ failure: YAMLEventParser.Failure, _ text: YAMLText, _ source: SourceID, open: [YAMLTreeBuilder.Frame]) {
        self.failure = failure
        self.text = text
        self.source = source
        self.open = open
    }
    var diagnostic: Diagnostic {
        Diagnostic(.yamlSyntax, failure.problem, at: SourceSpan(source, failure.problemOffset, failure.problemOffset))
    }
    static func afterDocument(_ offset: Int, _ text: YAMLText, _ source: SourceID) -> Diagnostic? { nil }
}
