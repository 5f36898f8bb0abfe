import ScenDiagnostics
import ScenLanguage
import Testing

@Suite struct YAMLPropertyTests {
    /// Nil if every byte of the content stands where it is said to, else what is wrong.
    private func wrongByte(_ scalar: YAMLScalar, _ bytes: [UInt8]) -> String? {
        let content = Array(scalar.text.utf8)
        var before = 0
        for (index, byte) in content.enumerated() {
            let file = scalar.fileOffset(index)
            guard file >= max(before, scalar.span.start), file < scalar.span.end || isBreak(file, bytes) else {
                return "byte \(index) of \(scalar) is at \(file)"
            }
            before = file
            if bytes[file] == byte { continue }
            let isFolded = scalar.style != .literal && byte == UInt8(ascii: " ") && isBreak(file, bytes)
            let isBreak = byte == UInt8(ascii: "\n") && isBreak(file, bytes)
            let piece = scalar.pieces.last { $0.content <= index }
            let isEscape = scalar.style == .doubleQuoted && piece.map { bytes[$0.file] } == UInt8(ascii: "\\")
            guard isFolded || isBreak || isEscape else {
                return "byte \(index) of \(scalar) differs from the file's at \(file)"
            }
        }
        return nil
    }

    private func isBreak(_ offset: Int, _ bytes: [UInt8]) -> Bool {
        guard offset < bytes.count else { return false }
        let nextLine: [UInt8] = [0xC2, 0x85]
        return bytes[offset] == UInt8(ascii: "\n") || bytes[offset] == UInt8(ascii: "\r")
            || bytes[offset...].starts(with: nextLine)
    }

    @Test func everyContentByteIsWhereItIsSaidToBe() {
        var read = 0
        var styles: Set<String> = []
        for seed in 0..<3_000 {
            var generator = YAMLGenerator(seed: UInt64(seed))
            let file = SourceFile(path: "a", text: generator.document())
            var bag = DiagnosticBag()
            guard let root = YAMLReader.read(file, into: &bag) else { continue }
            read += 1
            for scalar in root.scalars {
                if scalar.pieces.count > 1 { styles.insert("\(scalar.style)") }
                if let wrong = wrongByte(scalar, file.bytes) {
                    Issue.record("seed \(seed): \(wrong)\n\(String(decoding: file.bytes, as: UTF8.self))")
                    return
                }
            }
        }
        #expect(read > 1_500)
        #expect(styles.count == 5)
    }

    /// Whatever is done to a file, it is read or refused with a place, and what is shown is harmless.
    @Test func mutatedFilesAreReadOrRefusedWithAPlace() throws {
        var random = SeededGenerator(seed: 1)
        var corpus = Goldens.names(in: "yaml").map { Goldens.source($0, in: "yaml") }
        for seed in 0..<50 {
            var generator = YAMLGenerator(seed: UInt64(seed))
            corpus.append(Array(generator.document().utf8))
        }
        for _ in 0..<6_000 {
            let bytes = YAMLMutator.mutate(random.pick(corpus), with: random.pick(corpus), &random)
            let file = SourceFile(id: .scenario, path: "a", bytes: bytes)
            var bag = DiagnosticBag()
            let root = YAMLReader.read(file, into: &bag)
            try #require(root != nil || bag.hasErrors, "\(bytes)")
            let splits = root.map(flowSplits) ?? []
            for diagnostic in bag.sorted + splits {
                for span in [diagnostic.span] + diagnostic.notes.compactMap(\.span) {
                    try #require(span.start >= 0 && span.start <= span.end && span.end <= bytes.count, "\(bytes)")
                }
            }
            let shown = DiagnosticRenderer(color: false, sources: [file]).render(bag.sorted + splits)
            try #require(shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, "\(bytes)")
            for scalar in root?.scalars ?? [] {
                let length = scalar.text.utf8.count
                for offset in [0, length / 2, length] {
                    let place = scalar.place(offset, length)
                    try #require(place.start >= 0 && place.end <= bytes.count, "\(bytes)")
                }
                if let wrong = wrongByte(scalar, bytes) { Issue.record("\(wrong) \(bytes)") }
            }
        }
    }
}

enum YAMLMutator {
    private static let tokens = [
        "[", "]", "{", "}", ":", ": ", "- ", "? ", "&a ", "*a", "!", "!!str ", "|", ">", "|2-", "'", "\"", "\\", "#", " #",
        "\n", "\r\n", "\r", "\t", "  ", "%", "@", "---\n", "...\n", ",", "\u{FEFF}", "\u{85}", "\u{2028}", "\0", "é", "🙂",
        "\u{301}", "\u{202E}", "\u{1B}[2J", "(", ")", "<<: *a\n",
    ]

    static func mutate(_ source: [UInt8], with other: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = source
        for _ in 0..<1 + random.below(5) {
            let at = random.below(bytes.count + 1)
            let end = min(bytes.count, at + random.below(12))
            switch random.below(7) {
            case 0: bytes.removeSubrange(at..<end)
            case 1: bytes.insert(contentsOf: Array(bytes[at..<end]), at: at)
            case 2 where at < bytes.count: bytes[at] = UInt8(truncatingIfNeeded: random.next())
            case 3:
                let from = random.below(other.count + 1)
                bytes.insert(contentsOf: other[from..<min(other.count, from + random.below(40))], at: at)
            case 4: bytes.removeSubrange(at...)
            default: bytes.insert(contentsOf: Array(random.pick(tokens).utf8), at: at)
            }
        }
        return bytes
    }
}
