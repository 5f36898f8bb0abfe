/// One text that was read, with what is needed to name places in it.
package final class SourceFile: Sendable {
    package let id: SourceID
    /// As the user wrote it on the command line, or a name in angle brackets for built-in texts.
    package let path: String
    package let bytes: [UInt8]
    /// Byte offset of the first byte of every line; the first is 0.
    package let lineStarts: [Int]

    package init(id: SourceID, path: String, bytes: [UInt8]) {
        self.id = id
        self.path = path
        self.bytes = bytes
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            var offset = 0
            while offset < bytes.count {
                if bytes[offset] == UInt8(ascii: "\n") { starts.append(offset + 1) }
                offset += 1
            }
        }
        self.lineStarts = starts
    }

    package convenience init(id: SourceID = .scenario, path: String, text: String) {
        self.init(id: id, path: path, bytes: Array(text.utf8))
    }
}
