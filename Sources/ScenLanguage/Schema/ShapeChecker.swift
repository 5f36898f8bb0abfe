import ScenDiagnostics

/// Checks a document against the table of keys and gives back what of it is sound: unknown keys and values of a wrong
/// kind are reported and left out, so that nothing is complained about twice. What this version does not carry out
/// yet is reported and stays.
struct ShapeChecker {
    /// What is being checked, for messages.
    struct Subject {
        /// "'network'", "an item of 'tags'"
        var name: String
        /// Of the key above it; shown where the value has no place of its own.
        var key: SourceSpan?
        /// True inside something that is refused as not supported, which is said once.
        var quiet: Bool

        var item: Subject { Subject(name: "an item of \(name)", key: nil, quiet: quiet) }
    }

    let parameters: Set<String>
    var bag = DiagnosticBag()
    /// Names of the user's that were left out with what stands under them.
    var refused: Set<String> = []

    init(parameters: Set<String>) {
        self.parameters = parameters
    }

    mutating func root(_ node: YAMLNode) -> YAMLNode? {
        check(node, against: .section(KeyTable.root), Subject(name: "a scenario", key: nil, quiet: false))
    }

    mutating func check(_ node: YAMLNode, against shape: Shape, _ subject: Subject) -> YAMLNode? {
        if case .anything = shape { return node }
        if case .scalar(let scalar) = node.kind {
            return check(scalar, node, against: shape, subject)
        }
        if let split = FlowSplit.check(node) {
            bag.report(split)
            return nil
        }
        switch node.kind {
        case .scalar: return nil
        case .sequence(let items, let flow):
            guard let list = shape.list else { return wrongKind(node, shape, subject) }
            let kept = check(items, against: list, at: node.span, subject)
            return kept.map { YAMLNode(.sequence($0, flow: flow), at: node.span) }
        case .mapping(let entries, let flow):
            guard let mapping = shape.mapping(for: entries) else { return wrongKind(node, shape, subject) }
            let kept: [YAMLEntry]?
            switch mapping {
            case .section(let section): kept = check(entries, against: section, at: node.span, subject)
            case .entries(let names): kept = check(entries, against: names, at: node.span, subject)
            }
            return kept.map { YAMLNode(.mapping($0, flow: flow), at: node.span) }
        }
    }

    private mutating func check(
        _ scalar: YAMLScalar, _ node: YAMLNode, against shape: Shape, _ subject: Subject
    ) -> YAMLNode? {
        guard !Wording.isBlank(scalar.text), let text = shape.text else { return wrongKind(node, shape, subject) }
        return check(scalar, against: text, expected: Wording.expected(shape), subject) ? node : nil
    }

    private mutating func wrongKind(_ node: YAMLNode, _ shape: Shape, _ subject: Subject) -> YAMLNode? {
        refuseNames(in: node)
        var span = node.span
        var hint: String?
        switch node.kind {
        case .scalar(let scalar):
            if Wording.isBlank(scalar.text) { span = subject.key ?? node.span }
        case .sequence(_, flow: true), .mapping(_, flow: true):
            if case .value? = shape.text?.kind {
                hint = "an expression that begins with [ or { stands in quotes: \"[1, 2]\""
            }
        case .sequence, .mapping:
            // A whole block is no place to point at.
            span = subject.key ?? node.firstPlace
            if shape.text?.isCode ?? false { hint = "code stands after '|', on the lines below" }
        }
        bag.report(
            .wrongKind(
                subject.name, is: Wording.kind(node), expected: Wording.expected(shape), at: span, hint: hint))
        return nil
    }

    private mutating func check(
        _ items: [YAMLNode], against list: ListShape, at span: SourceSpan, _ subject: Subject
    ) -> [YAMLNode]? {
        guard list.count.contains(items.count) else {
            if items.isEmpty {
                bag.report(.wrongKind(subject.name, is: "an empty list", expected: list.expected, at: span))
            } else {
                bag.report(
                    .wrongCount(
                        subject.name, has: items.count, expected: list.expected, at: subject.key ?? span))
            }
            return nil
        }
        var kept: [YAMLNode] = []
        var first: [String: SourceSpan] = [:]
        for item in items {
            guard let sound = check(item, against: list.item, subject.item) else { continue }
            if list.distinct, case .scalar(let scalar) = sound.kind {
                if let before = first[scalar.text] {
                    bag.report(.duplicateName(scalar.text, at: scalar.span, first: before))
                    continue
                }
                first[scalar.text] = scalar.span
            }
            kept.append(sound)
        }
        return kept.count < list.count.lowerBound ? nil : kept
    }

    mutating func check(
        _ entries: [YAMLEntry], against names: Entries, at span: SourceSpan, _ subject: Subject
    ) -> [YAMLEntry]? {
        if names.atLeastOne, entries.isEmpty {
            bag.report(.wrongKind(subject.name, is: "an empty mapping", expected: names.expected, at: span))
            return nil
        }
        let kept = entries.compactMap { checkNamed($0, names, subject) }
        return names.whole && kept.count < entries.count ? nil : kept
    }

    /// An entry whose key is a name of the user's.
    mutating func checkNamed(_ entry: YAMLEntry, _ names: Entries, _ subject: Subject) -> YAMLEntry? {
        let isSound =
            switch names.naming {
            case .name(let rule): check(entry.key, against: rule)
            case .free, .functionHeader: checkNotBlank(entry.key, subject)
            }
        let inner = Subject(name: "'\(entry.key.text)'", key: entry.key.span, quiet: subject.quiet)
        guard let value = check(entry.value, against: names.value, inner), isSound else {
            refused.insert(entry.key.text)
            return nil
        }
        return YAMLEntry(key: entry.key, value: value)
    }

    /// What stands under a key that is unknown or of a wrong kind may well be names: `state: [hits]`.
    mutating func refuseNames(in node: YAMLNode) {
        for item in node.items ?? [] {
            if let text = item.scalar?.text { refused.insert(text) }
        }
        for entry in node.entries ?? [] { refused.insert(entry.key.text) }
    }

    private mutating func checkNotBlank(_ key: YAMLScalar, _ subject: Subject) -> Bool {
        guard Wording.isBlank(key.text) else { return true }
        bag.report(.wrongKind("a key in \(subject.name)", is: "empty", expected: "a name", at: key.span))
        return false
    }
}

extension YAMLNode {
    /// The first key or item.
    var firstPlace: SourceSpan {
        switch kind {
        case .scalar: span
        case .sequence(let items, _): items.first?.firstPlace ?? span
        case .mapping(let entries, _): entries.first?.key.span ?? span
        }
    }
}
