/// Writes random YAML with scalars of all styles. Not everything it writes can be read: who uses it skips the rest.
struct YAMLGenerator {
    var random: SeededGenerator
    private var lineBreak = "\n"

    private static let characters =
        Array("abcdefgh012345").map(String.init)
        + [" ", " ", " ", "  ", "é", "漢", "🙂", "'", "\"", "#", ":", ",", "\\", "-", "(", ")", "=", "\t", "*", "&"]
    private static let escapes = [
        "\\n", "\\t", "\\\"", "\\\\", "\\x41", "\\u00e9", "\\U0001F642", "\\0", "\\ ", "\\/", "\\_", "\\L", "\\e",
    ]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func document() -> String {
        lineBreak = random.chance(20) ? "\r\n" : random.chance(3) ? "\r" : "\n"
        var text = random.chance(10) ? "# é\(lineBreak)" : ""
        for index in 0..<1 + random.below(5) { text += entry("k\(index)", indent: 0, depth: 0) }
        return text
    }

    private mutating func entry(_ key: String, indent: Int, depth: Int) -> String {
        let pad = String(repeating: " ", count: indent)
        let inner = indent + 1 + random.below(4)
        let anchor = random.chance(5) ? "&x " : ""
        switch random.below(depth < 3 ? 8 : 5) {
        case 0: return "\(pad)\(key): \(anchor)\(plain(inner))\(lineBreak)"
        case 1: return "\(pad)\(key): \(anchor)\(quoted("'", inner))\(lineBreak)"
        case 2: return "\(pad)\(key): \(anchor)\(quoted("\"", inner))\(lineBreak)"
        case 3, 4: return "\(pad)\(key): \(anchor)\(block(indent, inner))"
        case 5:
            var text = "\(pad)\(key):\(lineBreak)"
            for index in 0..<1 + random.below(3) {
                text += entry("\(key)\(index)", indent: inner, depth: depth + 1)
            }
            return text
        case 6:
            var text = "\(pad)\(key):\(lineBreak)"
            for _ in 0..<1 + random.below(3) {
                text += "\(pad)- \(plain(inner))\(lineBreak)"
            }
            return text
        default: return "\(pad)\(key): {a: \(quoted("'", inner)), b: [c, \(quoted("\"", inner)), d e]}\(lineBreak)"
        }
    }

    private mutating func line(_ length: Int) -> String {
        (0..<random.below(length)).map { _ in random.pick(Self.characters) }.joined()
    }

    private mutating func between(_ indent: Int) -> String {
        let blank = String(repeating: " ", count: random.below(3))
        let empty = (0..<(random.chance(30) ? random.below(3) : 0)).map { _ in lineBreak + blank }.joined()
        return String(repeating: " ", count: random.below(2)) + lineBreak + empty + String(repeating: " ", count: indent)
    }

    private mutating func plain(_ indent: Int) -> String {
        var text = "w" + line(12).replacing(": ", with: "").replacing(" #", with: "")
        for _ in 0..<(random.chance(40) ? random.below(4) : 0) {
            text += between(indent) + "v" + line(10).replacing(": ", with: "").replacing(" #", with: "")
        }
        return text.replacing(":", with: "").replacing("#", with: "")
    }

    private mutating func quoted(_ quote: String, _ indent: Int) -> String {
        var text = ""
        for part in 0..<1 + random.below(4) {
            if part > 0 {
                text += quote == "\"" && random.chance(30) ? "\\" + lineBreak + String(repeating: " ", count: indent) : between(indent)
            }
            text += line(10).replacing("\"", with: "").replacing("'", with: quote == "'" ? "''" : "'")
                .replacing("\\", with: quote == "'" ? "\\" : random.pick(Self.escapes))
        }
        return quote + text + quote
    }

    private mutating func block(_ parent: Int, _ indent: Int) -> String {
        let chomp = random.pick(["", "-", "+"])
        let explicit = random.chance(20)
        var text = random.pick(["|", ">"])
        text += explicit ? (random.chance(50) ? "\(indent - parent)\(chomp)" : "\(chomp)\(indent - parent)") : chomp
        text += random.pick(["", " ", " # c"]) + lineBreak
        for part in 0..<random.below(6) {
            if random.chance(20) {
                text += String(repeating: " ", count: random.below(indent + (explicit ? 3 : 1))) + lineBreak
            } else {
                let more = part > 0 || explicit ? random.pick(["", "", " ", "   ", "\t"]) : ""
                text += String(repeating: " ", count: indent) + more + "u" + line(12) + lineBreak
            }
        }
        return text
    }
}
