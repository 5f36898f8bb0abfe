import Foundation
import Testing

/// The `scen` that was built beside these tests, run as a user runs it.
struct ScenProcess {
    var status: Int32
    var out: String
    var err: String

    /// The debug build, or what `SCEN_BINARY` names.
    static let binary: URL = {
        if let named = ProcessInfo.processInfo.environment["SCEN_BINARY"] { return URL(filePath: named) }
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "scen")
    }()

    /// `make test` names it, so that both builds can be compared.
    static let release = ProcessInfo.processInfo.environment["SCEN_RELEASE"].map { URL(filePath: $0) }

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @discardableResult
    static func run(
        _ arguments: String..., in folder: URL = root, input: String? = nil,
        environment: [String: String] = [:], binary: URL = binary
    ) throws -> ScenProcess {
        try run(arguments, in: folder, input: input, environment: environment, binary: binary)
    }

    static func run(
        _ arguments: [String], in folder: URL = root, input: String? = nil,
        environment: [String: String] = [:], binary: URL = binary
    ) throws -> ScenProcess {
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let scratch = FileManager.default.temporaryDirectory.appending(path: "scen-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files, not pipes: nothing has to be read while the process runs.
        let streams = try ["in", "out", "err"].map { name in
            let file = scratch.appending(path: name)
            try Data((name == "in" ? input ?? "" : "").utf8).write(to: file)
            return file
        }
        process.standardInput = try FileHandle(forReadingFrom: streams[0])
        process.standardOutput = try FileHandle(forWritingTo: streams[1])
        process.standardError = try FileHandle(forWritingTo: streams[2])
        try process.run()
        process.waitUntilExit()
        return ScenProcess(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            out: String(decoding: try Data(contentsOf: streams[1]), as: UTF8.self),
            err: String(decoding: try Data(contentsOf: streams[2]), as: UTF8.self))
    }
}

/// A folder of files that is gone when the test ends.
final class Scratch {
    let folder: URL

    init(_ files: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "scen-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (path, text) in files { try write(text, to: path) }
    }

    func write(_ text: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
    }

    func run(_ arguments: String..., input: String? = nil, environment: [String: String] = [:]) throws -> ScenProcess {
        try ScenProcess.run(arguments, in: folder, input: input, environment: environment)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
