import ScenModel

/// What parts of a state say about each node, in numbers that stay the same when nodes change places: they bring nodes into an order that does
/// not hang on their names. Where two nodes have equal numbers by chance states are told apart that need not be, and nothing else.
final class NodeMarks {
    private let steps: LocalSteps
    private let machine: Machine
    private let nodeTypes: NodeTypes
    private let flights: Flights
    private let nodeCount: Int
    /// By node; -1: of none.
    private let classOf: [Int]
    /// By id of a local state, or of what is in flight: where its marks begin, one for each node; -1: not known yet.
    private var localPlaces = GrowingMemory<Int32>()
    private var localMarks = GrowingMemory<UInt64>()
    private var flightPlaces = GrowingMemory<Int32>()
    private var flightMarks = GrowingMemory<UInt64>()
    private let deliveries = EventTable()
    private var deliveryMarks = GrowingMemory<UInt64>()

    private enum Kind {
        static let itself = fixed(1 << 20)
        static let asked = fixed(1 << 21)
        static let owner = fixed(1 << 22)
        static func other(of someClass: Int) -> UInt64 { fixed(1 << 23 + someClass) }
        static func fixed(_ number: Int) -> UInt64 {
            mixed(UInt64(truncatingIfNeeded: number) ^ 0x2545_F491_4F6C_DD1D, 0x9E37_79B9_7F4A_7C15)
        }
    }

    init(_ exploration: Exploration, _ nodeTypes: NodeTypes, classOf: [Int]) {
        steps = exploration.steps
        machine = exploration.world.machine
        flights = exploration.flights
        nodeCount = exploration.nodeCount
        self.nodeTypes = nodeTypes
        self.classOf = classOf
    }

    deinit {
        localPlaces.release()
        localMarks.release()
        flightPlaces.release()
        flightMarks.release()
        deliveries.release()
        deliveryMarks.release()
    }

    var bytes: Int {
        (localPlaces.count + flightPlaces.count) * 4 + (localMarks.count + flightMarks.count + deliveryMarks.count) * 8 + deliveries.bytes
    }

    /// There is no room for more.
    var isFull: Bool { max(localMarks.count, flightMarks.count, deliveryMarks.count) > Int(Int32.max) - 1_000 }

    /// Of all nodes: what the local state says about each; the one whose state it is has what it says as a whole.
    @inline(__always)
    func ofLocal(_ id: Int) -> UnsafePointer<UInt64> {
        if id < localPlaces.count, localPlaces.start[id] >= 0 { return UnsafePointer(localMarks.start + Int(localPlaces.start[id])) }
        return markLocal(id)
    }

    @inline(__always)
    func ofFlight(_ id: Int) -> UnsafePointer<UInt64> {
        if id < flightPlaces.count, flightPlaces.start[id] >= 0 { return UnsafePointer(flightMarks.start + Int(flightPlaces.start[id])) }
        return markFlight(id)
    }

    func ofDelivery(_ bits: Int) -> UnsafePointer<UInt64> {
        if let known = deliveries[bits, 0] { return UnsafePointer(deliveryMarks.start + known.lowerBound) }
        return markDelivery(bits)
    }

    // MARK: Making

    private func markLocal(_ id: Int) -> UnsafePointer<UInt64> {
        while localPlaces.count <= id { localPlaces.append(-1) }
        localPlaces.start[id] = Int32(localMarks.count)
        let vector = steps.locals[id]
        let owner = vector[LocalState.node]
        var seed = mixed(UInt64(truncatingIfNeeded: vector[LocalState.status]) ^ 0x51, machine.hash(Word(bits: vector[LocalState.input])))
        var values: [(place: Int, value: Value)] = []
        for (index, type) in nodeTypes.variables.enumerated() {
            let word = Word(bits: vector[LocalState.variables + index])
            if let type, !word.isNone {
                values.append((index, machine.value(word, type)))
            } else {
                seed = mixed(seed ^ machine.hash(word), 0xE703_7ED1_A0B4_28DB) &+ 1
            }
        }
        var timers: [(shape: Int, arguments: [Value])] = []
        for bits in vector[(LocalState.variables + nodeTypes.variables.count)...] {
            let word = Word(bits: bits)
            if nodeTypes.timers[machine.shape(word)] {
                timers.append((machine.shape(word), machine.timerArguments(word)))
            } else {
                seed &+= mixed(machine.hash(word), 0x589B_5A6B_13C4_9DE1)
            }
        }
        if classOf[owner] < 0 { seed ^= Kind.fixed(owner) }
        let classOf = self.classOf
        for asked in 0..<nodeCount {
            let kind: (Int) -> UInt64 = { node in
                if node == asked { return asked == owner ? Kind.itself : Kind.asked }
                return classOf[node] < 0 ? Kind.fixed(node) : node == owner ? Kind.owner : Kind.other(of: classOf[node])
            }
            var hash = asked == owner ? seed ^ 0xD6E8_FEB8_6659_FD93 : seed
            for (place, value) in values { hash = mixed(hash ^ value.hash(kind), UInt64(place) &+ 0xA076_1D64_78BD_642F) &+ 1 }
            for (shape, arguments) in timers {
                hash &+= mixed(Value.message(type: shape, arguments).hash(kind), 0x589B_5A6B_13C4_9DE1)
            }
            localMarks.append(mixed(hash, 0x8EBC_6AF0_9C88_C6E3))
        }
        return UnsafePointer(localMarks.start + Int(localPlaces.start[id]))
    }

    private func markFlight(_ id: Int) -> UnsafePointer<UInt64> {
        while flightPlaces.count <= id { flightPlaces.append(-1) }
        let first = flightMarks.count
        flightPlaces.start[id] = Int32(first)
        for _ in 0..<nodeCount { flightMarks.append(0) }
        var (link, rank) = (-1, UInt64(0))
        for bits in flights[id] {
            let marks = ofDelivery(bits)
            rank = bits >> 32 == link && flights.isOrdered ? rank &+ 1 : 0
            link = bits >> 32
            for node in 0..<nodeCount { flightMarks.start[first + node] &+= rank == 0 ? marks[node] : mixed(marks[node], rank) }
        }
        return UnsafePointer(flightMarks.start + first)
    }

    private func markDelivery(_ bits: Int) -> UnsafePointer<UInt64> {
        let first = deliveryMarks.count
        let event = LocalEvent(bits: bits)
        let word = event.message
        let value = nodeTypes.messages[machine.shape(word)] ? machine.value(word, .message) : nil
        for asked in 0..<nodeCount {
            let kind: (Int) -> UInt64 = { [classOf] node in
                if node == asked { return Kind.asked }
                return classOf[node] < 0 ? Kind.fixed(node) : Kind.other(of: classOf[node])
            }
            let content = value.map { $0.hash(kind) } ?? machine.hash(word)
            let from = mixed(kind(event.sender), 0xE703_7ED1_A0B4_28DB)
            deliveryMarks.append(mixed(content ^ from, kind(event.recipient)))
        }
        deliveries.enter(bits, 0, first..<first)
        return UnsafePointer(deliveryMarks.start + first)
    }
}
