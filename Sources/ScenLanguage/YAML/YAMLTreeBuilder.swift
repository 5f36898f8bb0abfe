import CYAML
import ScenDiagnostics

/// Turns libyaml's events into nodes; aliases are expanded on the way.
struct YAMLTreeBuilder {
    /// A finished node with what it adds to the limits.
    struct Part {
        var node: YAMLNode
        /// Nodes in it, itself included.
        var count: Int
        /// Levels of collections in it: 0 for a scalar.
        var height: Int
    }

    /// A sequence or mapping that is still open.
    struct Frame {
        var isMapping: Bool
        var flow: Bool
        var start: Int
        /// The end of what was read of it so far.
        var end: Int
        var anchor: String?
        var items: [YAMLNode] = []
        var entries: [YAMLEntry] = []
        var key: Key = .expected
        var places = KeyPlaces()
        var count = 1
        var height = 1
    }

    /// Where a mapping stands between two nodes.
    enum Key {
        case expected
        case read(YAMLScalar)
        /// A key that was refused: its value is read and dropped.
        case refused
    }

    enum Anchor {
        case open
        case complete(Part)
    }

    let text: YAMLText
    let source: SourceID
    private(set) var diagnostics: [Diagnostic] = []
    private var frames: [Frame] = []
    private var anchors: [String: Anchor] = [:]
    /// The first of them, in order: candidates for what a wrong alias meant. Comparing with all could take minutes.
    private var anchorNames: [String] = []
    private static let anchorNamesMax = 50
    private var root: Part?
    private var count = 0
    private var stopped = false
    private var last: YAMLScalar?

    init(_ text: YAMLText, _ source: SourceID) {
        self.text = text
        self.source = source
    }

    /// Nil after a mistake that leaves nothing to go on with.
    mutating func read(from start: Int) -> YAMLNode? {
        let parser = YAMLEventParser(text.bytes, from: start)
        var documentEnd: Int?
        while documentEnd == nil, !stopped {
            var event = yaml_event_t()
            guard parser.next(&event) else {
                diagnostics.append(
                    YAMLProblem(
                        failure: parser.failure, text: text, source: source, last: last,
                        key: frames.last?.entries.last?.key
                    ).diagnostic)
                return nil
            }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { break }
            if event.type == YAML_DOCUMENT_END_EVENT {
                documentEnd = parser.offset(event.start_mark)
            } else {
                take(event, parser.offset(event.start_mark), parser.offset(event.end_mark))
            }
        }
        if stopped { return nil }
        if let documentEnd, let leftover = YAMLProblem.afterDocument(documentEnd, text, source) {
            diagnostics.append(leftover)
            return nil
        }
        if case .scalar(let scalar)? = root?.node.kind, scalar.text.isEmpty, scalar.style == .plain {
            root = nil
        }
        guard let root else {
            if diagnostics.isEmpty { diagnostics.append(.emptyFile(at: place(start, start))) }
            return nil
        }
        return root.node
    }

    private func place(_ start: Int, _ end: Int) -> SourceSpan { SourceSpan(source, start, end) }

    private mutating func stop(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        stopped = true
    }

    private mutating func take(_ event: yaml_event_t, _ start: Int, _ end: Int) {
        switch event.type {
        case YAML_SCALAR_EVENT: scalar(event.data.scalar, start, end)
        case YAML_ALIAS_EVENT: alias(String(cString: event.data.alias.anchor), at: place(start, end))
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            open(
                isMapping: false, flow: data.style == YAML_FLOW_SEQUENCE_STYLE, start, end, data.anchor, data.tag)
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            open(isMapping: true, flow: data.style == YAML_FLOW_MAPPING_STYLE, start, end, data.anchor, data.tag)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: close(end)
        default: break
        }
    }

    // MARK: Nodes

