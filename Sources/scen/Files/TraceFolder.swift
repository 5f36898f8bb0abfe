import Glibc
import ScenModel
import ScenReport

/// Where `scen run --traces FOLDER` writes traces: `FILE.PARAMETERS.EXPECTATION.trace`, with what a file's name may have.
struct TraceFolder: Sendable {
    private let path: String
    private var names: Set<String> = []
    /// Far below what file systems allow.
    private static let partMax = 60

    /// Makes the folder, and those above it, where it is not there.
    init(_ path: String) throws(OutputFile.Failure) {
        guard !path.isEmpty else { throw OutputFile.Failure(message: "an empty text is not a folder for traces") }
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part + "/"
            if mkdir(made, 0o755) != 0, errno != EEXIST {
                throw OutputFile.Failure(message: "cannot make the folder '\(path)': \(SystemError().reason)")
            }
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw OutputFile.Failure(message: "cannot write traces to '\(path)': it is no folder")
        }
        self.path = path.hasSuffix("/") ? path : path + "/"
    }

    /// The traces of one case. The stories then say where theirs is.
    mutating func write(_ report: inout CaseReport, of origin: Trace.Origin) throws(OutputFile.Failure) {
        for index in report.expectations.indices {
            let each = report.expectations[index]
            guard let trace = each.trace else { continue }
            report.expectations[index].story?.traceFile = try write(trace, of: origin, as: each.expectation.name)
        }
        if let trace = report.failure?.trace {
            report.failure?.story?.traceFile = try write(trace, of: origin, as: "error")
        }
    }

    private mutating func write(
        _ trace: Trace, of origin: Trace.Origin, as what: String
    ) throws(OutputFile.Failure) -> String {
        var trace = trace
        trace.origin = origin
        let file = origin.file.split(separator: "/").last.map(String.init) ?? ""
        let stem = file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file.hasSuffix(".yml") ? String(file.dropLast(4)) : file
        let values = trace.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        let parts = [stem, values, what].map(Self.plain).filter { !$0.isEmpty }
        let name = path + fresh(parts.joined(separator: ".")) + ".trace"
        let output = try OutputFile(path: name, sparing: [origin.file])
        try output.write(TraceWriter.text(trace))
        return name
    }

    /// Of several that would have the same name each has its own.
    private mutating func fresh(_ name: String) -> String {
        var candidate = name
        var number = 2
        while !names.insert(candidate).inserted {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }

    private static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "=", ",", "_": plain.unicodeScalars.append(scalar)
            default: if !plain.isEmpty, plain.last != "-" { plain += "-" }
            }
            if plain.utf8.count >= partMax { break }
        }
        while plain.last == "-" { plain.removeLast() }
        return plain
    }
}
