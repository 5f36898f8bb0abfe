import Glibc
import ScenDiagnostics
import ScenLanguage
import ScenModel
import ScenReport

/// One input of libFuzzer: any bytes are read, checked and compiled, and everything that is said of them has a place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let loaded = ScenarioLoader.load(path: "fuzz.yaml", bytes: bytes)
    for diagnostic in loaded.diagnostics {
        demandPlace(of: diagnostic.span, in: loaded.sources, diagnostic.code.rawValue)
        for note in diagnostic.notes {
            if let span = note.span { demandPlace(of: span, in: loaded.sources, diagnostic.code.rawValue) }
        }
    }
    _ = DiagnosticRenderer(color: true, sources: loaded.sources).render(loaded.diagnostics)
    if loaded.hasErrors {
        demand(loaded.cases.isEmpty, "there are cases in spite of errors")
    } else {
        demand(loaded.title != nil, "no error, and no title")
        for typed in loaded.cases.prefix(3) { _ = Compiler.compile(typed) }
    }
    return 0
}

private func demandPlace(of span: SourceSpan, in sources: [SourceFile], _ code: String) {
    guard let source = sources.first(where: { $0.id == span.source }) else {
        return demand(false, "\(code): a place in no file")
    }
    demand(
        0 <= span.start && span.start <= span.end && span.end <= source.bytes.count,
        "\(code): \(span.start)..<\(span.end) is outside of the file")
}

private func demand(_ condition: Bool, _ message: String) {
    guard !condition else { return }
    var line = "scen-fuzz: \(message)\n"
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    abort()
}
