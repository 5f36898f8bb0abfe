import ScenModel

#if canImport(Glibc)
    import Glibc
#endif

/// Texts and real numbers.
extension Arena {
    func string(_ text: String) -> Word {
        var text = text
        return text.withUTF8 { bytes in
            guard let room = textRoom(bytes.count) else { return .failed }
            if let start = bytes.baseAddress { memcpy(room, start, bytes.count) }
            return interned(.string, count: bytes.count)
        }
    }

    func text(_ word: Word) -> String {
        let bytes = UnsafeRawBufferPointer(start: contents(of: word), count: count(of: word))
        return String(decoding: bytes, as: UTF8.self)
    }

    func concatenatedStrings(_ a: Word, _ b: Word) -> Word {
        let (x, y) = (count(of: a), count(of: b))
        guard let room = textRoom(x &+ y) else { return .failed }
        memcpy(room, contents(of: a), x)
        memcpy(UnsafeMutableRawPointer(room) + x, contents(of: b), y)
        return interned(.string, count: x &+ y)
    }

    /// Room for so many bytes, the last word padded with zeros.
    private func textRoom(_ bytes: Int) -> UnsafeMutablePointer<Int>? {
        let words = (bytes &+ 7) &>> 3
        guard let room = room(elements: bytes, words: words) else { return nil }
        if words > 0 { room[words &- 1] = 0 }
        return room
    }

    func containsText(_ text: Word, _ part: Word) -> Bool {
        let bytes = UnsafeRawBufferPointer(start: contents(of: text), count: count(of: text))
        let wanted = UnsafeRawBufferPointer(start: contents(of: part), count: count(of: part))
        charge(bytes.count &+ wanted.count)
        if wanted.isEmpty { return true }
        // Knuth, Morris and Pratt: after a mismatch, how much of `wanted` still stands before it.
        var kept = [Int](repeating: 0, count: wanted.count)
        var length = 0
        for index in wanted.indices.dropFirst() {
            while length > 0, wanted[index] != wanted[length] { length = kept[length - 1] }
            if wanted[index] == wanted[length] { length += 1 }
            kept[index] = length
        }
        length = 0
        for byte in bytes {
            while length > 0, byte != wanted[length] { length = kept[length - 1] }
            if byte == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }

    /// In code points.
    func textLength(_ text: Word) -> Int {
        let bytes = UnsafeRawBufferPointer(start: contents(of: text), count: count(of: text))
        charge(bytes.count)
        var length = 0
        for byte in bytes where byte & 0xC0 != 0x80 { length += 1 }
        return length
    }

    @inline(__always)
    func real(_ word: Word) -> Double {
        Double(bitPattern: UInt64(bitPattern: Int64(contents(of: word)[0])))
    }

    /// `number` is finite. There is one zero.
    func real(_ number: Double) -> Word {
        guard let room = room(1) else { return .failed }
        room[0] = Int(Int64(bitPattern: (number + 0.0).bitPattern))
        return interned(.real, count: 1)
    }
}
