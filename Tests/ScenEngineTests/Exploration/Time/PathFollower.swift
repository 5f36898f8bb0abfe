import ScenModel
import Testing

@testable import ScenEngine

/// Follows a simulated run through the explored states: all that may be the present one.
final class PathFollower {
    private let compiled: CompiledCase
    private let exploration: Exploration
    private let time: ExploredTime
    private let place: Int
    private var present: Set<[UInt32]> = []
    /// By number of a message.
    private var senders: [Int] = [-1]
    /// Messages that are handed over twice.
    private var doubled: Set<Int> = []

    /// `horizon`: ns; the clock is part of states then.
    init?(_ compiled: CompiledCase, horizon: Int, tick: Int) {
        self.compiled = compiled
        var scope = RunPlan.Exploration()
        scope.horizon = horizon
        scope.copies = 100
        scope.duplicates = .max
        exploration = Exploration(compiled, scope: scope, statesMax: 1000, budgets: RunBudgets(), tick: tick)
        guard let time = exploration.time, let place = exploration.layout.time else { return nil }
        self.time = time
        self.place = place
    }

    /// What went wrong, or nil: the run is a path of the explored space, and ends as that does.
    func follow(_ trace: Trace, holding values: [[Value]]) throws -> String? {
        try begin(trace)
        let firstStart = trace.steps.firstIndex { if case .start = $0.action { true } else { false } } ?? 0
        for (index, step) in trace.steps.enumerated() where index >= firstStart {
            for send in step.sends { note(send, by: step) }
            try advance(to: step.time)
            switch step.action {
            case .start, .observe: continue
            case .end: return check(values, at: step.time)
            case .deliver(let number, _) where number >= senders.count: return "step \(index): nobody sent #\(number)"
            case .deliver(let number, let node):
                try take(step, node: node, from: senders[number], isDoubled: doubled.contains(number))
            case .fire(let node), .crash(let node), .recover(let node): try take(step, node: node, from: -1)
            default: return "step \(index) is not expected here"
            }
            if present.isEmpty { return "step \(index), \(step.action), is no transition" }
        }
        return "no end"
    }

    private func begin(_ trace: Trace) throws {
        for number in 0..<(exploration.beginnings.count ?? 0) where exploration.beginnings.beginning(number).faulty == trace.faulty {
            exploration.keepsTrails = true
            let rows = try exploration.firstRows(of: number)
            exploration.keepsTrails = false
            let starts = trace.steps.filter { if case .start = $0.action { true } else { false } }
            for index in 0..<rows.count where isMeant(rows.trail(index), starts) {
                present.insert(rows.row(index))
            }
        }
        // A crash at the end of a handler is one after it.
        for case (.start(let node), true) in trace.steps.map({ ($0.action, $0.crash != nil) }) {
            let rows = present
            present = rows.filter { isDown(node, $0) }
            for row in rows.subtracting(present) {
                for (transition, next) in try successors(row) where transition.event == .crash && transition.node == node {
                    present.insert(next)
                }
            }
        }
    }

    private func isMeant(_ trail: [Transition], _ starts: [Trace.Step]) -> Bool {
        trail.allSatisfy { transition in
            guard let step = starts.first(where: { $0.action == .start(node: Int(transition.node)) }) else {
                return transition.event == .crash
            }
            return transition.event == .start && (step.crash != nil || fits(transition, step))
        }
    }

    private func isDown(_ node: Int, _ row: [UInt32]) -> Bool {
        LocalState.isDown(exploration.steps.locals[Int(row[exploration.layout.local(node)])])
    }

    private func note(_ send: Trace.Send, by step: Trace.Step) {
        switch step.action {
        case .start(let node), .deliver(_, let node), .fire(let node), .recover(let node): senders.append(node)
        default: senders.append(-1)
        }
        if case .arrivesTwice = send.fate { doubled.insert(send.number) }
    }

