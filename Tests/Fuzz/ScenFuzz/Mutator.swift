@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ sizeMax: Int) -> Int

/// Bytes alone seldom get past the YAML reader: half of the time lines and words are changed instead.
@_cdecl("LLVMFuzzerCustomMutator")
public func fuzzMutate(
    _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ sizeMax: Int, _ seed: UInt32
) -> Int {
    var mutator = Mutator(seed: UInt64(seed))
    guard size > 0, mutator.below(2) == 0 else { return mutateBytes(data, size, sizeMax) }
    let changed = mutator.mutate(Array(UnsafeBufferPointer(start: data, count: size))).prefix(sizeMax)
    for (index, byte) in changed.enumerated() { data[index] = byte }
    return changed.count
}

struct Mutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (mixed ^ (mixed >> 31)) >> 1) % max(1, bound)
    }

    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(3) { bytes = below(3) == 0 ? changeLine(bytes) : changeWord(bytes) }
        return bytes
    }

    private mutating func changeLine(_ bytes: [UInt8]) -> [UInt8] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let line = below(lines.count)
        let other = below(lines.count)
        switch below(5) {
        case 0: lines.remove(at: line)
        case 1: lines.insert(lines[other], at: line)
        case 2: lines.swapAt(line, other)
        case 3: lines[line].insert(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: 1 + below(4)), at: 0)
        default: lines[line].removeFirst(min(below(4), lines[line].prefix { $0 == UInt8(ascii: " ") }.count))
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    private mutating func changeWord(_ bytes: [UInt8]) -> [UInt8] {
        let words = Self.words(bytes)
        guard !words.isEmpty else { return bytes }
        let range = words[below(words.count)]
        let new = below(2) == 0
            ? Array(bytes[words[below(words.count)]]) : Array(Self.spice[below(Self.spice.count)].utf8)
        var bytes = bytes
        switch below(4) {
        case 0: bytes.removeSubrange(range)
        case 1: bytes.insert(contentsOf: new + [UInt8(ascii: " ")], at: range.lowerBound)
        default: bytes.replaceSubrange(range, with: new)
        }
        return bytes
    }

    /// Runs of letters and digits, and each other visible character.
    private static func words(_ bytes: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, isWord(bytes[end]) { end += 1 }
            if end == start { end += 1 }
            if bytes[start] > 0x20 { words.append(start..<end) }
            start = end
        }
        return words
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: byte >= 0x80
        }
    }

    /// What is likely to be special.
    private static let spice = [
        "0", "-1", "1", "4611686018427387903", "4611686018427387904", "9223372036854775807", "-9223372036854775808",
        "99999999999999999999999", "1e308", "1e-320", "0.0", "100%", "101%", "1..0", "0..4611686018427387903", "1ms", "0s",
        "146y", "999999y", "none", "true", "me", "others", "nodes", "n", "now", "bound", "faulty", "correct", "input",
        "decision", "outcome", "if", "elif", "else", "for", "in", "let", "return", "send", "to", "set timer", "after",
        "cancel", "decide", "deliver", "choose", "assert", "log", "implies", "div", "mod", "**", "not", "and", "or", "..",
        "(", ")", "[", "]", "{", "}", "|", ">", "&a", "*a", "!!int", "<<", "---", "...", "- ", ": ", "#", "\"", "'", "\\",
        "\t", "\r", "\u{FEFF}", "\u{0}", "\u{2028}", "é", "😀", "maybe", "list of", "set of", "map of", "node", "int", "all(",
        "any(", "count(", "sum(", "min(", "max(", "len(", "first(", "last(", "sorted(", "majority(", "always", "never",
        "eventually", "eventually-always", "finally", "possible", "probability", "equals", "tolerance", "holds iff", "when",
        "where", "up-to", "exactly", "crash", "between", "exponential(1ms)", "pareto(scale=1ms, shape=1)", "empirical([1ms])",
    ]
}
