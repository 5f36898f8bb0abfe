import ScenModel

#if canImport(Glibc)
    import Glibc
#endif

extension Arena {
    /// The order of values (`ValueOrder`) on words: negative, zero or positive. Goes down at most `depthMax` levels.
    func compare(_ a: Word, _ b: Word) -> Int {
        if a == b { return 0 }
        if a.isNumber && b.isNumber { return a.bits < b.bits ? -1 : 1 }
        if a.isNone { return -1 }
        if b.isNone { return 1 }
        // Static types keep numbers and composites apart; the order is total all the same.
        if a.isNumber { return -1 }
        if b.isNumber { return 1 }
        return compareComposites(a, b)
    }

    private func compareComposites(_ a: Word, _ b: Word) -> Int {
        let x = header(of: a)
        let y = header(of: b)
        if x.rawKind != y.rawKind { return x.rawKind < y.rawKind ? -1 : 1 }
        if x.isReal { return real(a) < real(b) ? -1 : 1 }
        let p = contents(of: a)
        let q = contents(of: b)
        if x.isString {
            let order = memcmp(p, q, min(x.count, y.count))
            return order != 0 ? Int(order) : x.count &- y.count
        }
        for index in 0..<min(x.length, y.length) where p[index] != q[index] {
            return compare(Word(bits: p[index]), Word(bits: q[index]))
        }
        return x.length &- y.length
    }

    @inline(__always)
    func precedes(_ a: Int, _ b: Int) -> Bool {
        if (a | b) & 1 == 0 { return a < b }
        return compare(Word(bits: a), Word(bits: b)) < 0
    }

    /// In value order, in place; those that are equal are the same word, so that stability is no question.
    func sort(_ words: UnsafeMutablePointer<Int>, _ count: Int) {
        var sorted = true
        var index = 1
        while index < count {
            if precedes(words[index], words[index - 1]) {
                sorted = false
                break
            }
            index += 1
        }
        if sorted { return }
        if count <= 16 {
            insertionSort(words, count)
        } else {
            var buffer = UnsafeMutableBufferPointer(start: words, count: count)
            buffer.sort { precedes($0, $1) }
        }
        charge(count &* 8)
    }

    private func insertionSort(_ words: UnsafeMutablePointer<Int>, _ count: Int) {
        for index in 1..<count {
            let word = words[index]
            var place = index
            while place > 0, precedes(word, words[place - 1]) {
                words[place] = words[place - 1]
                place -= 1
            }
            words[place] = word
        }
    }

    /// Of sorted words the different ones, moved together; how many they are.
    func unique(_ words: UnsafeMutablePointer<Int>, _ count: Int) -> Int {
        guard count > 1 else { return count }
        var kept = 1
        for index in 1..<count where words[index] != words[kept - 1] {
            words[kept] = words[index]
            kept += 1
        }
        return kept
    }

    /// Where `word` stands among sorted words that are `stride` apart, or where it belongs.
    func search(_ words: UnsafeMutablePointer<Int>, count: Int, stride: Int, for word: Word) -> (index: Int, found: Bool) {
        var low = 0
        var high = count
        while low < high {
            let middle = (low &+ high) &>> 1
            let candidate = words[middle &* stride]
            if candidate == word.bits { return (middle, true) }
            if precedes(candidate, word.bits) { low = middle &+ 1 } else { high = middle }
        }
        return (low, false)
    }
}
