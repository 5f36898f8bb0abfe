import ScenModel

extension Arena {
    /// Nil if the key is not there.
    func lookUp(_ map: Word, _ key: Word) -> Word? {
        let index = index(of: key, in: map)
        return index < 0 ? nil : Word(bits: contents(of: map)[index &* 2 &+ 1])
    }

    func inserting(_ map: Word, _ key: Word, _ value: Word) -> Word {
        let count = count(of: map)
        let words = contents(of: map)
        charge(count &* 2)
        let (index, found) = search(words, count: count, stride: 2, for: key)
        if found {
            if words[index &* 2 &+ 1] == value.bits { return map }
            return replacing(map, at: index &* 2 &+ 1, with: value)
        }
        guard let room = room(elements: count &+ 1, words: 0), self.room(count &* 2 &+ 2) != nil else { return .failed }
        room.update(from: words, count: index &* 2)
        room[index &* 2] = key.bits
        room[index &* 2 &+ 1] = value.bits
        (room + (index &* 2 &+ 2)).update(from: words + index &* 2, count: (count &- index) &* 2)
        return interned(.map, count: count &+ 1)
    }

    func removingFromMap(_ map: Word, _ key: Word) -> Word {
        let count = count(of: map)
        charge(count &* 2)
        return remembered(.removingFromMap, map, key) {
            let (index, found) = search(contents(of: map), count: count, stride: 2, for: key)
            return found ? without(map, .map, from: index &* 2, to: index &* 2 &+ 2, count: count &- 1) : map
        }
    }

    /// Values in the order of their keys, as a list or a set.
    func values(of map: Word, as kind: CompositeKind) -> Word {
        let count = count(of: map)
        guard let room = room(elements: count, words: count) else { return .failed }
        let words = contents(of: map)
        for index in 0..<count { room[index] = words[index &* 2 &+ 1] }
        guard kind == .set else { return interned(kind, count: count) }
        sort(room, count)
        return interned(kind, count: unique(room, count))
    }

    /// Pairs of key and value, as a list or a set: they are in value order either way.
    func items(of map: Word, as kind: CompositeKind, scratch: UnsafeMutablePointer<Int>) -> Word {
        let count = count(of: map)
        charge(count &* 4)
        for index in 0..<count {
            guard let room = room(2) else { return .failed }
            let words = contents(of: map) + index &* 2
            room[0] = words[0]
            room[1] = words[1]
            let pair = interned(.tuple, count: 2)
            if pair.hasFailed { return pair }
            scratch[index] = pair.bits
        }
        return composite(kind, of: scratch, count: count)
    }

    /// A map of key, value, key, value .. in any order; of two entries with one key the later stands.
    func map(of words: UnsafePointer<Int>, count: Int) -> Word {
        charge(count &* 16)
        guard let room = room(count &* 2) else { return .failed }
        var order = Array(0..<count)
        order.sort { a, b in
            if words[a &* 2] == words[b &* 2] { return a < b }
            return precedes(words[a &* 2], words[b &* 2])
        }
        var kept = 0
        for (place, index) in order.enumerated() {
            let next = place + 1 < count ? order[place + 1] : -1
            if next >= 0, words[next &* 2] == words[index &* 2] { continue }
            room[kept &* 2] = words[index &* 2]
            room[kept &* 2 &+ 1] = words[index &* 2 &+ 1]
            kept += 1
        }
        guard self.room(elements: kept, words: 0) != nil else { return .failed }
        return interned(.map, count: kept)
    }
}
