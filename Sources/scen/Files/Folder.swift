import Glibc

/// What is in a folder, in the order of the bytes of the names.
struct Folder {
    enum Kind { case file, folder, other }
    struct Entry {
        /// With U+FFFD where it is not UTF-8.
        let name: String
        let isValidUTF8: Bool
        let kind: Kind
    }
    let entries: [Entry]

    init(_ path: String) throws(SystemError) {
        guard let stream = opendir(path) else { throw SystemError() }
        defer { closedir(stream) }
        var found: [(bytes: [UInt8], kind: Kind)] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw SystemError() }
                break
            }
            let name = Self.name(entry)
            if name == [UInt8(ascii: ".")] || name == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
            found.append((name, Self.kind(entry, name, in: stream)))
        }
        found.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        entries = found.map { bytes, kind in
            let name = String(validating: bytes, as: UTF8.self)
            return Entry(
                name: name ?? String(decoding: bytes, as: UTF8.self), isValidUTF8: name != nil, kind: kind)
        }
    }

    private static func name(_ entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: UInt8.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) { first in
                var length = 0
                while first[length] != 0 { length += 1 }
                return Array(UnsafeBufferPointer(start: first, count: length))
            }
        }
    }

    /// Links to files count as files; links to folders are not followed, so that every walk ends.
    private static func kind(
        _ entry: UnsafeMutablePointer<dirent>, _ name: [UInt8], in stream: OpaquePointer
    ) -> Kind {
        switch Int(entry.pointee.d_type) {
        case Int(DT_REG): return .file
        case Int(DT_DIR): return .folder
        case Int(DT_LNK), Int(DT_UNKNOWN): break
        default: return .other
        }
        var status = stat()
        let terminated = name.map { CChar(bitPattern: $0) } + [0]
        guard fstatat(dirfd(stream), terminated, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .other }
        if status.st_mode & S_IFMT == S_IFDIR { return .folder }
        if status.st_mode & S_IFMT == S_IFLNK {
            // A link that leads nowhere is taken for a file, so that it is reported and not passed over.
            guard fstatat(dirfd(stream), terminated, &status, 0) == 0 else { return .file }
        }
        return status.st_mode & S_IFMT == S_IFREG ? .file : .other
    }
}
