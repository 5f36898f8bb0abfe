import ScenDiagnostics

/// What analysis finds only because the reader refused something, and has said so.
struct Consequences {
    private let refused: Set<String>
    private let isIncomplete: Bool
    private let source: SourceFile

    /// `refused`: names whose declarations were refused. `reading`: whether reading found errors at all.
    init(of refused: [String], reading hasErrors: Bool, in source: SourceFile) {
        self.refused = Set(refused)
        isIncomplete = hasErrors
        self.source = source
    }

    func include(_ diagnostic: Diagnostic) -> Bool {
        switch diagnostic.code {
        case .unknownName, .unknownFunction, .unknownMember, .unknownMessage, .unknownType, .unknownNode, .wrongFields:
            refused.contains(source.text(at: diagnostic.span))
        // What handles it, or sets it off, may be in what could not be read.
        case .unusedHandler, .unhandledMessage: isIncomplete
        case .nothingToHeal: isIncomplete
        default: false
        }
    }
}
