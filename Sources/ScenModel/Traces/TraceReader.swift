package import ScenDiagnostics

/// Reads what `TraceWriter` writes. Whatever the bytes are, it gives a trace or says what is wrong and where.
package struct TraceReader {
    package struct Result: Sendable {
        /// Nil if anything is wrong.
        package var trace: Trace?
        package var diagnostics: [Diagnostic]
        /// By step: its line.
        package var places: [SourceSpan]
        /// The first line.
        package var head: SourceSpan
    }
    /// A key of the header, with the rest of its line.
    private struct Entry {
        let key: TraceCursor.Token
        /// The parameter or the node.
        let name: TraceCursor.Token?
        var value: TraceCursor
    }
    private static let keys = [
        "scen", "file", "scenario", "digest", "parameter", "seed", "shrunk", "expectation", "expected", "found", "error",
        "hash", "nodes", "input", "faulty",
    ]
    /// One mistake makes others; nobody reads more.
    private static let diagnosticsMax = 20

    private let source: SourceFile
    private var diagnostics: [Diagnostic] = []
    private var entries: [Entry] = []
    /// By key and name: where.
    private var said: [String: SourceSpan] = [:]
    private var trace = Trace(shown: .error(""), nodes: [])
    private var nodeIndices: [String: Int] = [:]
    private var places: [SourceSpan] = []
    private var lastLine: SourceSpan

    package static func read(_ source: SourceFile) -> Result {
        var reader = TraceReader(source: source)
        reader.readAll()
        let isSound = reader.diagnostics.isEmpty
        let first = source.lineRange(0)
        return Result(
            trace: isSound ? reader.trace : nil, diagnostics: reader.diagnostics, places: isSound ? reader.places : [],
            head: SourceSpan(source.id, first.lowerBound, first.upperBound))
    }

    private init(source: SourceFile) {
        self.source = source
        lastLine = SourceSpan(source.id, 0, 0)
    }

    private mutating func readAll() {
        if let bad = firstByteThatIsNotText() {
            return report(.invalidTrace("this is no UTF-8 text", at: SourceSpan(source.id, bad, bad + 1)))
        }
        let count = source.lineStarts.count
        guard readFirstLine() else { return }
        var line = 1
        while line < count, readHeader(line) { line += 1 }
        do throws(TraceProblem) { try resolveHeader() } catch { report(error.diagnostic) }
        while line < count, diagnostics.count < Self.diagnosticsMax {
            readStep(line)
            line += 1
        }
        guard diagnostics.isEmpty else { return }
        guard case .end = trace.steps.last?.action else { return report(.traceCutOff(at: lastLine)) }
    }

    private mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    private func firstByteThatIsNotText() -> Int? {
        source.bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            while at < bytes.count {
                let length = UTF8Check.length(at: at, in: bytes)
                if length == 0 || bytes[at] == 0 { return at }
                at += length
            }
            return nil
        }
    }

    private func cursor(_ line: Int) -> TraceCursor {
        TraceCursor(source, source.lineRange(line))
    }

    private mutating func readFirstLine() -> Bool {
        let range = source.lineRange(0)
        var cursor = cursor(0)
        let whole = SourceSpan(source.id, range.lowerBound, min(range.upperBound, range.lowerBound + 60))
        guard cursor.nextWord()?.text == "scen", cursor.nextWord()?.text == "trace", let version = cursor.nextWord() else {
            report(.notATrace(at: whole))
            return false
        }
        if version.text != "\(Trace.version)" {
            report(.newerTrace(DisplayText.line(version.text, scalarsMax: 20), at: version.span))
            return false
        }
        return true
    }

    // MARK: The header

    /// False at the line that ends it.
    private mutating func readHeader(_ line: Int) -> Bool {
        let cursor = cursor(line)
        guard !cursor.isAtEnd else { return false }
        lastLine = cursor.rest
        do throws(TraceProblem) { try keep(cursor) } catch { report(error.diagnostic) }
        return diagnostics.count < Self.diagnosticsMax
    }

    private mutating func keep(_ line: TraceCursor) throws(TraceProblem) {
        var cursor = line
        let key = try cursor.word("a key of the header")
        guard Self.keys.contains(key.text) else {
            let nearest = Suggestion.nearest(key.text, among: Self.keys)
            throw TraceProblem(
                "there is no key '\(DisplayText.line(key.text, scalarsMax: 60))' in a trace", key.span,
                nearest.map { "'\($0)'" })
        }
        var name: TraceCursor.Token?
        if ["parameter", "input", "shrunk"].contains(key.text) { name = try cursor.word("a name") }
        guard cursor.passes(":") else { throw cursor.unexpected("':'") }
        if let first = said.updateValue(key.span, forKey: "\(key.text) \(name?.text ?? "")") {
            throw TraceProblem(
                Diagnostic(
                    .invalidTrace, "'\(key.text)' is said twice", at: key.span,
                    notes: [.init("here it is said first", at: first)]))
        }
        entries.append(Entry(key: key, name: name, value: cursor))
    }

    private func entry(_ key: String) -> Entry? { entries.first { $0.key.text == key } }

    private func value<T>(
        _ key: String, _ read: (inout TraceCursor) throws(TraceProblem) -> T
    ) throws(TraceProblem) -> T? {
        guard let entry = entry(key) else { return nil }
        return try value(entry, read)
    }

    private func value<T>(
        _ entry: Entry, _ read: (inout TraceCursor) throws(TraceProblem) -> T
    ) throws(TraceProblem) -> T {
        var cursor = entry.value
        let value = try read(&cursor)
        try cursor.requireEnd()
        return value
    }

    private func required<T>(
        _ key: String, _ read: (inout TraceCursor) throws(TraceProblem) -> T
    ) throws(TraceProblem) -> T {
        guard let value = try value(key, read) else { throw TraceProblem(.traceWithout(key, at: lastLine)) }
        return value
    }

    private mutating func resolveHeader() throws(TraceProblem) {
        trace.tool = try required("scen", Self.text)
        trace.origin.file = try required("file", Self.text)
        trace.origin.scenario = try required("scenario", Self.text)
        trace.origin.digest = try required("digest", Self.hex)
        trace.seed = try required("seed", Self.seed)
        trace.hash = try required("hash", Self.hex)
        trace.shown = try shown()
        trace.shrunk = try value("shrunk") { cursor throws(TraceProblem) in
            let events = try cursor.number()
            try cursor.skip("events")
            guard cursor.passes(",") else { throw cursor.unexpected("','") }
            let faults = try cursor.number()
            try cursor.skip("faults")
            return Trace.Shrunk(events: events, faults: faults)
        }
        try readNodes()
        for entry in entries where entry.key.text == "parameter" {
            let value = try value(entry, Self.text)
            trace.parameters.append(Trace.Parameter(name: entry.name?.text ?? "", value: value))
        }
        try readInputs()
        if let entry = entry("faulty") {
            var cursor = entry.value
            while let word = cursor.nextWord() {
                let node = try node(word)
                guard trace.faulty.last ?? -1 < node else {
                    throw TraceProblem("nodes are not in their order", word.span, nil)
                }
                trace.faulty.append(node)
            }
            try cursor.requireEnd()
        }
    }

    private mutating func readNodes() throws(TraceProblem) {
        guard let entry = entry("nodes") else { throw TraceProblem(.traceWithout("nodes", at: lastLine)) }
        var cursor = entry.value
        while let word = cursor.nextWord() {
            guard nodeIndices.updateValue(trace.nodes.count, forKey: word.text) == nil else {
                throw TraceProblem("two nodes are called '\(DisplayText.line(word.text, scalarsMax: 60))'", word.span, nil)
            }
            trace.nodes.append(word.text)
        }
        try cursor.requireEnd()
    }

    private mutating func readInputs() throws(TraceProblem) {
        let inputs = entries.filter { $0.key.text == "input" }
        guard !inputs.isEmpty else { return }
        trace.inputs = Array(repeating: "", count: trace.nodes.count)
        for entry in inputs {
            guard let name = entry.name else { continue }
            trace.inputs[try node(name)] = try value(entry, Self.text)
        }
        if inputs.count != trace.nodes.count {
            throw TraceProblem("some nodes have an input and some have none", inputs[0].key.span, nil)
        }
    }

    private func shown() throws(TraceProblem) -> Trace.Shown {
        if let code = try value("error", { cursor throws(TraceProblem) in try cursor.word("the code of an error").text }) {
            return .error(code)
        }
        let name = try required("expectation", Self.text)
        let expectsHolds = try required("expected") { cursor throws(TraceProblem) in
            let word = try cursor.word("'holds' or 'violated'")
            guard word.text == "holds" || word.text == "violated" else {
                throw TraceProblem(word, expected: "'holds' or 'violated'")
            }
            return word.text == "holds"
        }
        let found = try required("found") { cursor throws(TraceProblem) in
            let word = try cursor.word("'holds' or 'violated'")
            guard let found = Finding(rawValue: word.text), found == .holds || found == .violated else {
                throw TraceProblem(word, expected: "'holds' or 'violated'")
            }
            return found
        }
        return .expectation(name, expectsHolds: expectsHolds, found: found)
    }

    private static func text(_ cursor: inout TraceCursor) throws(TraceProblem) -> String { try cursor.quoted() }

    private static func hex(_ cursor: inout TraceCursor) throws(TraceProblem) -> UInt64 {
        let word = try cursor.word("16 hexadecimal digits")
        guard word.text.utf8.count == 16, let number = UInt64(word.text, radix: 16), !word.text.hasPrefix("+") else {
            throw TraceProblem(word, expected: "16 hexadecimal digits")
        }
        return number
    }

    private static func seed(_ cursor: inout TraceCursor) throws(TraceProblem) -> UInt64 {
        let word = try cursor.word("a number")
        guard word.text.allSatisfy({ $0.isASCII && $0.isNumber }), let seed = UInt64(word.text) else {
            throw TraceProblem(word, expected: "a number below 2^64")
        }
        return seed
    }

    private func node(_ word: TraceCursor.Token) throws(TraceProblem) -> Int {
        try TraceNodes(names: trace.nodes, indices: nodeIndices).index(word)
    }

    // MARK: The steps

    private mutating func readStep(_ line: Int) {
        let cursor = cursor(line)
        guard !cursor.isAtEnd else { return }
        lastLine = cursor.rest
        do throws(TraceProblem) { try addStep(cursor) } catch { report(error.diagnostic) }
    }

    private mutating func addStep(_ line: TraceCursor) throws(TraceProblem) {
        let reader = TraceStepReader(nodes: TraceNodes(names: trace.nodes, indices: nodeIndices))
        if source.bytes[line.at] == UInt8(ascii: "#") {
            guard !trace.steps.isEmpty else {
                throw TraceProblem("this message is sent in no step", line.rest, "a step above it")
            }
            trace.steps[trace.steps.count - 1].sends.append(try reader.send(line))
        } else {
            if case .end = trace.steps.last?.action {
                throw TraceProblem("there is a step after the end of the run", line.rest, nil)
            }
            trace.steps.append(try reader.step(line))
            places.append(line.rest)
        }
    }
}
