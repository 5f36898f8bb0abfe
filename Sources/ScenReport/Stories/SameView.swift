import ScenDiagnostics
import ScenModel

/// Runs that look the same to a node, side by side: one column for what it sees, and for each run one for what happens elsewhere.
struct SameView {
    let node: Int
    let stories: [Story]
    /// Above each run's column.
    let headings: [String]
    let paint: Paint

    private static let columnsMax = 108
    private static let columnMin = 20

    /// Lines without an indent of their own.
    func lines() -> [String] {
        let width = max(Self.columnMin, (Self.columnsMax - 3 * stories.count) / (stories.count + 1))
        let texts = stories.map { EventText(story: $0) }
        let seen = zip(stories, texts).map { $1.seen(by: node, in: $0) }
        var lines = row([texts[0].name(node) + " sees the same"] + headings, width, mark: "=", .strong)
        lines.append(paint(Paint.spaces(2) + Array(repeating: dashes(width), count: stories.count + 1).joined(separator: "-+-"), .faint))
        lines += row(
            [texts[0].input(of: [node])] + zip(stories, texts).map { $1.setting(apartFrom: node, $0) }, width, mark: "=", nil)
        // Rounds in which nothing is left to happen are in no story, and are counted all the same.
        let longest = seen.max { $0.count < $1.count }
        let steps = longest?.count ?? 0
        for step in 0...steps {
            lines += rows(elsewhere: seen.map { $0.elsewhere(before: step) }, width)
            if step < steps {
                lines += row([longest?.own(step) ?? ""] + stories.map { _ in "" }, width, mark: "=", nil)
            }
        }
        lines += row([""] + zip(stories, texts).map { $1.ending($0) }, width, mark: " ", .faint)
        return lines
    }

    /// What happens elsewhere has no common order: each run goes on in its own column.
    private func rows(elsewhere events: [[String]], _ width: Int) -> [String] {
        let columns = events.map { $0.flatMap { wrapped($0, to: width) } }
        let height = columns.map(\.count).max() ?? 0
        return (0..<height).map { line in
            joined([""] + columns.map { line < $0.count ? $0[line] : "" }, width, mark: " ", nil)
        }
    }

    private func row(_ cells: [String], _ width: Int, mark: String, _ tone: Paint.Tone?) -> [String] {
        let columns = cells.map { wrapped($0, to: width) }
        let height = columns.map(\.count).max() ?? 0
        if cells.allSatisfy(\.isEmpty) { return [] }
        return (0..<height).map { line in
            let mark = columns[0].count > line ? mark : " "
            return joined(columns.map { line < $0.count ? $0[line] : "" }, width, mark: mark, tone)
        }
    }

    private func joined(_ cells: [String], _ width: Int, mark: String, _ tone: Paint.Tone?) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let text = index == cells.count - 1 ? cell : Paint.padded(cell, to: width)
            let tone = tone ?? (index == 0 ? .accent : nil)
            line += (index == 0 ? "" : paint(" | ", .faint)) + (tone.map { paint(text, $0) } ?? text)
        }
        while line.hasSuffix(" ") { line.removeLast() }
        return paint(mark, .accent) + " " + line
    }

    private func dashes(_ count: Int) -> String { String(repeating: "-", count: count) }

    /// Broken at blanks; what follows is indented.
    private func wrapped(_ text: String, to width: Int) -> [String] {
        if text.isEmpty { return [] }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var word = String(word)
            let indent = lines.isEmpty && line.isEmpty ? "" : "  "
            if !line.isEmpty, Paint.width(line) + 1 + Paint.width(word) > width {
                lines.append(line)
                line = ""
            }
            while Paint.width(word) > width - 2 {
                let head = String(word.prefix(max(1, width - 2 - Paint.width(line))))
                lines.append(line + (line.isEmpty ? indent : " ") + head)
                line = ""
                word.removeFirst(head.count)
            }
            line = line.isEmpty ? (lines.isEmpty ? word : "  " + word) : line + " " + word
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