    private mutating func scalar(
        _ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, _ start: Int, _ end: Int
    ) {
        let (anchor, begin) = properties(data.anchor, data.tag, start, end)
        let style: YAMLScalar.Style =
            switch data.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: .plain
            }
        let content = UnsafeBufferPointer(start: data.value, count: data.length)
        let pieces = ScalarPieces.find(style, of: content, in: text, from: begin, to: end)
        let scalar = YAMLScalar(
            text: String(decoding: content, as: UTF8.self), style: style,
            span: place(begin, scalarEnd(style, begin, end, pieces, count: content.count)),
            pieces: pieces)
        last = scalar
        let part = Part(node: YAMLNode(.scalar(scalar), at: scalar.span), count: 1, height: 0)
        if let anchor { name(anchor, .complete(part)) }
        add(part)
    }

    /// libyaml ends a block scalar where the next thing begins; its place ends with its last line of content.
    private func scalarEnd(
        _ style: YAMLScalar.Style, _ start: Int, _ end: Int, _ pieces: [YAMLScalar.Piece], count: Int
    ) -> Int {
        guard style == .literal || style == .folded else { return end }
        guard let last = pieces.last else { return min(text.endOfWords(start), end) }
        let offset = last.file + (count - 1 - last.content)
        return min(text.isEndOfLine(offset) ? offset : offset + 1, end)
    }

    private mutating func open(
        isMapping: Bool, flow: Bool, _ start: Int, _ end: Int, _ anchor: UnsafeMutablePointer<UInt8>?,
        _ tag: UnsafeMutablePointer<UInt8>?
    ) {
        let (name, begin) = properties(anchor, tag, start, end)
        guard frames.count < YAMLReader.depthMax else {
            return stop(.nestingTooDeep(levelsMax: YAMLReader.depthMax, at: place(begin, begin + 1)))
        }
        if let name { self.name(name, .open) }
        frames.append(Frame(isMapping: isMapping, flow: flow, start: begin, end: begin, anchor: name))
    }

    private mutating func close(_ end: Int) {
        guard let frame = frames.popLast() else { return }
        let bracket: UInt8 = frame.isMapping ? Ascii.openBrace : Ascii.openBracket
        // `[a: b]` makes a mapping without braces, and block collections end with their last node.
        let end = frame.flow && text[frame.start] == bracket ? end : frame.end
        let kind: YAMLNode.Kind =
            frame.isMapping
            ? .mapping(frame.entries, flow: frame.flow) : .sequence(frame.items, flow: frame.flow)
        let part = Part(
            node: YAMLNode(kind, at: place(frame.start, end)), count: frame.count, height: frame.height)
        if let anchor = frame.anchor { anchors[anchor] = .complete(part) }
        add(part)
    }

    private mutating func alias(_ name: String, at span: SourceSpan) {
        switch anchors[name] {
        case nil:
            diagnostics.append(
                .unknownAlias(name, at: span, nearest: Suggestion.nearest(name, among: anchorNames)))
            add(Part(node: empty(at: span), count: 1, height: 0))
        case .open:
            stop(.recursiveAlias(name, at: span))
        case .complete(var part):
            guard part.count <= YAMLReader.nodesMax - count else {
                return stop(.aliasesTooLarge(name, nodesMax: YAMLReader.nodesMax, at: span))
            }
            guard frames.count + part.height <= YAMLReader.depthMax else {
                return stop(.nestingTooDeep(levelsMax: YAMLReader.depthMax, at: span))
            }
            part.node.span = span
            // Its nodes were counted where they stand; here they count once more.
            count += part.count - 1
            add(part)
        }
    }

    private func empty(at span: SourceSpan) -> YAMLNode {
        YAMLNode(.scalar(YAMLScalar(text: "", style: .plain, span: span, pieces: [])), at: span)
    }

    // MARK: Joining

    private mutating func add(_ part: Part) {
        count += 1
        if count > YAMLReader.nodesMax {
            return stop(.tooManyNodesInFile(nodesMax: YAMLReader.nodesMax, at: part.node.span))
        }
        guard let top = frames.indices.last else {
            root = part
            return
        }
        frames[top].end = max(frames[top].end, part.node.span.end)
        frames[top].count += part.count
        frames[top].height = max(frames[top].height, part.height + 1)
        guard frames[top].isMapping else {
            frames[top].items.append(part.node)
            return
        }
        switch frames[top].key {
        case .expected: frames[top].key = key(part.node, of: top)
        case .refused: frames[top].key = .expected
        case .read(let key):
            frames[top].entries.append(YAMLEntry(key: key, value: part.node))
            frames[top].key = .expected
        }
    }

    private mutating func key(_ node: YAMLNode, of frame: Int) -> Key {
        guard case .scalar(let scalar) = node.kind else {
            diagnostics.append(.collectionAsKey(at: node.span, braces: text[node.span.start] == Ascii.openBrace))
            return .refused
        }
        if let first = frames[frame].places.insert(scalar.text, at: node.span) {
            diagnostics.append(.duplicateKey(scalar.text, at: node.span, first: first))
            return .refused
        }
        return .read(scalar)
    }

    // MARK: Anchors and tags

    /// The latest node with an anchor's name is the one that aliases repeat.
    private mutating func name(_ anchor: String, _ node: Anchor) {
        if anchors.updateValue(node, forKey: anchor) == nil, anchorNames.count < Self.anchorNamesMax {
            anchorNames.append(anchor)
        }
    }

    /// The anchor's name, and where the node itself begins. A tag is refused and then left out of account.
    private mutating func properties(
        _ anchor: UnsafeMutablePointer<UInt8>?, _ tag: UnsafeMutablePointer<UInt8>?, _ start: Int, _ end: Int
    ) -> (name: String?, begin: Int) {
        if anchor == nil, tag == nil { return (nil, start) }
        var begin = start
        while text[begin] == UInt8(ascii: "&") || text[begin] == UInt8(ascii: "!") {
            let last = endOfProperty(begin)
            if text[begin] == UInt8(ascii: "!") {
                diagnostics.append(.tag(text.string(begin, last), at: place(begin, last)))
            }
            let next = text.skipToToken(last)
            // A node that is empty stands where its anchor ends.
            begin = next <= end ? next : last
            if begin >= end { break }
        }
        return (anchor.map { String(cString: $0) }, begin)
    }

    private func endOfProperty(_ start: Int) -> Int {
        var end = start + 1
        if text[start] == UInt8(ascii: "&") {
            while text.isAnchorCharacter(end) { end += 1 }
            return end
        }
        let flow = frames.last?.flow ?? false
        while end < text.bytes.count, !text.isBlank(end), text.breakLength(end) == 0 {
            let byte = text[end]
            if flow, byte == Ascii.comma || byte == Ascii.closeBracket || byte == Ascii.closeBrace { break }
            end += 1
        }
        return end
    }
}
