package import ScenDiagnostics

/// In flow style YAML splits at every comma: `{latency: normal(5ms, 1ms)}` has a second key `1ms)`.
package enum FlowSplit {
    /// What stands between two commas.
    private struct Cell {
        var text: String
        var start: Int
        var end: Int
        /// Parentheses and double quotes as they stand in plain text; quoted text is left out.
        var plain: [String]
    }

    /// For a list or mapping in flow style of which an item was split inside of parentheses or double quotes. What
    /// else may seem wrong with its keys and items follows from that.
    package static func check(_ node: YAMLNode) -> Diagnostic? {
        let cells: [Cell?]
        let isMapping: Bool
        switch node.kind {
        case .mapping(let entries, flow: true): (cells, isMapping) = (entries.map(cell), true)
        case .sequence(let items, flow: true): (cells, isMapping) = (items.map(cell), false)
        default: return nil
        }
        for first in cells.indices {
            guard let begin = cells[first] else { continue }
            var open = Openings()
            open.read(begin.plain)
            guard open.isOpen else { continue }
            var whole = begin.text
            for cell in cells[(first + 1)...] {
                guard let cell else { break }
                whole += ", " + cell.text
                open.read(cell.plain)
                if open.isOpen { continue }
                let next = cells[first + 1]?.start ?? begin.end
                return .flowSplit(
                    whole, inMapping: isMapping, at: SourceSpan(node.span.source, begin.end, max(next, begin.end + 1)))
            }
        }
        return nil
    }

    private static func cell(_ entry: YAMLEntry) -> Cell? {
        guard case .scalar(let value) = entry.value.kind else { return nil }
        let key = entry.key
        let isEmpty = value.text.isEmpty && value.style == .plain
        return Cell(
            text: shown(key) + (isEmpty ? "" : ": " + shown(value)), start: key.span.start,
            end: isEmpty ? key.span.end : value.span.end,
            plain: [key, value].filter { $0.style == .plain }.map(\.text))
    }

    private static func cell(_ item: YAMLNode) -> Cell? {
        switch item.kind {
        case .scalar(let scalar):
            return Cell(
                text: shown(scalar), start: scalar.span.start, end: scalar.span.end,
                plain: scalar.style == .plain ? [scalar.text] : [])
        // `[f(x, y: z)]` makes a mapping of `y: z)`.
        case .mapping(let entries, flow: true) where entries.count == 1: return cell(entries[0])
        default: return nil
        }
    }

    private static func shown(_ scalar: YAMLScalar) -> String {
        scalar.style == .plain ? scalar.text : "\"\(scalar.text)\""
    }

    private struct Openings {
        private var parentheses = 0
        private var inQuotes = false

        var isOpen: Bool { parentheses > 0 || inQuotes }

        mutating func read(_ texts: [String]) {
            for byte in texts.lazy.flatMap(\.utf8) {
                switch byte {
                case Ascii.doubleQuote: inQuotes.toggle()
                case UInt8(ascii: "(") where !inQuotes: parentheses += 1
                case UInt8(ascii: ")") where !inQuotes: parentheses = max(parentheses - 1, 0)
                default: break
                }
            }
        }
    }
}
