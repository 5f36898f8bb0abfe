import Glibc
import ScenDiagnostics

/// From what stands on the command line to files, in its order; what a folder or a pattern stands for is in the order of
/// the bytes of the paths. A file that is named twice is taken once.
struct ScenarioPaths {
    enum Item {
        case file(String)
        case problem(path: String, Diagnostic)
    }
    private(set) var items: [Item] = []
    private var seen: Set<FileIdentity> = []

    /// A walk goes no deeper, whatever a file system makes up.
    private static let depthMax = 64

    init(_ arguments: [String]) {
        for argument in arguments { add(argument) }
    }

    private mutating func add(_ argument: String) {
        if argument == "-" {
            items.append(.file("-"))
        } else if argument.isEmpty {
            problem(argument, .emptyPath())
        } else if Self.exists(argument) {
            addExisting(argument)
        } else if let glob = Glob(argument) {
            let matches = glob.matches()
            if matches.isEmpty { problem(argument, .globMatchesNothing(argument)) }
            for match in matches { addExisting(match) }
        } else {
            problem(argument, missing(argument))
        }
    }

    private mutating func problem(_ path: String, _ diagnostic: Diagnostic) {
        items.append(.problem(path: path, diagnostic))
    }

    /// Links that lead nowhere exist too: reading them says what is wrong.
    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private mutating func addExisting(_ path: String) {
        guard Self.isFolder(path) else {
            addFile(path)
            return
        }
        let before = items.count
        let known = seen.count
        var files: [String] = []
        var problems: [Item] = []
        collect(path, depth: 0, into: &files, problems: &problems)
        files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for file in files { addFile(file) }
        items += problems
        if items.count == before, seen.count == known, files.isEmpty { problem(path, .noScenarios(in: path)) }
    }

    private mutating func addFile(_ path: String) {
        if let identity = FileIdentity(path: path), !seen.insert(identity).inserted { return }
        items.append(.file(path))
    }

    private func collect(_ path: String, depth: Int, into files: inout [String], problems: inout [Item]) {
        let folder: Folder
        do { folder = try Folder(path) } catch {
            problems.append(.problem(path: path, .cannotRead(path, reason: error.reason)))
            return
        }
        for entry in folder.entries where !entry.name.hasPrefix(".") {
            let whole = Self.join(path, entry.name)
            let isScenario = entry.name.hasSuffix(".yaml") || entry.name.hasSuffix(".yml")
            if !entry.isValidUTF8 {
                if isScenario || entry.kind == .folder {
                    problems.append(.problem(path: whole, .pathNotUTF8(whole)))
                }
            } else if entry.kind == .folder {
                if depth < Self.depthMax { collect(whole, depth: depth + 1, into: &files, problems: &problems) }
            } else if entry.kind == .file, isScenario {
                files.append(whole)
            }
        }
    }

    static func join(_ folder: String, _ name: String) -> String {
        if folder == "." { return name }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    private func missing(_ path: String) -> Diagnostic {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { path[...$0] }.map(String.init) ?? ""
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let siblings = (try? Folder(folder.isEmpty ? "." : folder))?.entries.map(\.name) ?? []
        return .noSuchFile(path, nearest: Suggestion.nearest(name, among: siblings).map { folder + $0 })
    }
}
