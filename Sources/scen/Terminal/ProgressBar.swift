import Glibc
import ScenDiagnostics
import ScenEngine
import ScenReport
import Synchronization

/// One line on standard error while a run takes its time; nothing of it stays.
final class ProgressBar: Sendable {
    private struct State {
        var title = ""
        var cases = 1
        var casesDone = 0
        var watch = Stopwatch()
        var lastDrawn = -1.0
        var visible = false
        /// States of the case, and when they were counted, at the last drawing.
        var states = 0
        var statesAt = 0.0
        var rate = 0.0
    }
    private let state = Mutex(State())
    private let total = Stopwatch()
    private let enabled: Bool

    private static let patience = 1.0
    private static let pause = 0.1
    private static let barColumns = 24

    init(enabled: Bool) { self.enabled = enabled }

    func begin(_ title: String, cases: Int) {
        guard enabled else { return }
        state.withLock {
            $0.title = title
            $0.cases = max(1, cases)
            $0.casesDone = 0
            $0.watch = Stopwatch()
        }
    }

    func caseDone() {
        guard enabled else { return }
        state.withLock {
            $0.casesDone += 1
            $0.states = 0
            $0.rate = 0
        }
    }

    /// `share` of the case that is being run: 0 to 1.
    func update(share: Double) {
        guard enabled, total.seconds >= Self.patience else { return }
        state.withLock { state in
            let now = total.seconds
            guard now - state.lastDrawn >= Self.pause else { return }
            state.lastDrawn = now
            state.visible = true
            let done = (Double(state.casesDone) + min(max(share, 0), 1)) / Double(state.cases)
            Terminal.error("\r" + Self.line(state, done: done) + "\u{1B}[K")
        }
    }

    /// Nobody knows how many states there are: no bar.
    func update(_ exploration: ExplorationLimits.Progress) {
        guard enabled, total.seconds >= Self.patience else { return }
        state.withLock { state in
            let now = total.seconds
            guard now - state.lastDrawn >= Self.pause else { return }
            if now - state.statesAt >= 1 || exploration.states < state.states {
                state.rate = Double(max(0, exploration.states - state.states)) / max(0.001, now - state.statesAt)
                state.states = exploration.states
                state.statesAt = now
            }
            state.lastDrawn = now
            state.visible = true
            Terminal.error("\r" + Self.line(state, exploration) + "\u{1B}[K")
        }
    }

    /// To be called before anything else is written to the terminal.
    func erase() {
        guard enabled else { return }
        state.withLock { state in
            if state.visible { Terminal.error("\r\u{1B}[K") }
            state.visible = false
        }
    }

    private static func line(_ state: State, done: Double) -> String {
        let filled = Int(done * Double(barColumns))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: barColumns - filled)
        var text = "[\(bar)] \(Int(done * 100))%"
        if state.cases > 1 { text += "  case \(min(state.casesDone + 1, state.cases)) of \(state.cases)" }
        // An estimate from the first moments would jump about.
        let spent = state.watch.seconds
        if done > 0.02, spent > 0.5 { text += "  \(remaining(spent / done * (1 - done))) left" }
        return titled(text, state)
    }

    private static func line(_ state: State, _ now: ExplorationLimits.Progress) -> String {
        var text = "\(NumberText.count(now.states)) states, \(NumberText.count(Int(state.rate)))/s, "
            + "\(NumberText.count(now.frontier)) to expand, depth \(now.depth), \(now.bytes >> 20) MiB"
        if state.cases > 1 { text += "  case \(min(state.casesDone + 1, state.cases)) of \(state.cases)" }
        return titled(text, state)
    }

    /// As much of the title as there is room for.
    private static func titled(_ text: String, _ state: State) -> String {
        var text = text
        let columns = Terminal.columns(STDERR_FILENO) ?? 80
        let room = columns - 1 - text.count - 2
        if room >= 12 { text += "  " + DisplayText.line(state.title).prefix(room) }
        return String(text.prefix(columns - 1))
    }

    private static func remaining(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e7).rounded(.up))
        if whole < 60 { return "\(whole) s" }
        if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
    }
}
