/// Diagnostics as people read them: message, place, the line, carets, label, notes.
package struct DiagnosticRenderer: Sendable {
    private static let perFileMax = 50

    private let color: Bool
    private let sources: [SourceID: SourceFile]

    package init(color: Bool, sources: [SourceFile]) {
        self.color = color
        self.sources = Dictionary(sources.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// In the given order, a blank line between two. At most 50 for each file, errors before warnings when there
    /// are more, and then how many are left out.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        var blocks: [String] = []
        var order: [SourceID] = []
        var positions: [SourceID: [Int]] = [:]
        for (position, diagnostic) in diagnostics.enumerated() {
            if positions[diagnostic.span.source] == nil { order.append(diagnostic.span.source) }
            positions[diagnostic.span.source, default: []].append(position)
        }
        var shown = [Bool](repeating: false, count: diagnostics.count)
        for positions in positions.values {
            let errors = positions.filter { diagnostics[$0].severity == .error }
            let warnings = positions.filter { diagnostics[$0].severity == .warning }
            for position in (errors + warnings).prefix(Self.perFileMax) { shown[position] = true }
        }
        for (position, diagnostic) in diagnostics.enumerated() where shown[position] {
            blocks.append(render(diagnostic))
        }
        for source in order {
            let hidden = (positions[source] ?? []).count { !shown[$0] }
            guard hidden > 0 else { continue }
            let place = sources[source].map { " in \(DisplayText.line($0.path))" } ?? ""
            blocks.append("and \(hidden) more\(place)\n")
        }
        return blocks.joined(separator: "\n")
    }

    /// One diagnostic with its notes, ending in a line break.
    package func render(_ diagnostic: Diagnostic) -> String {
        let excerpts = ([diagnostic.span] + diagnostic.notes.compactMap(\.span)).map(excerpt)
        let gutter = excerpts.compactMap { $0.map { String($0.line).count } }.max() ?? 1
        let tone: Tone = diagnostic.severity == .error ? .error : .warning
        var lines = [
            paint("\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]", tone)
                + paint(": " + DisplayText.line(diagnostic.message), .strong)
        ]
        if let shown = excerpts[0] {
            lines += block(shown, at: diagnostic.span, label: diagnostic.label, gutter: gutter, tone: tone)
        } else if let label = diagnostic.label {
            lines += aside(label, gutter: gutter)
        }
        var separated = excerpts[0] == nil
        var place = 1
        for note in diagnostic.notes {
            var shown: SourceExcerpt?
            if note.span != nil {
                shown = excerpts[place]
                place += 1
            }
            if let span = note.span, let shown {
                lines.append(paint("note", .note) + paint(": " + DisplayText.line(note.text), .strong))
                lines += block(shown, at: span, label: nil, gutter: gutter, tone: .note)
                separated = false
            } else {
                if !separated { lines.append(margin(gutter)) }
                lines += aside(note.text, gutter: gutter)
                separated = true
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func excerpt(_ span: SourceSpan) -> SourceExcerpt? {
        sources[span.source].map { SourceExcerpt(span, in: $0) }
    }

    private func block(
        _ excerpt: SourceExcerpt, at span: SourceSpan, label: String?, gutter: Int, tone: Tone
    ) -> [String] {
        guard let file = sources[span.source] else { return [] }
        let position = file.position(of: span.start)
        let path = DisplayText.line(file.path)
        let number = String(excerpt.line)
        let pad = String(repeating: " ", count: gutter - number.count)
        let under = String(repeating: " ", count: excerpt.indent)
            + paint(
                String(repeating: "^", count: excerpt.carets)
                    + (label.map { " " + DisplayText.line($0) } ?? ""), tone)
        return [
            paint(String(repeating: " ", count: gutter) + "-->", .gutter)
                + " \(path):\(position.line):\(position.column)",
            margin(gutter),
            paint(pad + number + " |", .gutter) + (excerpt.text.isEmpty ? "" : " " + excerpt.text),
            margin(gutter) + " " + under,
        ]
    }

    /// A note without a place; it may have several lines.
    private func aside(_ text: String, gutter: Int) -> [String] {
        let indent = String(repeating: " ", count: gutter + 1)
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            let line = DisplayText.line(line)
            return index == 0
                ? indent + paint("=", .gutter) + " " + paint("note", .note) + ": " + line
                : indent + "        " + line
        }
    }

    private func margin(_ gutter: Int) -> String {
        paint(String(repeating: " ", count: gutter + 1) + "|", .gutter)
    }

    private enum Tone: String {
        case error = "1;31", warning = "1;33", note = "1;36", gutter = "34", strong = "1"
    }

    private func paint(_ text: String, _ tone: Tone) -> String {
        color ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }
}
