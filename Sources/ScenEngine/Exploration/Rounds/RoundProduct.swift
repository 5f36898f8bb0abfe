import ScenModel

/// All that a round may come to: every combination of the parts of the nodes, those of the last node changing fastest.
struct RoundProduct {
    private typealias Part = NodeRounds.Part
    /// What the nodes up to one come to.
    private struct Sum {
        /// In flight after the round, in ascending order of links.
        var messages: [Int] = []
        var losses = 0
        var duplicates = 0
        var faults = 0
        var hasSent = false
        var isChanged = false
    }
    private let exploration: Exploration
    private let before: [UInt32]
    private let counted: Int
    private let round: Int
    private let isFirst: Bool
    /// Nodes that have a choice, and their parts.
    private var open: [(node: Int, parts: Range<Int>)] = []
    /// Of each of them.
    private var chosen: [Int] = []
    /// Before each of them, and after the last.
    private var sums: [Sum] = [Sum()]
    private var isDown: [Bool]
    private var row: [UInt32]
    private var kept: [Int] = []

    /// `row`: at the end of the round before; with `isFirst` before anybody has started.
    init(after row: [UInt32], isFirst: Bool = false, _ exploration: Exploration) throws(Exploration.Stop) {
        let layout = exploration.layout
        self.exploration = exploration
        before = row
        self.isFirst = isFirst
        counted = Int(row[layout.counters])
        round = exploration.counters.round(counted) + 1
        self.row = row
        isDown = Array(repeating: false, count: exploration.nodeCount)
        let flight = exploration.flights[Int(row[layout.flight])]
        guard let messages = flight.baseAddress else { throw .memory }
        var first = 0
        for node in 0..<exploration.nodeCount {
            let start = first
            while first < flight.count, flight[first] >> 48 == node { first += 1 }
            let range = try exploration.nodeRounds.range(
                of: node, in: round, isFirst: isFirst, row, handingOver: messages + start, first - start, exploration)
            if range.count == 1 { take(node, exploration.nodeRounds.parts[range.lowerBound]) } else { open.append((node, range)) }
        }
        // Stable: of one link in the order of sending.
        let all = sums[0].messages.enumerated().sorted { ($0.element >> 32, $0.offset) < ($1.element >> 32, $1.offset) }
        sums[0].messages = all.map(\.element)
        sums += Array(repeating: Sum(), count: open.count)
        chosen = open.map(\.parts.lowerBound)
    }

    private mutating func take(_ node: Int, _ part: Part) {
        set(node, part)
        add(part, of: node, to: &sums[0])
        sums[0].messages += exploration.flights[part.flight]
    }

    private mutating func set(_ node: Int, _ part: Part) {
        row[exploration.layout.local(node)] = UInt32(part.local)
        isDown[node] = part.isDown
    }

    private func add(_ part: Part, of node: Int, to sum: inout Sum) {
        sum.losses += part.losses
        sum.duplicates += part.duplicates
        sum.faults += part.faults
        sum.hasSent = sum.hasSent || part.hasSent
        sum.isChanged = sum.isChanged || part.local != Int(before[exploration.layout.local(node)])
    }

    /// `take` gets a row and the fewest faults that lead to it in this way; a row may come more than once.
    mutating func forEach(_ take: (UnsafePointer<UInt32>, _ faults: Int) throws(Exploration.Stop) -> Void) throws(Exploration.Stop) {
        var place = 0
        while true {
            if place == open.count {
                try end(sums[place])
                try row.withUnsafeBufferPointer { row throws(Exploration.Stop) in
                    if let start = row.baseAddress { try take(start, sums[place].faults) }
                }
                place -= 1
            } else if chosen[place] < open[place].parts.upperBound {
                if choose(place) { place += 1 }
                continue
            } else {
                chosen[place] = open[place].parts.lowerBound
                place -= 1
            }
            if place < 0 { return }
            chosen[place] += 1
        }
    }

    /// False if more is lost or doubled than the scope allows.
    private mutating func choose(_ place: Int) -> Bool {
        let node = open[place].node
        let part = exploration.nodeRounds.parts[chosen[place]]
        set(node, part)
        let messages = sums[place].messages
        var sum = sums[place]
        swap(&sum.messages, &sums[place + 1].messages)
        sum.messages.removeAll(keepingCapacity: true)
        add(part, of: node, to: &sum)
        Self.merge(messages, exploration.flights[part.flight], into: &sum.messages)
        swap(&sum, &sums[place + 1])
        if exploration.isWithinScope(counted, losses: sums[place + 1].losses, duplicates: sums[place + 1].duplicates) { return true }
        chosen[place] += 1
        return false
    }

    /// No link is in both.
    private static func merge(_ one: [Int], _ other: UnsafeBufferPointer<Int>, into both: inout [Int]) {
        var next = 0
        for message in one {
            while next < other.count, other[next] >> 32 < message >> 32 {
                both.append(other[next])
                next += 1
            }
            both.append(message)
        }
        while next < other.count {
            both.append(other[next])
            next += 1
        }
    }

    private mutating func end(_ sum: Sum) throws(Exploration.Stop) {
        let layout = exploration.layout
        kept.removeAll(keepingCapacity: true)
        for message in sum.messages where exploration.recovers || !isDown[message >> 48] { kept.append(message) }
        guard let flight = exploration.flights.intern(kept) else { throw .memory }
        row[layout.flight] = UInt32(flight)
        let isSilent = kept.isEmpty && !sum.hasSent && !sum.isChanged && !isFirst
        row[layout.counters] = try exploration.counted(
            after: counted, losses: sum.losses, duplicates: sum.duplicates,
            isLast: exploration.isLast(round, isSilent: isSilent))
    }
}
