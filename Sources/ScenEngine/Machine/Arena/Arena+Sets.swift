import ScenModel

extension Arena {
    /// Up to this many words, looking at each is faster than halving.
    private static let scanMax = 16

    @inline(__always)
    func contains(_ set: Word, _ element: Word) -> Bool { index(of: element, in: set) >= 0 }

    /// Of an element of a set or a key of a map; -1 if it is not there.
    @inline(__always)
    func index(of element: Word, in collection: Word) -> Int {
        let place = place(of: collection)
        let header = CompositeHeader(word: place[0])
        let words = place + CompositeHeader.words
        let stride = header.isMap ? 2 : 1
        let count = header.count
        if count <= Self.scanMax {
            for index in 0..<count where words[index &* stride] == element.bits { return index }
            return -1
        }
        if element.isNumber { return found(search(words, count: count, stride: stride, for: element)) }
        return remembered(.find, collection, element) {
            Word(found(search(words, count: count, stride: stride, for: element)))
        }.number
    }

    @inline(__always)
    private func found(_ result: (index: Int, found: Bool)) -> Int { result.found ? result.index : -1 }

    @inline(__always)
    func adding(_ set: Word, _ element: Word) -> Word {
        charge(count(of: set))
        return remembered(.adding, set, element) { inserting(element, into: set) }
    }

    private func inserting(_ element: Word, into set: Word) -> Word {
        let count = count(of: set)
        let words = contents(of: set)
        let (index, found) = search(words, count: count, stride: 1, for: element)
        if found { return set }
        guard let room = room(elements: count &+ 1, words: 0), self.room(count &+ 1) != nil else { return .failed }
        room.update(from: words, count: index)
        room[index] = element.bits
        (room + (index &+ 1)).update(from: words + index, count: count &- index)
        return interned(.set, count: count &+ 1)
    }

    func removing(_ set: Word, _ element: Word) -> Word {
        let count = count(of: set)
        charge(count)
        return remembered(.removing, set, element) {
            let (index, found) = search(contents(of: set), count: count, stride: 1, for: element)
            return found ? without(set, .set, from: index, to: index &+ 1, count: count &- 1) : set
        }
    }

    func union(_ a: Word, _ b: Word) -> Word {
        let x = count(of: a)
        let y = count(of: b)
        charge(x &+ y)
        if y == 0 { return a }
        if x == 0 { return b }
        return remembered(.union, a, b) {
            guard let room = room(x &+ y) else { return .failed }
            let count = merge(a, b, into: room, keepFirst: true, keepBoth: true, keepSecond: true)
            guard self.room(elements: count, words: 0) != nil else { return .failed }
            return interned(.set, count: count)
        }
    }

    func intersection(_ a: Word, _ b: Word) -> Word {
        let (x, y) = (count(of: a), count(of: b))
        charge(x &+ y)
        return remembered(.intersection, a, b) {
            guard let room = room(min(x, y)) else { return .failed }
            return interned(.set, count: merge(a, b, into: room, keepFirst: false, keepBoth: true, keepSecond: false))
        }
    }

    func difference(_ a: Word, _ b: Word) -> Word {
        let (x, y) = (count(of: a), count(of: b))
        charge(x &+ y)
        if x == 0 || y == 0 { return a }
        return remembered(.difference, a, b) {
            guard let room = room(x) else { return .failed }
            return interned(.set, count: merge(a, b, into: room, keepFirst: true, keepBoth: false, keepSecond: false))
        }
    }

    /// Whether all of `a` is in `b`.
    func isSubset(_ a: Word, _ b: Word) -> Bool {
        if a == b { return true }
        let (x, y) = (count(of: a), count(of: b))
        charge(x &+ y)
        if x > y { return false }
        return remembered(.isSubset, a, b) {
            let (p, q) = (contents(of: a), contents(of: b))
            var (i, j) = (0, 0)
            while i < x {
                while j < y, precedes(q[j], p[i]) { j &+= 1 }
                if j == y || q[j] != p[i] { return Word(false) }
                i &+= 1
            }
            return Word(true)
        }.isTrue
    }

    /// Goes through both in value order; gives how many words were kept.
    private func merge(
        _ a: Word, _ b: Word, into room: UnsafeMutablePointer<Int>, keepFirst: Bool, keepBoth: Bool, keepSecond: Bool
    ) -> Int {
        let (x, y) = (count(of: a), count(of: b))
        let (p, q) = (contents(of: a), contents(of: b))
        var (i, j, kept) = (0, 0, 0)
        func keep(_ word: Int, _ wanted: Bool) {
            if wanted {
                room[kept] = word
                kept &+= 1
            }
        }
        while i < x, j < y {
            if p[i] == q[j] {
                keep(p[i], keepBoth)
                i &+= 1
                j &+= 1
            } else if precedes(p[i], q[j]) {
                keep(p[i], keepFirst)
                i &+= 1
            } else {
                keep(q[j], keepSecond)
                j &+= 1
            }
        }
        while i < x {
            keep(p[i], keepFirst)
            i &+= 1
        }
        while j < y, keepSecond {
            keep(q[j], true)
            j &+= 1
        }
        return kept
    }

    /// A set of words in any order.
    func set(of words: UnsafePointer<Int>, count: Int) -> Word {
        // More than the budget may be given, if enough of them are equal.
        charge(count)
        guard let room = room(count) else { return .failed }
        room.update(from: words, count: count)
        sort(room, count)
        let kept = unique(room, count)
        guard self.room(elements: kept, words: 0) != nil else { return .failed }
        return interned(.set, count: kept)
    }
}
