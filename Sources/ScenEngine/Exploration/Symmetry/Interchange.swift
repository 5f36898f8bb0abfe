import ScenModel

/// Why nodes cannot be taken to be interchangeable.
enum Asymmetry: Error {
    /// It makes a difference which of these a node is.
    case different(SIMD2<Int>)
    /// It would take too much to find out.
    case untold
}

/// What local states, messages and events become when nodes change places. Each is worked out once.
final class Interchange {
    let steps: LocalSteps
    let nodeTypes: NodeTypes
    private let flights: Flights
    private let machine: Machine
    private let locals = EventTable()
    private let messages = EventTable()
    /// Messages that are remembered.
    private var words: [Word] = []
    private var vector: [Int] = []
    private var draft = GrowingMemory<Int>()

    init(_ exploration: Exploration) {
        steps = exploration.steps
        flights = exploration.flights
        machine = exploration.world.machine
        nodeTypes = NodeTypes(exploration.compiled.program)
    }

    deinit {
        locals.release()
        messages.release()
        draft.release()
    }

    var bytes: Int { locals.bytes + messages.bytes + words.capacity * 8 }

    func roots(_ mark: (Word) -> Void) {
        for word in words { mark(word) }
    }

    // MARK: Local states

    @inline(__always)
    func local(_ id: Int, _ permutation: Permutation) throws(Asymmetry) -> Int {
        if let known = locals[id, permutation.code] { return known.lowerBound }
        return try makeLocal(id, permutation)
    }

    private func makeLocal(_ id: Int, _ permutation: Permutation) throws(Asymmetry) -> Int {
        let old = Array(steps.locals[id])
        vector.removeAll(keepingCapacity: true)
        vector.append(permutation[old[LocalState.node]])
        // No input speaks of a node.
        vector += old[LocalState.input..<LocalState.variables]
        let firstTimer = LocalState.variables + nodeTypes.variables.count
        for (index, type) in nodeTypes.variables.enumerated() {
            let word = Word(bits: old[LocalState.variables + index])
            vector.append(try type.map { type throws(Asymmetry) in try permuted(word, type, permutation) }?.bits ?? word.bits)
        }
        var timers: [Int] = []
        for timer in old[firstTimer...] { timers.append(try self.timer(Word(bits: timer), permutation).bits) }
        vector += timers.sorted()
        guard let new = vector.withUnsafeBufferPointer({ steps.locals.intern($0.baseAddress!, $0.count) }), new < Int32.max else {
            throw .untold
        }
        locals.enter(id, permutation.code, new..<new)
        return new
    }

    private func permuted(_ word: Word, _ type: ValueType, _ permutation: Permutation) throws(Asymmetry) -> Word {
        if word.isNone { return word }
        let value = machine.value(word, type)
        // What a tree does not show as it is must not be lost.
        guard machine.word(value) == word else { throw .untold }
        let new = machine.word(value.permuted(permutation))
        if new.isNone { throw .untold }
        return new
    }

    private func timer(_ word: Word, _ permutation: Permutation) throws(Asymmetry) -> Word {
        let shape = machine.shape(word)
        guard nodeTypes.timers[shape] else { return word }
        let values = machine.timerArguments(word)
        guard timer(shape, values) == word else { throw .untold }
        let new = timer(shape, values.map { $0.permuted(permutation) })
        if new.hasFailed { throw .untold }
        return new
    }

    private func timer(_ shape: Int, _ values: [Value]) -> Word {
        let words = [shape << 1] + values.map { machine.word($0).bits }
        return words.withUnsafeBufferPointer { machine.arena.composite(.timer, of: $0.baseAddress!, count: $0.count) }
    }

    // MARK: Events

    @inline(__always)
    func delivery(_ bits: Int, _ permutation: Permutation) throws(Asymmetry) -> Int {
        let id = bits & 0xFFFF_FFFF
        let new: Int
        if let known = messages[id, permutation.code] {
            new = known.lowerBound
        } else {
            new = try makeMessage(LocalEvent(bits: bits).message, permutation)
        }
        return permutation[bits &>> 48] &<< 48 | permutation[bits &>> 32 & 0xFFFF] &<< 32 | new
    }

    private func makeMessage(_ word: Word, _ permutation: Permutation) throws(Asymmetry) -> Int {
        var new = word
        if nodeTypes.messages[machine.shape(word)] { new = try permuted(word, .message, permutation) }
        guard word.compositeID < Int32.max, new.compositeID < Int32.max else { throw .untold }
        words.append(word)
        words.append(new)
        messages.enter(Int(word.compositeID), permutation.code, Int(new.compositeID)..<Int(new.compositeID))
        return Int(new.compositeID)
    }

    func event(_ event: LocalEvent, _ permutation: Permutation) throws(Asymmetry) -> LocalEvent {
        if event.isDelivery { return LocalEvent(bits: try delivery(event.bits, permutation)) }
        if event.isFiring { return .firing(of: try timer(event.choice(of: 0).word, permutation)) }
        return event
    }

    // MARK: What is in flight

    func flight(_ id: Int, _ permutation: Permutation) throws(Asymmetry) -> Int {
        let old = flights[id]
        if old.isEmpty { return id }
        draft.removeAll()
        for delivery in old { draft.append(try self.delivery(delivery, permutation)) }
        Self.sort(draft.start, draft.count, isOrdered: flights.isOrdered)
        guard let new = flights.store.intern(draft.start, draft.count) else { throw .untold }
        return new
    }

    /// As flights are; with `isOrdered` messages of one link stay in their order.
    @inline(__always)
    static func sort(_ deliveries: UnsafeMutablePointer<Int>, _ count: Int, isOrdered: Bool) {
        let shift = isOrdered ? 32 : 0
        for index in 1..<max(1, count) {
            let delivery = deliveries[index]
            var place = index
            while place > 0, deliveries[place &- 1] &>> shift > delivery &>> shift {
                deliveries[place] = deliveries[place &- 1]
                place &-= 1
            }
            deliveries[place] = delivery
        }
    }
}
