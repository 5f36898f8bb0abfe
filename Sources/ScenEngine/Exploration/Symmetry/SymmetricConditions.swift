import ScenModel

/// Finds out whether conditions treat interchangeable nodes alike: each is asked about a state and about all that it becomes when nodes
/// change places. It is asked once of all states that are the same in what it reads.
final class SymmetricConditions {
    /// Conditions that read the same.
    private struct Group {
        var routines: [Program.RoutineID]
        /// Words of a local state.
        let words: [Int]
        /// What they read of a local state, and by local state its number there; -1: not known yet.
        let read: VectorStore
        var numbers = GrowingMemory<Int32>()
        /// By state, as far as they read it, what they say, as bits.
        let asked: VectorStore
        var said: [UInt64] = []

        init(_ routine: Program.RoutineID, _ words: [Int]) {
            routines = [routine]
            self.words = words
            read = VectorStore(wordsMax: 1 << 28)
            asked = VectorStore(wordsMax: 1 << 28)
        }
    }
    private let exploration: Exploration
    private let interchange: Interchange
    private let swaps: [Swap]
    private let observation: Observation
    private var groups: [Group] = []
    private var beginnings: [SIMD2<Int>: Int] = [:]
    private var faultyOf: [Int: Int] = [:]
    private let vector: UnsafeMutableBufferPointer<Int>

    /// States that may be told apart, in what conditions read.
    private static let askedMax = 1 << 18

    /// Nil: one reads something else than what nodes hold.
    init?(_ routines: [Program.RoutineID], _ exploration: Exploration, _ interchange: Interchange, _ swaps: [Swap]) {
        self.exploration = exploration
        self.interchange = interchange
        self.swaps = swaps
        observation = Observation(exploration)
        vector = .allocate(capacity: exploration.nodeCount * 2 + 8)
        for routine in routines {
            guard let words = Self.words(read: routine, exploration.compiled.program) else { return nil }
            if let index = groups.firstIndex(where: { $0.words == words }) {
                if !groups[index].routines.contains(routine) { groups[index].routines.append(routine) }
            } else {
                groups.append(Group(routine, words))
            }
        }
        guard groups.allSatisfy({ $0.routines.count <= 64 }) else { return nil }
    }

    deinit {
        vector.deallocate()
        for index in groups.indices {
            groups[index].read.release()
            groups[index].asked.release()
            groups[index].numbers.release()
        }
    }

    var bytes: Int {
        groups.reduce(0) { $0 + $1.read.bytes + $1.asked.bytes + $1.numbers.count * 4 + $1.said.capacity * 8 }
    }

    private static func words(read routine: Program.RoutineID, _ program: Program) -> [Int]? {
        let reads = ReadSet(of: routine, in: program)
        if reads.isAlwaysStale || reads.readsOutcome || !reads.messages.isEmpty { return nil }
        // Inputs are the same throughout a run, and not in all that it becomes.
        var words: Set<Int> = [LocalState.input]
        for cell in reads.cells {
            if cell.kind == ReadSet.crashed(program.layout) {
                words.insert(LocalState.status)
            } else {
                guard cell.kind < program.layout.width else { return nil }
                words.insert(LocalState.variables + cell.kind)
            }
        }
        return words.sorted()
    }

    /// Of a state that stands for all others that it becomes.
    func compare(_ row: UnsafePointer<UInt32>) throws(Asymmetry) {
        for index in groups.indices where try number(index, row) == groups[index].said.count { try compare(index, row) }
    }

    /// Of all states that are the same in what is read; that of the first about which nobody has asked yet is the number of those before.
    private func number(_ index: Int, _ row: UnsafePointer<UInt32>) throws(Asymmetry) -> Int {
        let nodes = exploration.nodeCount
        for node in 0..<nodes {
            let local = Int(row[exploration.layout.local(node)])
            var number = local < groups[index].numbers.count ? groups[index].numbers.start[local] : -1
            if number < 0 { number = try read(index, local) }
            vector[node] = Int(number)
        }
        vector[nodes] = faulty(Int(row[RowLayout.beginning]))
        guard groups[index].asked.count < Self.askedMax,
            let number = groups[index].asked.intern(UnsafePointer(vector.baseAddress!), nodes + 1)
        else { throw .untold }
        return number
    }

    private func read(_ index: Int, _ local: Int) throws(Asymmetry) -> Int32 {
        while groups[index].numbers.count <= local { groups[index].numbers.append(-1) }
        let state = exploration.steps.locals[local]
        let words = groups[index].words.map { $0 == LocalState.status ? state[$0] & 1 : state[$0] }
        guard let number = words.withUnsafeBufferPointer({ groups[index].read.intern($0.baseAddress!, $0.count) }) else {
            throw .untold
        }
        groups[index].numbers.start[local] = Int32(number)
        return Int32(number)
    }

    /// Who is, as bits.
    private func faulty(_ beginning: Int) -> Int {
        if let known = faultyOf[beginning] { return known }
        let bits = exploration.beginnings.beginning(beginning).faulty.reduce(0) { $0 | 1 << $1 }
        faultyOf[beginning] = bits
        return bits
    }

    /// One about which nobody has asked.
    private func compare(_ index: Int, _ row: UnsafePointer<UInt32>) throws(Asymmetry) {
        var left = [exploration.copy(row)]
        let said = try ask(index, left[0])
        groups[index].said.append(said)
        while let row = left.popLast() {
            for swap in swaps {
                let other = try swapped(row, swap)
                let number = try other.withUnsafeBufferPointer { row throws(Asymmetry) -> Int in try self.number(index, row.baseAddress!) }
                if number == groups[index].said.count {
                    groups[index].said.append(try ask(index, other))
                    left.append(other)
                }
                if groups[index].said[number] != said { throw .different(swap.nodes) }
            }
        }
    }

    private func ask(_ index: Int, _ row: [UInt32]) throws(Asymmetry) -> UInt64 {
        var said: UInt64 = 0
        for (place, routine) in groups[index].routines.enumerated() {
            let holds = row.withUnsafeBufferPointer { observation.holds(routine, in: $0.baseAddress!) }
            // What cannot be told fails elsewhere, or here alone.
            guard let holds else { throw .untold }
            if holds { said |= 1 << UInt64(place) }
        }
        return said
    }

    /// As far as conditions read it.
    private func swapped(_ row: [UInt32], _ swap: Swap) throws(Asymmetry) -> [UInt32] {
        var new = row
        for node in 0..<exploration.nodeCount {
            let local = try interchange.local(Int(row[exploration.layout.local(node)]), swap.permutation)
            new[exploration.layout.local(swap.permutation[node])] = UInt32(local)
        }
        let key = SIMD2(Int(row[RowLayout.beginning]), swap.permutation.code)
        if beginnings[key] == nil {
            beginnings[key] = exploration.beginnings.number(of: exploration.beginnings.beginning(key[0]), swap.permutation)
        }
        guard let beginning = beginnings[key] else { throw .untold }
        new[RowLayout.beginning] = UInt32(beginning)
        return new
    }
}
