import CYAML

/// libyaml's parser over bytes that must outlive it, with places as byte offsets.
struct YAMLEventParser: ~Copyable {
    /// What libyaml says about a syntax error; the offsets are those of the whole text.
    struct Failure {
        var problem: String
        var problemOffset: Int
        var context: String
        var contextOffset: Int
    }

    /// libyaml keeps pointers into it.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let usable: Bool
    private let offsets: CharacterOffsets

    /// `start` is where the document begins: behind a byte order mark. The text is not empty.
    init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
        parser = .allocate(capacity: 1)
        usable = yaml_parser_initialize(parser) == 1
        offsets = CharacterOffsets(text, from: start)
        guard usable else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        precondition(!text.isEmpty)
        if let base = text.baseAddress {
            yaml_parser_set_input_string(parser, base + start, text.count - start)
        }
    }

    deinit {
        if usable { yaml_parser_delete(parser) }
        parser.deallocate()
    }

    /// False at a syntax error; the caller deletes the event.
    func next(_ event: inout yaml_event_t) -> Bool {
        usable && yaml_parser_parse(parser, &event) == 1
    }

    func offset(_ mark: yaml_mark_t) -> Int { offsets.offset(of: mark.index) }

    var failure: Failure {
        guard usable else { return Failure(problem: "", problemOffset: 0, context: "", contextOffset: 0) }
        let error = parser.pointee
        return Failure(
            problem: error.problem.map { String(cString: $0) } ?? "",
            problemOffset: error.error == YAML_READER_ERROR
                ? offsets.start + error.problem_offset : offset(error.problem_mark),
            context: error.context.map { String(cString: $0) } ?? "",
            contextOffset: offset(error.context_mark))
    }
}

/// libyaml counts code points; places are byte offsets.
struct CharacterOffsets {
    private static let stride = 64

    let start: Int
    private let text: UnsafeBufferPointer<UInt8>
    /// The byte offset of every 64th code point; empty if the text is ASCII.
    private let checkpoints: [Int]

    init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
        self.text = text
        self.start = start
        var checkpoints: [Int] = []
        if text[start...].contains(where: { $0 >= 0x80 }) {
            var count = 0
            for offset in start..<text.count where text[offset] & 0xC0 != 0x80 {
                if count % Self.stride == 0 { checkpoints.append(offset) }
                count += 1
            }
        }
        self.checkpoints = checkpoints
    }

    func offset(of index: Int) -> Int {
        if checkpoints.isEmpty { return min(start + index, text.count) }
        let checkpoint = index / Self.stride
        guard checkpoint < checkpoints.count else { return text.count }
        var offset = checkpoints[checkpoint]
        var left = index % Self.stride
        while offset < text.count {
            if text[offset] & 0xC0 != 0x80 {
                if left == 0 { return offset }
                left -= 1
            }
            offset += 1
        }
        return offset
    }
}
