import ScenModel

/// One collection: mark from the roots, then move what is marked together at the bottom of the heap. Ids stay what they are,
/// so that every word stays valid.
struct Collector {
    private let arena: Arena
    /// A bit for each id.
    private var marks: [UInt64]
    /// Marked, and what they contain is still to be looked at.
    private var pending: [UInt32] = []

    /// What lies below the word `kept` of the heap is all kept. It is older than what lies above, and so refers to nothing there:
    /// with the heap's top at the beginning of a handler, nobody outside of the machine need be asked for roots.
    init(_ arena: Arena, keepingBelow kept: Int = 0) {
        self.arena = arena
        marks = [UInt64](repeating: 0, count: Int(arena.at.pointee.nextID) / 64 + 1)
        var place = 0
        while place < kept {
            let header = CompositeHeader(word: arena.at.pointee.heap[place])
            marks[Int(header.id) >> 6] |= 1 << UInt64(header.id & 63)
            place += header.length + CompositeHeader.words
        }
    }

    mutating func mark(_ word: Word) {
        enter(word)
        while let id = pending.popLast() {
            let place = arena.place(of: .composite(id))
            let header = CompositeHeader(word: place[0])
            guard header.holdsWords else { continue }
            for index in 0..<header.length { enter(Word(bits: place[index + CompositeHeader.words])) }
        }
    }

    mutating func mark(_ words: UnsafePointer<Int>, count: Int) {
        for index in 0..<count where words[index] & 3 == 1 { mark(Word(bits: words[index])) }
    }

    private mutating func enter(_ word: Word) {
        guard word.isComposite else { return }
        let id = Int(word.compositeID)
        let bit = UInt64(1) << UInt64(id & 63)
        if marks[id >> 6] & bit == 0 {
            marks[id >> 6] |= bit
            pending.append(word.compositeID)
        }
    }

    /// Frees what was not marked.
    mutating func sweep() {
        let storage = arena.at
        let heap = storage.pointee.heap
        let end = storage.pointee.top
        storage.pointee.freeID = 0
        storage.pointee.live = 0
        chainFreeIDs()
        clearTable()
        var from = 0
        var to = 0
        while from < end {
            let header = CompositeHeader(word: heap[from])
            let length = header.length + CompositeHeader.words
            if isMarked(Int(header.id)) {
                if from != to { (heap + to).update(from: heap + from, count: length) }
                storage.pointee.offsets[Int(header.id)] = UInt32(truncatingIfNeeded: to)
                storage.pointee.live += 1
                arena.enter(UInt64(bitPattern: Int64(heap[to + 1])), header.id)
                to += length
            }
            from += length
        }
        storage.pointee.top = to
        arena.forget()
    }

    private func isMarked(_ id: Int) -> Bool { marks[id >> 6] & (1 << UInt64(id & 63)) != 0 }

    /// Smallest first, so that the table of ids stays short; ids above the last one in use are as if never used.
    private func chainFreeIDs() {
        let storage = arena.at
        var last = Int(storage.pointee.nextID) - 1
        while last > 0, !isMarked(last) { last -= 1 }
        storage.pointee.nextID = UInt32(last + 1)
        for id in stride(from: last, to: 0, by: -1) where !isMarked(id) {
            storage.pointee.offsets[id] = storage.pointee.freeID
            storage.pointee.freeID = UInt32(id)
        }
    }

    /// Half empty or more, but no larger than what is live now needs: clearing it is part of every collection.
    private func clearTable() {
        let storage = arena.at
        var marked = 0
        for word in marks { marked += word.nonzeroBitCount }
        var wanted = Arena.slotsMin
        while wanted < marked * 4 { wanted *= 2 }
        let slots = storage.pointee.slotMask + 1
        if wanted < slots {
            storage.pointee.slots.deallocate()
            storage.pointee.slots = .allocate(capacity: wanted)
            storage.pointee.slots.initialize(repeating: 0, count: wanted)
            storage.pointee.slotMask = wanted - 1
        } else {
            storage.pointee.slots.update(repeating: 0, count: slots)
        }
    }
}
