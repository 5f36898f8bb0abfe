import ScenModel

/// Brings nodes that may change places into one order, whichever they stand in: by what they hold, then by what is said about them, then
/// by who says it about whom. What is left is tried out, and the least row taken.
final class NodeOrder {
    private unowned let exploration: Exploration
    private let interchange: Interchange
    private let marks: NodeMarks
    private let nodeCount: Int
    /// Nodes that may change places, block after block, where the first of each stands, and in which order they are to stand there.
    private let places: UnsafeMutablePointer<Int>
    private let order: UnsafeMutablePointer<Int>
    private var count = 0
    /// By place in `order`: it cannot be told from the one behind it, of the same block.
    private let isTied: UnsafeMutablePointer<Bool>
    /// By node.
    private let keys: UnsafeMutablePointer<UInt64>
    private let colors: UnsafeMutablePointer<UInt64>
    private let least: UnsafeMutablePointer<UInt32>
    private let draft: UnsafeMutablePointer<UInt32>

    /// In more orders of nodes that cannot be told apart any is as good as another.
    private static let triedMax = 120

    init(_ exploration: Exploration, _ interchange: Interchange, _ marks: NodeMarks) {
        self.exploration = exploration
        self.interchange = interchange
        self.marks = marks
        nodeCount = exploration.nodeCount
        places = .allocate(capacity: nodeCount)
        order = .allocate(capacity: nodeCount)
        isTied = .allocate(capacity: nodeCount)
        keys = .allocate(capacity: nodeCount)
        colors = .allocate(capacity: nodeCount)
        least = .allocate(capacity: exploration.layout.width)
        draft = .allocate(capacity: exploration.layout.width)
    }

    deinit {
        places.deallocate()
        order.deallocate()
        isTied.deallocate()
        keys.deallocate()
        colors.deallocate()
        least.deallocate()
        draft.deallocate()
    }

    var bytes: Int { marks.bytes }

    /// Of nodes in these blocks one may take the place of another.
    func settle(_ row: UnsafeMutablePointer<UInt32>, _ blocks: [[Int]]) throws(Asymmetry) {
        if marks.isFull { throw .untold }
        count = 0
        var ties = 0
        for block in blocks {
            let first = count
            for node in block {
                places[count] = node
                order[count] = node
                keys[node] = marks.ofLocal(local(node, row))[node]
                count &+= 1
            }
            ties &+= sort(first, count)
        }
        if ties > 0 {
            for place in 0..<count { colors[order[place]] = keys[order[place]] }
            eachTied { node in keys[node] = said(about: node, row) }
            ties = sortTied { node in colors[node] = mixed(colors[node], keys[node] ^ 0x2545_F491_4F6C_DD1D) }
        }
        if ties > 0 {
            eachTied { node in keys[node] = relations(of: node, row) }
            ties = sortTied { _ in }
        }
        if ties > 0 { ties = try dropAlike(row) }
        if ties > 0 { return try tryOut(row) }
        try take(permutation, row)
    }

    @inline(__always)
    private func local(_ node: Int, _ row: UnsafePointer<UInt32>) -> Int { Int(row[exploration.layout.local(node)]) }

    private var permutation: Permutation {
        var permutation = Permutation(nodes: nodeCount)
        for place in 0..<count { permutation.set(order[place], to: places[place]) }
        return permutation
    }

    private func take(_ permutation: Permutation, _ row: UnsafeMutablePointer<UInt32>) throws(Asymmetry) {
        if permutation == Permutation(nodes: nodeCount) { return }
        try apply(permutation, row, into: draft)
        let layout = exploration.layout
        row[layout.flight] = UInt32(try interchange.flight(Int(row[layout.flight]), permutation))
        for node in 0..<nodeCount { row[layout.local(node)] = draft[layout.local(node)] }
    }

    private func apply(
        _ permutation: Permutation, _ row: UnsafePointer<UInt32>, into new: UnsafeMutablePointer<UInt32>
    ) throws(Asymmetry) {
        for node in 0..<nodeCount {
            new[exploration.layout.local(permutation[node])] = UInt32(try interchange.local(local(node, row), permutation))
        }
    }

    // MARK: Sorting

    /// Of these places, by `keys`. How many are tied with the next.
    private func sort(_ first: Int, _ end: Int) -> Int {
        for index in first + 1..<max(end, first + 1) {
            let node = order[index]
            var place = index
            while place > first, keys[order[place &- 1]] > keys[node] {
                order[place] = order[place &- 1]
                place &-= 1
            }
            order[place] = node
        }
        var ties = 0
        for place in first..<end {
            isTied[place] = place &+ 1 < end && keys[order[place]] == keys[order[place &+ 1]]
            if isTied[place] { ties &+= 1 }
        }
        return ties
    }

