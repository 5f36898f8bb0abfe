import ScenDiagnostics
import ScenModel

/// How large an exploration was, for whoever wants to make it smaller.
struct FiguresText {
    let figures: ExplorationFigures

    private static let partsShown = 3

    init(_ figures: ExplorationFigures) { self.figures = figures }

    func lines() -> [String] {
        let states = NumberText.count(figures.states, "state") + ReductionText.of(partialOrder: figures.isReduced, symmetry: figures.isSymmetric)
        var lines = ["\(states), each reached by \(NumberText.count(figures.depth, "event")) or fewer"]
        if !figures.parts.isEmpty {
            lines.append("What differs most: " + figures.parts.prefix(Self.partsShown).map(text).joined(separator: "; "))
        }
        return lines
    }

    private func text(_ part: ExplorationFigures.Part) -> String {
        let values = NumberText.count(part.values, "value")
        let ways = NumberText.count(part.values, "way")
        switch part.kind {
        case .variable(let name, let node): return "'\(DisplayText.line(name))' of \(DisplayText.line(node)), \(values)"
        case .timers(let node): return "timers of \(DisplayText.line(node)), set in \(ways)"
        case .flight(let most): return "messages in flight, in \(ways), up to \(NumberText.count(most)) at once"
        case .counts: return "what is counted, \(values)"
        }
    }
}
