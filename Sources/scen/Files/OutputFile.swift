import Glibc

/// Where a report goes: standard output, or a file.
struct OutputFile: ~Copyable {
    struct Failure: Error { let message: String }

    private let descriptor: Int32
    private let name: String
    let isStandardOutput: Bool

    static var standardOutput: OutputFile {
        OutputFile(descriptor: STDOUT_FILENO, name: "standard output", isStandardOutput: true)
    }

    private init(descriptor: Int32, name: String, isStandardOutput: Bool) {
        self.descriptor = descriptor
        self.name = name
        self.isStandardOutput = isStandardOutput
    }

    /// Empties the file, unless it is one of those to be read.
    init(path: String, sparing inputs: [String]) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o644)
        guard descriptor >= 0 else { throw Failure(message: "cannot write '\(path)': \(SystemError().reason)") }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            let identity = FileIdentity(status)
            if inputs.contains(where: { FileIdentity(path: $0) == identity }) {
                close(descriptor)
                throw Failure(message: "cannot write '\(path)': it is one of the scenarios")
            }
            guard ftruncate(descriptor, 0) == 0 else {
                let reason = SystemError().reason
                close(descriptor)
                throw Failure(message: "cannot write '\(path)': \(reason)")
            }
        }
        self.init(descriptor: descriptor, name: "'\(path)'", isStandardOutput: false)
    }

    deinit {
        if !isStandardOutput { close(descriptor) }
    }

    func write(_ text: String) throws(Failure) {
        if let error = DescriptorWriting.write(text, to: descriptor) {
            throw Failure(message: "cannot write \(name): \(error.reason)")
        }
    }
}

enum DescriptorWriting {
    /// Everything, however often the system takes only a part.
    @discardableResult
    static func write(_ text: String, to descriptor: Int32) -> SystemError? {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                } else if errno == EAGAIN {
                    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&waiting, 1, -1)
                } else if errno != EINTR {
                    return SystemError()
                }
            }
            return nil
        }
    }
}
