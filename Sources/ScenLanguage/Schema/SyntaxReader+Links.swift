import ScenDiagnostics

/// Links, rates, rules.
extension SyntaxReader {
    mutating func topology(_ node: YAMLNode?) -> ScenarioSyntax.Topology? {
        guard let node else { return nil }
        if node.scalar != nil { return word(node).map { .word($0) } }
        guard let edges = node["edges"]?.items else { return nil }
        let links = edges.compactMap { link($0) }
        return links.count == edges.count ? .edges(links, node.span) : nil
    }

    mutating func adversary(_ node: YAMLNode?) -> ScenarioSyntax.Adversary? {
        guard let node else { return nil }
        let words = node.items.map { $0.compactMap { word($0) } } ?? [word(node)].compactMap { $0 }
        return ScenarioSyntax.Adversary(powers: words, span: node.span)
    }

    /// Nodes have names with hyphens, so a link is no expression.
    mutating func link(_ node: YAMLNode?) -> ScenarioSyntax.Link? {
        guard let scalar = node?.scalar else { return nil }
        let bytes = Array(scalar.text.utf8)
        for (arrow, both) in [("<->", true), ("->", false)] {
            guard let range = bytes.firstRange(of: Array(arrow.utf8)) else { continue }
            guard let from = linkEnd(scalar, bytes, 0, range.lowerBound),
                let to = linkEnd(scalar, bytes, range.upperBound, bytes.count)
            else { return nil }
            return ScenarioSyntax.Link(from: from, to: to, both: both, span: scalar.contentPlace)
        }
        bag.report(.notALink(scalar.text, at: scalar.contentPlace))
        return nil
    }

    private mutating func linkEnd(_ scalar: YAMLScalar, _ bytes: [UInt8], _ start: Int, _ end: Int) -> Identifier? {
        var start = start
        var end = end
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
        let name = String(decoding: bytes[start..<end], as: UTF8.self)
        guard NameRule.nodeReference.admits(name) else {
            // An arrow is longer than that: `a - b -> c`, `a -->`.
            bag.report(.notALink(scalar.text, at: start < end ? scalar.place(start, end) : scalar.contentPlace))
            return nil
        }
        return Identifier(name, at: scalar.place(start, end))
    }

    mutating func bandwidth(_ node: YAMLNode?) -> ScenarioSyntax.Bandwidth? {
        guard let node, let rate = rate(node.scalar == nil ? node["rate"] : node) else { return nil }
        var bandwidth = ScenarioSyntax.Bandwidth(rate: rate, span: node.span)
        bandwidth.capacity = count(node["capacity"])
        bandwidth.whenFull = word(node["when-full"])
        bandwidth.service = word(node["service"])
        return bandwidth
    }

    private mutating func rate(_ node: YAMLNode?) -> ScenarioSyntax.Rate? {
        guard let scalar = node?.scalar else { return nil }
        return parser(scalar).rate(into: &bag)
    }

    mutating func between(_ node: YAMLNode?) -> [ScenarioSyntax.LinkOverride] {
        (node?.items ?? []).compactMap { item in
            guard let link = self.link(item["link"]) else { return nil }
            var override = ScenarioSyntax.LinkOverride(link: link)
            override.loss = expression(item["loss"])
            override.duplicate = expression(item["duplicate"])
            override.latency = expression(item["latency"])
            override.bandwidth = bandwidth(item["bandwidth"])
            return override
        }
    }

    mutating func rules(_ node: YAMLNode?) -> [ScenarioSyntax.Rule] {
        (node?.items ?? []).compactMap { item in
            var rule: ScenarioSyntax.Rule?
            if let drop = item.entry("drop") {
                rule = selection(drop.value).map { .init(action: .drop, selection: $0, span: drop.key.span) }
            } else if let duplicate = item.entry("duplicate") {
                rule = selection(duplicate.value).map {
                    .init(action: .duplicate, selection: $0, span: duplicate.key.span)
                }
            } else if let delay = item.entry("delay"), let duration = expression(delay.value) {
                let only = item.entry("only").map { self.selection($0.value) }
                let all = ScenarioSyntax.Selection(.all, span: delay.key.span)
                rule = (only ?? all).map { .init(action: .delay(duration), selection: $0, span: delay.key.span) }
            }
            rule?.message = identifier(item["message"])
            rule?.from = identifier(item["from"])
            rule?.to = identifier(item["to"])
            return rule
        }
    }

    private mutating func selection(_ node: YAMLNode) -> ScenarioSyntax.Selection? {
        node.scalar.flatMap { parser($0).selection(into: &bag) }
    }
}

extension [UInt8] {
    /// Where the bytes stand first.
    fileprivate func firstRange(of bytes: [UInt8]) -> Range<Int>? {
        guard bytes.count <= count else { return nil }
        for start in 0...(count - bytes.count) where self[start..<start + bytes.count].elementsEqual(bytes) {
            return start..<start + bytes.count
        }
        return nil
    }
}
