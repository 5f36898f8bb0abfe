import Glibc

/// A pattern that the shell has left to us: `*`, `?` and `[..]` within a name, `**` for any folders.
struct Glob {
    private let parts: [String]
    private let absolute: Bool

    /// Nil if nothing in it is a pattern.
    init?(_ pattern: String) {
        guard pattern.contains(where: { "*?[".contains($0) }) else { return nil }
        absolute = pattern.hasPrefix("/")
        parts = pattern.split(separator: "/").map(String.init)
    }

    /// Paths, in the order of their bytes.
    func matches() -> [String] {
        var found: Set<String> = []
        walk(absolute ? "/" : ".", parts[...], depth: 0, into: &found)
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static let depthMax = 64

    private func walk(_ folder: String, _ parts: ArraySlice<String>, depth: Int, into found: inout Set<String>) {
        guard let part = parts.first, depth < Self.depthMax else { return }
        let rest = parts.dropFirst()
        if part == "**" {
            // Zero folders, or one more; at the end of a pattern it stands for every file.
            walk(folder, rest.isEmpty ? ["*"] : rest, depth: depth, into: &found)
        }
        if part == "." || part == ".." {
            step(ScenarioPaths.join(folder, part), rest, isFolder: true, depth: depth, into: &found)
            return
        }
        guard let entries = try? Folder(folder).entries else { return }
        for entry in entries where entry.isValidUTF8 {
            let whole = ScenarioPaths.join(folder, entry.name)
            let isFolder = entry.kind == .folder
            if part == "**" {
                if isFolder, !entry.name.hasPrefix(".") { walk(whole, parts, depth: depth + 1, into: &found) }
            } else if fnmatch(part, entry.name, FNM_PERIOD) == 0 {
                step(whole, rest, isFolder: isFolder, depth: depth, into: &found)
            }
        }
    }

    private func step(
        _ path: String, _ rest: ArraySlice<String>, isFolder: Bool, depth: Int, into found: inout Set<String>
    ) {
        if rest.isEmpty {
            found.insert(path)
        } else if isFolder {
            walk(path, rest, depth: depth + 1, into: &found)
        }
    }
}
