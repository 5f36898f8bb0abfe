import ScenModel

/// One run as numbered events: what happened, when, to whom, and what came of it.
struct StoryTeller {
    let story: Story
    let paint: Paint
    /// Everything, however long.
    let whole: Bool
    /// What stands beside the step that decided: `agreement is violated here`.
    let decision: String?
    /// What stands in place of how the run ended.
    let ending: String?
    let phrases: StoryPhrases

    private static let firstRows = 12
    private static let lastRows = 24

    init(_ story: Story, paint: Paint, whole: Bool, decision: String?, ending: String? = nil) {
        self.story = story
        self.paint = paint
        self.whole = whole
        self.decision = decision
        self.ending = ending
        self.phrases = StoryPhrases(story: story, whole: whole)
    }

    /// Lines without an indent of their own.
    func lines() -> [String] {
        var shown = StoryRow.rows(of: story)
        var later = story.laterSteps
        if !whole, let decisive = shown.firstIndex(where: \.decisive) {
            later += shown[(decisive + 1)...].reduce(0) { $0 + $1.steps.count }
            shown.removeSubrange((decisive + 1)...)
        }
        let times = shown.map { phrases.scale.text($0.time) }
        let layout = Layout(
            number: max(2, shown.map(\.numbers.count).max() ?? 0),
            time: story.isTimed ? 2 + (times.map(\.count).max() ?? 0) : 0)
        var lines = preamble()
        let cut = cutRange(shown.count)
        for (index, row) in shown.enumerated() {
            if index == cut.lowerBound, !cut.isEmpty {
                let left = shown[cut].reduce(0) { $0 + $1.steps.count }
                lines.append(aside("… \(NumberText.count(left, "event")) left out", layout))
            }
            if cut.contains(index) { continue }
            lines += tell(row, time: times[index], layout)
        }
        lines += ending(later: later)
        return lines
    }

    private struct Layout {
        var number: Int
        /// With the blanks before it.
        var time: Int
        /// Columns before what happened.
        var text: Int { 2 + number + time + 2 }
    }

    private func cutRange(_ count: Int) -> Range<Int> {
        guard !whole, count > Self.firstRows + Self.lastRows + 1 else { return 0..<0 }
        return Self.firstRows..<(count - Self.lastRows)
    }

    private func preamble() -> [String] {
        var lines: [String] = []
        if !story.inputs.isEmpty { lines.append("  inputs: " + phrases.inputs()) }
        if !story.faulty.isEmpty { lines.append("  faulty: " + phrases.nodes(story.faulty)) }
        if !story.clocks.isEmpty { lines.append("  clocks: " + phrases.clocks()) }
        if story.firstStep > 0 {
            lines.append("  … \(NumberText.count(story.firstStep, "earlier event")) left out")
        }
        return lines.map { paint($0, .faint) }
    }

    private func tell(_ row: StoryRow, time: String, _ layout: Layout) -> [String] {
        let marker = row.decisive ? paint("> ", .accent) : "  "
        let number = Paint.spaces(layout.number - row.numbers.count) + row.numbers
        let clock = story.isTimed ? "  " + Paint.spaces(layout.time - 2 - time.count) + time : ""
        var lines = [marker + paint(number + clock, .faint) + "  " + phrases.cause(row)]
        let indent = Paint.spaces(layout.text + 2)
        for effect in phrases.effects(row.effects) { lines.append(indent + effect) }
        if row.decisive, let decision {
            lines.append(indent + paint("<-- " + decision, .accent))
        }
        return lines
    }

    private func aside(_ text: String, _ layout: Layout) -> String {
        paint(Paint.spaces(layout.text) + text, .faint)
    }

    private func ending(later: Int) -> [String] {
        if let ending { return ["  " + paint(ending, .accent)] }
        let time = phrases.scale.text(story.endTime)
        if let first = story.repeatsFrom {
            let last = story.firstStep + story.steps.count
            let events = first + 1 < last ? "events \(first + 1) to \(last) repeat" : "event \(last) repeats"
            return [paint("  the run never ends: from here on \(events) for ever", .accent)]
        }
        var text = later > 0 ? "  … \(NumberText.count(later, "more event")), then the run " : "  the run "
        switch story.end {
        case .quiescent where !story.isTimed: text += "ends: nothing is left to happen"
        case .failed where !story.isTimed: text += "stops"
        case .quiescent: text += "ends at \(time): nothing is left to happen"
        case .decided: text += "is told no further: nothing that follows changes what it shows"
        case .horizon: text += "is cut off at \(TimeText.exact(story.endTime))"
        case .failed: text += "stops at \(time)"
        }
        if let outcome = story.outcome { text += "; outcome: " + StoryPhrases.plain(outcome) }
        return [paint(text, .faint)]
    }
}

/// What is told as one event: a step, or several that say the same of several nodes.
struct StoryRow {
    var steps: [Story.Step]
    /// Number of the first one in its run, from 1.
    var first: Int
    var decisive: Bool

    var time: Int { steps[0].time }
    var effects: [Story.Effect] { steps[0].effects }
    var numbers: String { steps.count == 1 ? "\(first)" : "\(first)-\(first + steps.count - 1)" }

    static func rows(of story: Story) -> [StoryRow] {
        var rows: [StoryRow] = []
        for (index, step) in story.steps.enumerated() {
            let number = story.firstStep + index
            let row = StoryRow(steps: [step], first: number + 1, decisive: number == story.decisiveStep)
            if let last = rows.last, last.tellsTheSame(as: row) {
                rows[rows.count - 1].steps.append(step)
            } else {
                rows.append(row)
            }
        }
        return rows
    }

    private func tellsTheSame(as next: StoryRow) -> Bool {
        guard !decisive, !next.decisive, time == next.time, effects.isEmpty, next.effects.isEmpty else {
            return false
        }
        switch (steps[0].cause, next.steps[0].cause) {
        case (.start, .start): return true
        case (.round(_, let a), .round(_, let b)): return a == b
        default: return false
        }
    }
}
