import ScenModel

@testable import ScenEngine

/// Traces of all shapes, whether or not a run could be like that.
struct TraceGenerator {
    var stream: RandomStream

    init(seed: UInt64) { stream = RandomStream(seed: seed) }

    mutating func below(_ bound: Int) -> Int { Int(stream.below(UInt64(bound))) }
    mutating func isTrue() -> Bool { below(2) == 0 }

    mutating func text() -> String {
        let pieces = ["a", " ", "\"", "\\", "\n", "\t", "\u{1}", "\u{7F}", "é", "…", ": ", "#", "ñandú", "\u{2028}", "😀", "x=1, y"]
        return (0..<below(8)).map { _ in pieces[below(pieces.count)] }.joined()
    }

    mutating func time() -> Int {
        let sizes = [0, 1, 999, 1_000, 1_500_000, 60_000_000_000, 86_400_000_000_000, Word.largest, 1_234_567_891_234]
        return isTrue() ? sizes[below(sizes.count)] : Int(stream.below(1 << 62))
    }

    mutating func fate(_ depth: Int = 2) -> Story.Fate {
        switch below(depth > 0 ? 9 : 5) {
        case 8: return .sentInBadPeriod(until: time(), fate(depth - 1))
        case 7: return .cutOff(fate(depth - 1))
        case 0: return .lost
        case 1: return .arrives(time())
        case 2: return .arrivesTwice(time(), time())
        case 3: return .waits(lost: isTrue())
        case 4: return .refused
        case 5: return .queues(until: time(), fate(depth - 1))
        default: return .ruled([.drop, .delay, .duplicate][below(3)], fate(depth - 1))
        }
    }

    mutating func step(_ nodes: Int) -> Trace.Step {
        var step: Trace.Step
        switch below(10) {
        case 8: step = Trace.Step(time: time(), action: .timeline(item: below(5), [.begins, .ends, .findsNobody][below(3)]))
        case 9: step = Trace.Step(time: time(), action: .cutOff(number: below(9), isLost: isTrue()))
        case 7: step = Trace.Step(time: time(), action: .pause(node: below(nodes), since: time(), until: isTrue() ? time() : nil))
        case 0: step = Trace.Step(time: time(), action: .start(node: below(nodes)))
        case 1:
            step = Trace.Step(time: time(), action: .deliver(number: below(1_000), to: below(nodes)), text: "M(\"a: b\", {1: 2})")
        case 2: step = Trace.Step(time: time(), action: .fire(node: below(nodes)), text: "T()")
        case 3: step = Trace.Step(time: time(), action: .round(node: below(nodes), round: below(100)))
        case 4: step = Trace.Step(time: time(), action: .crash(node: below(nodes)))
        case 5: step = Trace.Step(time: time(), action: .recover(node: below(nodes)))
        default: return Trace.Step(time: time(), action: .observe)
        }
        step.isObserved = isTrue()
        step.choices = (0..<below(3)).map { _ in below(1_000_000) }
        if isTrue() { step.crash = Trace.Crash(point: below(10), reached: (0..<5).filter { _ in isTrue() }) }
        step.sends = (0..<below(4)).map { _ in
            Trace.Send(number: below(99), to: below(nodes), fate: fate(), pushesOut: isTrue() ? below(99) : nil)
        }
        return step
    }

    mutating func trace() -> Trace {
        let nodes = 1 + below(5)
        var trace = Trace(
            tool: text(), seed: stream.next(),
            shown: isTrue()
                ? .error("division-by-zero")
                : .expectation(text(), expectsHolds: isTrue(), found: isTrue() ? .holds : .violated),
            nodes: (0..<nodes).map { ["n\($0)", "ñ-\($0)", "general\($0)"][below(3)] })
        trace.origin = Trace.Origin(file: text(), scenario: text(), digest: stream.next())
        trace.parameters = (0..<below(3)).map { Trace.Parameter(name: "p\($0)", value: text()) }
        if isTrue() { trace.shrunk = Trace.Shrunk(events: below(100), faults: below(5)) }
        trace.hash = stream.next()
        if isTrue() { trace.inputs = (0..<nodes).map { _ in text() } }
        trace.faulty = (0..<nodes).filter { _ in isTrue() }
        trace.steps = (0..<below(12)).map { _ in step(nodes) }
        trace.steps.append(
            Trace.Step(time: time(), action: .end([.quiescent, .horizon, .decided, .failed][below(4)])))
        return trace
    }
}
