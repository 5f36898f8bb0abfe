import ScenDiagnostics

/// Reads one line of a trace, word by word. Words end at spaces, commas and colons.
struct TraceCursor {
    let source: SourceFile
    private(set) var at: Int
    private let end: Int

    struct Token {
        let text: String
        let span: SourceSpan
    }

    init(_ source: SourceFile, _ range: Range<Int>) {
        self.source = source
        at = range.lowerBound
        end = range.upperBound
        skipSpaces()
    }

    var isAtEnd: Bool { at >= end }
    var rest: SourceSpan { SourceSpan(source.id, at, max(at, end)) }

    private mutating func skipSpaces() {
        while at < end, source.bytes[at] == UInt8(ascii: " ") { at += 1 }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
    }

    /// Nil at the end of the line, and before a comma or colon.
    mutating func nextWord() -> Token? {
        let start = at
        while at < end, !Self.endsWord(source.bytes[at]) { at += 1 }
        guard at > start else { return nil }
        let word = Token(
            text: String(decoding: source.bytes[start..<at], as: UTF8.self), span: SourceSpan(source.id, start, at))
        skipSpaces()
        return word
    }

    mutating func word(_ expected: String) throws(TraceProblem) -> Token {
        guard let word = nextWord() else { throw unexpected(expected) }
        return word
    }

    /// A word that must stand here.
    mutating func skip(_ word: String) throws(TraceProblem) {
        let found = try self.word("'\(word)'")
        if found.text != word { throw TraceProblem(found, expected: "'\(word)'") }
    }

    /// Whether this sign stands here; then it is passed.
    mutating func passes(_ sign: Unicode.Scalar) -> Bool {
        guard at < end, source.bytes[at] == UInt8(ascii: sign) else { return false }
        at += 1
        skipSpaces()
        return true
    }

    func unexpected(_ expected: String) -> TraceProblem {
        guard !isAtEnd else {
            return TraceProblem("the line ends too early", SourceSpan(source.id, max(0, at - 1), at), expected)
        }
        let found = String(decoding: source.bytes[at..<min(end, at + 1)], as: UTF8.self)
        return TraceProblem("unexpected '\(found)'", SourceSpan(source.id, at, at + 1), expected)
    }

    func requireEnd() throws(TraceProblem) {
        if !isAtEnd { throw TraceProblem("more on the line than belongs there", rest, "the end of the line") }
    }

    /// Everything that is left.
    mutating func takeRest() -> String {
        defer { at = end }
        return String(decoding: source.bytes[at..<max(at, end)], as: UTF8.self)
    }

    // MARK: Numbers and texts

    mutating func number(_ expected: String = "a number") throws(TraceProblem) -> Int {
        let word = try word(expected)
        return try Self.number(word, word.text, expected)
    }

    /// `#3`: the number of a message.
    mutating func messageNumber() throws(TraceProblem) -> Int {
        let expected = "a message such as '#1'"
        let word = try word(expected)
        guard word.text.hasPrefix("#") else { throw TraceProblem(word, expected: expected) }
        return try Self.number(word, String(word.text.dropFirst()), expected)
    }

    /// One or more.
    mutating func numbers() throws(TraceProblem) -> [Int] {
        var numbers = [try number()]
        while let word = nextWord() { numbers.append(try Self.number(word, word.text, "a number")) }
        return numbers
    }

    static func number(_ word: Token, _ digits: String, _ expected: String) throws(TraceProblem) -> Int {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }) else {
            throw TraceProblem(word, expected: expected)
        }
        guard let number = Int(digits), number <= Word.largest else {
            throw TraceProblem("the number is too large", word.span, nil)
        }
        return number
    }

    mutating func time() throws(TraceProblem) -> Int {
        let word = try word("a time such as '1.5ms'")
        return try TraceTime.nanoseconds(word)
    }

    /// A text in quotes.
    mutating func quoted() throws(TraceProblem) -> String {
        let start = at
        guard passesRaw("\"") else { throw unexpected("a text in quotes") }
        var text = String.UnicodeScalarView()
        var run = at
        func flush(_ end: Int) { text.append(contentsOf: String(decoding: source.bytes[run..<end], as: UTF8.self).unicodeScalars) }
        while at < end {
            switch source.bytes[at] {
            case UInt8(ascii: "\""):
                flush(at)
                at += 1
                skipSpaces()
                return String(text)
            case UInt8(ascii: "\\"):
                flush(at)
                at += 1
                text.append(try escape())
                run = at
            default: at += 1
            }
        }
        throw TraceProblem("the text has no closing quote", SourceSpan(source.id, start, end), nil)
    }

    private mutating func passesRaw(_ sign: Unicode.Scalar) -> Bool {
        guard at < end, source.bytes[at] == UInt8(ascii: sign) else { return false }
        at += 1
        return true
    }

    private mutating func escape() throws(TraceProblem) -> Unicode.Scalar {
        let start = at - 1
        let problem = TraceProblem("no such escape in a text", SourceSpan(source.id, start, min(end, at + 1)), nil)
        guard at < end else { throw problem }
        let byte = source.bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return Unicode.Scalar(byte)
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard passesRaw("{"), let close = source.bytes[at..<end].firstIndex(of: UInt8(ascii: "}")), close - at <= 6,
                let value = UInt32(String(decoding: source.bytes[at..<close], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            else { throw problem }
            at = close + 1
            return scalar
        default: throw problem
        }
    }
}

/// Why a trace cannot be read.
struct TraceProblem: Error {
    let diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

    init(_ message: String, _ span: SourceSpan, _ expected: String?) {
        diagnostic = .invalidTrace(message, at: span, expected: expected)
    }

    init(_ word: TraceCursor.Token, expected: String) {
        self.init("unexpected '\(DisplayText.line(word.text, scalarsMax: 60))'", word.span, expected)
    }
}

enum TraceTime {
    private static let units: [(name: String, digits: Int, nanoseconds: Int)] = [
        ("ns", 0, 1), ("us", 3, 1_000), ("ms", 6, 1_000_000), ("s", 9, 1_000_000_000), ("m", 9, 60_000_000_000),
        ("h", 9, 3_600_000_000_000), ("d", 9, 86_400_000_000_000),
    ]

    /// Exact, or refused.
    static func nanoseconds(_ word: TraceCursor.Token) throws(TraceProblem) -> Int {
        let expected = "a time such as '1.5ms'"
        let number = word.text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let unit = units.first(where: { $0.name == word.text.dropFirst(number.count) }), parts.count <= 2,
            parts.allSatisfy({ !$0.isEmpty })
        else { throw TraceProblem(word, expected: expected) }
        let whole = try TraceCursor.number(word, String(parts[0]), expected)
        var (sum, overflow) = whole.multipliedReportingOverflow(by: unit.nanoseconds)
        if parts.count == 2 {
            let decimals = parts[1].count
            guard decimals <= unit.digits else { throw TraceProblem(word, expected: "whole nanoseconds") }
            // Only seconds and below have decimals: each digit there is a whole number of nanoseconds.
            guard unit.digits < 9 || unit.name == "s" else { throw TraceProblem(word, expected: expected) }
            var scale = unit.nanoseconds
            for _ in 0..<decimals { scale /= 10 }
            sum &+= try TraceCursor.number(word, String(parts[1]), expected) &* scale
            if sum < 0 { overflow = true }
        }
        guard !overflow, sum <= Word.largest else { throw TraceProblem("the time is too large", word.span, nil) }
        return sum
    }
}