    private func fits(_ transition: Transition, _ step: Trace.Step) -> Bool {
        // Of several ways in which a handler comes to the same, one is kept.
        guard transition.outcome >= 0, transition.event != .crash else { return true }
        let isDown = LocalState.isDown(exploration.steps.locals[exploration.steps.outcomes[transition.outcome].local])
        return isDown == (step.crash != nil)
    }

    private func clock(_ row: [UInt32]) -> Int { exploration.timeStore[Int(row[place])][0] * time.tick }

    private func successors(_ row: [UInt32]) throws -> [(Transition, [UInt32])] {
        try row.withUnsafeBufferPointer { try exploration.expand($0.baseAddress!, time, place) }
        return (0..<exploration.successors.count).map { index in
            let next = UnsafeBufferPointer(start: exploration.successors.row(index), count: row.count)
            return (exploration.successors.transition(index), Array(next))
        }
    }

    /// Messages are lost, time passes. What is on its way to a node that has stopped for ever is nothing to wait for.
    private func advance(to moment: Int) throws {
        var left = Array(present)
        var seen = present
        var passing: Set<[UInt32]> = []
        while let row = left.popLast() {
            for (transition, next) in try successors(row) where transition.kind == .lost || transition.kind == .tick {
                if clock(next) > moment {
                    passing.insert(row)
                } else if seen.insert(next).inserted {
                    left.append(next)
                }
            }
        }
        present = seen.filter { clock($0) == moment || passing.contains($0) || isQuiescent($0) }
    }

    private func isQuiescent(_ row: [UInt32]) -> Bool {
        row.withUnsafeBufferPointer { row in
            guard let start = row.baseAddress else { return false }
            return exploration.isQuiescent(exploration.timed(start, place), start, time)
        }
    }

    private func take(_ step: Trace.Step, node: Int, from sender: Int, isDoubled: Bool = false) throws {
        var after: Set<[UInt32]> = []
        for row in present {
            let isDown = isDown(node, row)
            // Of a message that comes twice and reaches nobody once, only the other copy is explored.
            if sender >= 0, isDown, isDoubled || compiled.system.nodes.kind == .crashStop { after.insert(row) }
            for (transition, next) in try successors(row) where isMeant(transition, step, node, sender) {
                if fits(transition, step) { after.insert(next) }
                // A crash at the end of a handler is one after it.
                guard step.crash != nil else { continue }
                for (transition, next) in try successors(next) where transition.event == .crash && transition.node == node {
                    after.insert(next)
                }
            }
        }
        present = after
    }

    private func isMeant(_ transition: Transition, _ step: Trace.Step, _ node: Int, _ sender: Int) -> Bool {
        guard transition.node == node else { return false }
        let machine = exploration.world.machine
        switch transition.kind {
        case .event, .duplicated, .missed: break
        default: return false
        }
        switch step.action {
        case .deliver:
            return transition.event.isDelivery && transition.event.sender == sender
                && TraceText.message(transition.event.message, machine) == step.text
        case .fire:
            return transition.event.isFiring && TraceText.timer(transition.event.choice(of: node).word, machine) == step.text
        case .crash: return transition.event == .crash
        case .recover: return transition.event == .recovery
        default: return false
        }
    }

    private func check(_ values: [[Value]], at moment: Int) -> String? {
        let machine = exploration.world.machine
        let variables = compiled.program.variables
        let fitting = present.filter { row in
            (0..<exploration.nodeCount).allSatisfy { node in
                let local = exploration.steps.locals[Int(row[exploration.layout.local(node)])]
                return variables.indices.allSatisfy {
                    machine.value(Word(bits: local[LocalState.variables + $0]), variables[$0].type) == values[node][$0]
                }
            }
        }
        if fitting.isEmpty { return "at the end no explored state holds the same" }
        let hasEnded = fitting.contains { row in
            row.withUnsafeBufferPointer { exploration.isEnd($0.baseAddress!, time, place) }
        }
        return hasEnded ? nil : "the run ends at \(moment) ns, and no explored one does"
    }
}
