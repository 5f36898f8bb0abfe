import ScenDiagnostics
import ScenModel
import Testing

@testable import ScenEngine

@Suite struct TraceTextTests {
    private static func read(_ bytes: [UInt8]) -> TraceReader.Result {
        TraceReader.read(SourceFile(id: SourceID(9), path: "a.trace", bytes: bytes))
    }

    /// Every diagnostic has a place in the file.
    private static func check(_ bytes: [UInt8], _ result: TraceReader.Result) {
        #expect((result.trace == nil) == !result.diagnostics.isEmpty)
        for diagnostic in result.diagnostics {
            let span = diagnostic.span
            #expect(span.source == SourceID(9) && 0 <= span.start && span.start <= span.end && span.end <= bytes.count)
            #expect(diagnostic.code == .invalidTrace && diagnostic.severity == .error && !diagnostic.message.isEmpty)
        }
        if let trace = result.trace { #expect(result.places.count == trace.steps.count) }
        let source = SourceFile(id: SourceID(9), path: "a.trace", bytes: bytes)
        _ = DiagnosticRenderer(color: false, sources: [source]).render(result.diagnostics)
    }

    @Test func `what is written is read back`() throws {
        var generator = TraceGenerator(seed: 1)
        for _ in 0..<2_000 {
            let trace = generator.trace()
            let text = TraceWriter.text(trace)
            let result = Self.read(Array(text.utf8))
            #expect(result.diagnostics.map(\.message) == [])
            #expect(result.trace == trace)
            // And from a file whose lines end as on Windows.
            let windows = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
            #expect(Self.read(Array(windows.utf8)).trace == trace)
        }
    }

    @Test func `nothing that is broken traps`() {
        var generator = TraceGenerator(seed: 2)
        var refused = 0
        for _ in 0..<3_000 {
            var lines = TraceWriter.text(generator.trace()).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            for _ in 0...generator.below(3) {
                let at = generator.below(lines.count)
                switch generator.below(6) {
                case 0: lines.remove(at: at)
                case 1: lines.insert(lines[at], at: at)
                case 2: lines.swapAt(at, generator.below(lines.count))
                case 3:
                    lines[at] = lines[at].split(separator: " ").map {
                        $0.contains { $0.isNumber } && generator.isTrue() ? "99999999999999999999" : String($0)
                    }.joined(separator: " ")
                case 4: lines[at] = String(lines[at].prefix(generator.below(lines[at].count + 1)))
                default: lines[at] = lines[at].split(separator: " ").reversed().joined(separator: " ")
                }
                if lines.isEmpty { lines = [""] }
            }
            let bytes = Array(lines.joined(separator: "\n").utf8)
            let result = Self.read(bytes)
            Self.check(bytes, result)
            if result.trace == nil { refused += 1 }
        }
        #expect(refused > 1_000)
    }

    @Test func `bytes that are no text are refused with their place`() {
        var generator = TraceGenerator(seed: 3)
        for _ in 0..<1_000 {
            var bytes = Array(TraceWriter.text(generator.trace()).utf8)
            for _ in 0...generator.below(3) { bytes[generator.below(bytes.count)] = UInt8(generator.below(256)) }
            if generator.isTrue() { bytes = Array(bytes.prefix(generator.below(bytes.count + 1))) }
            Self.check(bytes, Self.read(bytes))
        }
        for bytes in [[], [0], [0xFF, 0xFE], Array("scen".utf8), Array("scen trace".utf8), Array("\n\n\n".utf8)] as [[UInt8]] {
            let result = Self.read(bytes)
            #expect(result.trace == nil)
            Self.check(bytes, result)
        }
    }

    private static let head = """
        scen trace 1
        scen: "0.1"
        file: "a.yaml"
        scenario: "A"
        digest: 0000000000000000
        seed: 1
        expectation: "e"
        expected: holds
        found: violated
        hash: 0000000000000000
        nodes: a b

        """

    @Test(arguments: [
        ("0s strt a", "there is no choice 'strt'", "strt"),
        ("0s start c", "the trace names no node 'c'", "c"),
        ("1.5 start a", "unexpected '1.5'", "1.5"),
        ("0s deliver 1 to a", "unexpected '1'", "1"),
        ("0s deliver #1 at a", "unexpected 'at'", "at"),
        ("0s start a, crash at point 1 reaching 2 1", "those that are reached are not in ascending order", "reaching"),
        ("0s start a, choose x", "unexpected 'x'", "x"),
        ("0s start a b", "more on the line than belongs there", "b"),
        ("4611686018427387904ns start a", "the number is too large", "4611686018427387904ns"),
        ("99999999999d start a", "the time is too large", "99999999999d"),
        ("0s end", "the line ends too early", "d"),
        ("#1 to b lost", "this message is sent in no step", "#1 to b lost"),
    ])
    func `says what is wrong and where`(_ line: String, _ message: String, _ place: String) throws {
        let text = Self.head + "\n" + line + "\n"
        let result = Self.read(Array(text.utf8))
        let diagnostic = try #require(result.diagnostics.first)
        #expect(diagnostic.message == message)
        let span = diagnostic.span
        #expect(String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self) == place)
    }

    @Test func `a trace says how it ends, and what it must`() {
        #expect(Self.read(Array(Self.head.utf8)).diagnostics.first?.message == "the trace stops before its run has ended")
        for key in ["digest", "seed", "hash", "nodes", "expectation", "found", "file"] {
            let text = Self.head.split(separator: "\n").filter { !$0.hasPrefix(key + ":") }.joined(separator: "\n")
            let result = Self.read(Array((text + "\n\n0s end quiescent\n").utf8))
            #expect(result.diagnostics.first?.message == "the trace does not say '\(key)'")
        }
        let newer = Self.read(Array("scen trace 2\nanything".utf8))
        #expect(newer.diagnostics.first?.message == "this trace has format 2, and this scen knows format 1 only")
    }
}
