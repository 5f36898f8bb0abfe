import Glibc
import ScenDiagnostics

/// Which file it is, whatever it is called.
struct FileIdentity: Hashable {
    let device: UInt
    let inode: UInt

    init(_ status: stat) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }

    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

enum FileReading {
    /// Far more than any scenario has, and little enough to be read without a thought.
    private static let bytesMax = 16 << 20

    /// A regular file, or `-` for standard input.
    static func read(_ path: String) -> Result<[UInt8], Failure> {
        if path == "-" { return read(descriptor: STDIN_FILENO, path: "standard input", sizeHint: 0) }
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return .failure(.init(.cannotRead(path, reason: SystemError().reason))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            return .failure(.init(.cannotRead(path, reason: SystemError().reason)))
        }
        if let kind = special(status.st_mode) { return .failure(.init(.notAFile(path, is: kind))) }
        return read(descriptor: descriptor, path: path, sizeHint: Int(status.st_size))
    }

    struct Failure: Error {
        let diagnostic: Diagnostic
        init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
    }

    private static func special(_ mode: mode_t) -> String? {
        switch mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: "a folder"
        case S_IFIFO: "a pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }

    private static func read(
        descriptor: Int32, path: String, sizeHint: Int
    ) -> Result<[UInt8], Failure> {
        guard sizeHint <= bytesMax else { return .failure(.init(.fileTooLarge(path, bytesMax: bytesMax))) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(sizeHint)
        var buffer = [UInt8](repeating: 0, count: min(max(sizeHint + 1, 4_096), 1 << 16))
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return .success(bytes) }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(.init(.cannotRead(path, reason: SystemError().reason)))
            }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= bytesMax else {
                return .failure(.init(.fileTooLarge(path, bytesMax: bytesMax)))
            }
        }
    }
}
