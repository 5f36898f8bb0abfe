import ScenModel

/// Of lists and of what is common to all collections. A loop over a map goes through its keys.
extension Arena {
    func emptyList() -> Word { interned(.list, count: 0) }

    /// A composite of words that stand somewhere outside the arena.
    func composite(_ kind: CompositeKind, of words: UnsafePointer<Int>, count: Int) -> Word {
        guard let room = room(elements: count, words: count) else { return .failed }
        room.update(from: words, count: count)
        return interned(kind, count: count)
    }

    /// A message or timer: the index of its kind and its fields.
    @inline(__always)
    func shaped(_ kind: CompositeKind, _ index: Int, fields: UnsafePointer<Int>, count: Int) -> Word {
        guard let room = room(count &+ 1) else { return .failed }
        room[0] = index &<< 1
        for field in 0..<count { room[field &+ 1] = fields[field] }
        return interned(kind, count: count &+ 1)
    }

    func range(_ low: Int, _ high: Int) -> Word {
        if low > high { return emptyList() }
        let count = high &- low &+ 1
        guard let room = room(elements: count, words: count) else { return .failed }
        for index in 0..<count { room[index] = (low &+ index) &<< 1 }
        return interned(.list, count: count)
    }

    /// Elements, or the keys of a map: where they stand, how many, and how many words apart.
    func elements(of collection: Word) -> (start: UnsafeMutablePointer<Int>, count: Int, stride: Int) {
        let place = place(of: collection)
        let header = CompositeHeader(word: place[0])
        return (place + CompositeHeader.words, header.count, header.isMap ? 2 : 1)
    }

    func appending(_ list: Word, _ element: Word) -> Word {
        charge(count(of: list))
        return remembered(.appending, list, element) {
            let count = count(of: list)
            guard let room = room(elements: count &+ 1, words: 0), self.room(count &+ 1) != nil else { return .failed }
            room.update(from: contents(of: list), count: count)
            room[count] = element.bits
            return interned(.list, count: count &+ 1)
        }
    }

    func concatenated(_ a: Word, _ b: Word) -> Word {
        let x = count(of: a)
        let y = count(of: b)
        guard let room = room(elements: x &+ y, words: x &+ y) else { return .failed }
        room.update(from: contents(of: a), count: x)
        (room + x).update(from: contents(of: b), count: y)
        return interned(.list, count: x &+ y)
    }

    /// `index` is in the list, `word` in the composite.
    func replacing(_ composite: Word, at index: Int, with word: Word) -> Word {
        let header = header(of: composite)
        charge(header.length)
        guard let room = room(header.length), let kind = CompositeKind(rawValue: header.rawKind) else { return .failed }
        room.update(from: contents(of: composite), count: header.length)
        room[index] = word.bits
        return interned(kind, count: header.count)
    }

    /// Without the first element that is equal.
    func removingFirst(_ list: Word, _ element: Word) -> Word {
        let count = count(of: list)
        charge(count)
        let words = contents(of: list)
        var index = 0
        while index < count, words[index] != element.bits { index &+= 1 }
        if index == count { return list }
        return without(list, .list, from: index, to: index &+ 1, count: count &- 1)
    }

    /// Without the words `from ..< to` of its contents.
    func without(_ composite: Word, _ kind: CompositeKind, from: Int, to: Int, count: Int) -> Word {
        let length = header(of: composite).length
        guard let room = room(length) else { return .failed }
        let words = contents(of: composite)
        room.update(from: words, count: from)
        (room + from).update(from: words + to, count: length &- to)
        return interned(kind, count: count)
    }

    /// Clipped, as in Python.
    func slice(_ list: Word, _ from: Int, _ to: Int) -> Word {
        let count = count(of: list)
        func clipped(_ index: Int) -> Int { min(max(index < 0 ? index &+ count : index, 0), count) }
        let start = clipped(from)
        let length = max(clipped(to) &- start, 0)
        guard let room = room(elements: length, words: length) else { return .failed }
        room.update(from: contents(of: list) + start, count: length)
        return interned(.list, count: length)
    }

    func reversed(_ collection: Word) -> Word {
        let (start, count, stride) = elements(of: collection)
        guard let room = room(elements: count, words: count) else { return .failed }
        for index in 0..<count { room[count &- 1 &- index] = start[index &* stride] }
        return interned(.list, count: count)
    }

    /// Elements of a collection, or keys, as a list or a set.
    func copied(_ collection: Word, as kind: CompositeKind, sorting: Bool) -> Word {
        let (start, count, stride) = elements(of: collection)
        guard let room = room(elements: count, words: count) else { return .failed }
        for index in 0..<count { room[index] = start[index &* stride] }
        if sorting { sort(room, count) }
        return interned(kind, count: kind == .set ? unique(room, count) : count)
    }

    func containsInList(_ list: Word, _ element: Word) -> Bool {
        let count = count(of: list)
        charge(count)
        let words = contents(of: list)
        for index in 0..<count where words[index] == element.bits { return true }
        return false
    }

    /// What more than half of the elements are, else the default. Boyer and Moore's vote finds the only candidate, a count
    /// confirms it.
    func majority(_ collection: Word, else otherwise: Word) -> Word {
        let (start, count, stride) = elements(of: collection)
        charge(count &* 2)
        var candidate = otherwise.bits
        var lead = 0
        for index in 0..<count {
            let word = start[index &* stride]
            if lead == 0 { candidate = word }
            lead += word == candidate ? 1 : -1
        }
        var votes = 0
        for index in 0..<count where start[index &* stride] == candidate { votes += 1 }
        return votes > count / 2 ? Word(bits: candidate) : otherwise
    }

    /// The least, or greatest; nil of nothing.
    func extreme(of collection: Word, greatest: Bool) -> Word? {
        let (start, count, stride) = elements(of: collection)
        guard count > 0 else { return nil }
        charge(count)
        var best = start[0]
        for index in 1..<max(count, 1) {
            let word = start[index &* stride]
            if greatest ? precedes(best, word) : precedes(word, best) { best = word }
        }
        return Word(bits: best)
    }
}