    @inline(__always)
    private func eachTied(_ body: (Int) -> Void) {
        for place in 0..<count where isTied[place] || place > 0 && isTied[place &- 1] { body(order[place]) }
    }

    /// `done`: with each node whose place was looked at again.
    private func sortTied(_ done: (Int) -> Void) -> Int {
        eachTied(done)
        var (first, ties) = (0, 0)
        while first < count {
            var end = first &+ 1
            while isTied[end &- 1] { end &+= 1 }
            if end > first &+ 1 { ties &+= sort(first, end) }
            first = end
        }
        return ties
    }

    /// What others hold that has to do with the node, and messages in flight.
    private func said(about node: Int, _ row: UnsafePointer<UInt32>) -> UInt64 {
        var sum = marks.ofFlight(Int(row[exploration.layout.flight]))[node]
        for other in 0..<nodeCount where other != node { sum &+= marks.ofLocal(local(other, row))[node] }
        return sum
    }

    /// The same with who holds it, as far as nodes can be told apart so far.
    private func relations(of node: Int, _ row: UnsafePointer<UInt32>) -> UInt64 {
        var sum: UInt64 = 0
        let own = marks.ofLocal(local(node, row))
        for other in 0..<nodeCount where other != node {
            let color = color(other)
            sum &+= mixed(marks.ofLocal(local(other, row))[node] ^ 0x51, color)
            sum &+= mixed(own[other] ^ 0xA076_1D64_78BD_642F, color)
        }
        for bits in exploration.flights[Int(row[exploration.layout.flight])] {
            let event = LocalEvent(bits: bits)
            if event.recipient == node {
                sum &+= mixed(marks.ofDelivery(bits)[node] ^ 0xE703_7ED1_A0B4_28DB, color(event.sender))
            } else if event.sender == node {
                sum &+= mixed(marks.ofDelivery(bits)[node] ^ 0x589B_5A6B_13C4_9DE1, color(event.recipient))
            }
        }
        return sum
    }

    private func color(_ node: Int) -> UInt64 {
        for place in 0..<count where places[place] == node { return colors[node] }
        return UInt64(truncatingIfNeeded: node)
    }

    // MARK: What is left

    /// Nodes of which any may take the place of any other without a difference need no order. How many ties are left.
    private func dropAlike(_ row: UnsafePointer<UInt32>) throws(Asymmetry) -> Int {
        var (first, ties) = (0, 0)
        while first < count {
            var end = first &+ 1
            while isTied[end &- 1] { end &+= 1 }
            var areAlike = true
            for place in first..<end - 1 where areAlike { areAlike = try isAlike(order[place], order[place &+ 1], row) }
            for place in first..<end - 1 {
                if areAlike { isTied[place] = false } else { ties &+= 1 }
            }
            first = end
        }
        return ties
    }

    private func isAlike(_ one: Int, _ other: Int, _ row: UnsafePointer<UInt32>) throws(Asymmetry) -> Bool {
        let swap = Permutation(nodes: nodeCount, swapping: one, other)
        for node in 0..<nodeCount {
            if try interchange.local(local(node, row), swap) != local(swap[node], row) { return false }
        }
        let flight = Int(row[exploration.layout.flight])
        return try interchange.flight(flight, swap) == flight
    }

    /// All orders of those that are still tied.
    private func tryOut(_ row: UnsafeMutablePointer<UInt32>) throws(Asymmetry) {
        var orders = [(0..<count).map { order[$0] }]
        var first = 0
        while first < count {
            var end = first + 1
            while isTied[end - 1] { end += 1 }
            for place in first..<end - 1 {
                guard orders.count * (end - place) <= Self.triedMax else { break }
                orders = orders.flatMap { some in
                    (place..<end).map { other in
                        var new = some
                        new.swapAt(place, other)
                        return new
                    }
                }
            }
            first = end
        }
        var best: (permutation: Permutation, flight: Int)?
        let width = exploration.layout.local(nodeCount)
        for some in orders {
            var permutation = Permutation(nodes: nodeCount)
            for (place, node) in some.enumerated() { permutation.set(node, to: places[place]) }
            try apply(permutation, row, into: draft)
            var difference = 0
            if best != nil {
                for place in RowLayout.beginning + 1..<width where difference == 0 { difference = Int(draft[place]) - Int(least[place]) }
                if difference > 0 { continue }
            }
            let flight = try interchange.flight(Int(row[exploration.layout.flight]), permutation)
            if let best, difference == 0, flight >= best.flight { continue }
            best = (permutation, flight)
            for place in RowLayout.beginning + 1..<width { least[place] = draft[place] }
        }
        if let best { try take(best.permutation, row) }
    }
}
