import ScenDiagnostics

/// What is wrong in several cases is said once; what is wrong in some of them only says in which.
struct CaseDiagnostics {
    private struct Key: Hashable {
        var severity: Severity
        var code: DiagnosticCode
        var span: SourceSpan
    }
    private struct Entry {
        /// As the first case has them.
        var diagnostics: [Diagnostic]
        var firstCase: String
        var cases = 1
        /// Whether every case says it in the same words.
        var same = true
    }
    private var entries: [Key: Entry] = [:]
    private var order: [Key] = []

    mutating func add(_ diagnostics: [Diagnostic], inCase title: String) {
        var byKey: [Key: [Diagnostic]] = [:]
        var found: [Key] = []
        for diagnostic in diagnostics {
            let key = Key(severity: diagnostic.severity, code: diagnostic.code, span: diagnostic.span)
            if byKey[key] == nil { found.append(key) }
            byKey[key, default: []].append(diagnostic)
        }
        for key in found {
            let here = byKey[key] ?? []
            if var entry = entries[key] {
                entry.cases += 1
                entry.same = entry.same && entry.diagnostics == here
                entries[key] = entry
            } else {
                entries[key] = Entry(diagnostics: here, firstCase: title)
                order.append(key)
            }
        }
    }

    /// `known`: what has been reported about the text as such and is not said again.
    func merged(cases total: Int, known: [Diagnostic]) -> [Diagnostic] {
        let said = Set(known.map { Key(severity: $0.severity, code: $0.code, span: $0.span) })
        return order.flatMap { key -> [Diagnostic] in
            guard !said.contains(key), let entry = entries[key] else { return [] }
            if entry.cases == total, entry.same { return entry.diagnostics }
            if total == 1 { return entry.diagnostics }
            return entry.diagnostics.map { diagnostic in
                var noted = diagnostic
                noted.notes.append(Self.note(entry))
                return noted
            }
        }
    }

    private static func note(_ entry: Entry) -> Diagnostic.Note {
        switch entry.cases {
        case 1: .init("in the case \(entry.firstCase)")
        case 2: .init("in the case \(entry.firstCase) and another one")
        default: .init("in the case \(entry.firstCase) and \(entry.cases - 1) others")
        }
    }
}
