import ScenModel

/// The durations in a state, beside what they belong to.
struct TimedState {
    struct Message {
        var bits: Int
        var window: Window
    }
    struct Timer {
        var word: Int
        var window: Window
    }
    /// In ticks; see `ExploredTime.clockMax`.
    var clock = 0
    /// The bound holds.
    var isStable: Bool
    /// Something has happened since time passed; only marked where conditions read the time.
    var hasBegun = false
    /// By node, in the order of its local state.
    var timers: [[Timer]]
    /// In the order in which they are in flight.
    var messages: [Message] = []

    init(nodeCount: Int, isStable: Bool) {
        self.isStable = isStable
        timers = Array(repeating: [], count: nodeCount)
    }

    var isMessageDue: Bool { isStable && messages.contains { $0.window.latest == 0 } }
    var isTimerDue: Bool { isStable && timers.contains { $0.contains { $0.window.latest == 0 } } }

    /// In how many ticks something may come next; nil: nothing is left.
    var next: Int? {
        let windows = messages.map(\.window.earliest) + timers.flatMap { $0.map(\.window.earliest) }
        return windows.min()
    }

    mutating func pass(_ ticks: Int) {
        for index in messages.indices { messages[index].window.pass(ticks) }
        for node in timers.indices { for index in timers[node].indices { timers[node][index].window.pass(ticks) } }
    }

    /// A timer has fired: what arrives at this moment has arrived.
    mutating func endArrivals() {
        guard isStable else { return }
        for index in messages.indices where messages[index].window.earliest == 0 { messages[index].window.earliest = 1 }
    }

    /// The bound holds from now on: for what is set, too.
    mutating func stabilise() { isStable = true }
}

extension Exploration {
    func timed(_ row: UnsafePointer<UInt32>, _ place: Int) -> TimedState {
        let durations = timeStore[Int(row[place])]
        var state = TimedState(nodeCount: nodeCount, isStable: durations[1] & 1 != 0)
        state.clock = durations[0]
        state.hasBegun = durations[1] & 2 != 0
        var next = 2
        for node in 0..<nodeCount {
            let local = steps.locals[Int(row[layout.local(node)])]
            for index in LocalState.variables + world.memory.width..<local.count {
                state.timers[node].append(TimedState.Timer(word: local[index], window: Window(packed: durations[next])))
                next += 1
            }
        }
        for bits in flights[Int(row[layout.flight])] {
            state.messages.append(TimedState.Message(bits: bits, window: Window(packed: durations[next])))
            next += 1
        }
        return state
    }

    /// What nodes hold is in the row already.
    func write(_ state: TimedState, into row: UnsafeMutablePointer<UInt32>, _ place: Int) throws(Stop) {
        var messages = state.messages
        if !flights.isOrdered { messages.sort { ($0.bits, $0.window.earliest, $0.window.latest) < ($1.bits, $1.window.earliest, $1.window.latest) } }
        var durations = [state.clock, (state.isStable ? 1 : 0) | (state.hasBegun ? 2 : 0)]
        for window in state.timers.flatMap({ $0.map(\.window) }) + messages.map(\.window) {
            guard let packed = window.packed else { throw .tooManyTicks }
            durations.append(packed)
        }
        guard let flight = flights.intern(messages.map(\.bits)),
            let time = durations.withUnsafeBufferPointer({ timeStore.intern($0.baseAddress!, $0.count) })
        else { throw .memory }
        row[layout.flight] = UInt32(flight)
        row[place] = UInt32(time)
    }

    /// Puts what an outcome changes about durations into the row, in which the node's new local state is already.
    func completeTimed(
        _ row: UnsafeMutablePointer<UInt32>, from before: TimedState, _ event: LocalEvent, of node: Int,
        _ outcome: LocalSteps.Outcome, without place: Int?, _ time: ExploredTime
    ) throws(Stop) {
        var state = before
        if let place { state.messages.remove(at: place) }
        if event.isFiring { state.endArrivals() }
        state.hasBegun = time.marksMoments
        let local = steps.locals[outcome.local]
        let settings = steps.settings[outcome.setting]
        state.timers[node] = (LocalState.variables + world.memory.width..<local.count).map { index in
            let word = local[index]
            if let setting = settings.first(where: { $0.word == word }) {
                return TimedState.Timer(word: word, window: Window(state.isStable ? setting.ticks : 0, setting.ticks))
            }
            return before.timers[node].first { $0.word == word } ?? TimedState.Timer(word: word, window: Window(0, 0))
        }
        for index in outcome.firstSend..<outcome.firstSend + outcome.sendCount {
            let message = LocalEvent(bits: steps.sends[index])
            let (copies, delay) = rules == nil ? (1, Window(0, 0)) : rule(for: message, row)
            for _ in 0..<copies { add(message, delay, to: &state, row, time) }
        }
        if LocalState.isDown(local), !recovers { state.messages.removeAll { $0.bits >> 48 == node } }
        try write(state, into: row, layout.time ?? 0)
    }

    private func add(_ message: LocalEvent, _ delay: Window, to state: inout TimedState, _ row: UnsafePointer<UInt32>, _ time: ExploredTime) {
        if !reaches(message, row) { return }
        if links.of(message.link).contains(.mayLose), state.messages.count(where: { $0.bits == message.bits }) >= flights.copiesMax { return }
        var window = time.window(message, isStable: state.isStable)
        window.earliest += delay.earliest / time.tick
        window.latest += delay.latest / time.tick
        let new = TimedState.Message(bits: message.bits, window: window)
        let place = state.messages.lastIndex { $0.bits >> 32 <= message.link }.map { $0 + 1 } ?? 0
        state.messages.insert(new, at: place)
    }
}
