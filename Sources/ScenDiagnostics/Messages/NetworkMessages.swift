/// Topologies, links, bandwidth and rules.
extension Diagnostic {
    // MARK: Spelling

    package static func notALink(_ text: String, at span: SourceSpan) -> Diagnostic {
        let advice =
            text.contains("<-") ? "an arrow points to the right: 'a -> b', or 'a <-> b' for both ways" : "for example a -> b, or a <-> b for both ways"
        return Diagnostic(.syntax, "expected a link between two nodes", at: span, label: advice)
    }

    package static func notARate(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.syntax, "expected a rate", at: span, label: "for example 1000 per second")
    }

    package static func unknownRateUnit(_ word: String, nearest: String?, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidUnit, "'\(word)' is no unit of time", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? "for example 1000 per second")
    }

    package static func notASelection(_ number: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .syntax, "expected which messages are meant", at: span,
            label: "'first \(number)', 'number \(number)', 'every \(number)', 'after \(number)' or 'all'")
    }

    // MARK: Links

    package static func linkToItself(_ node: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .noLink, "'\(node)' needs no link to itself", at: span,
            label: "what a node sends to itself never fails")
    }

    package static func noSuchLink(from: String, to: String, at span: SourceSpan, topology: SourceSpan?) -> Diagnostic {
        Diagnostic(
            .noLink, "there is no link from '\(from)' to '\(to)'", at: span,
            notes: topology.map { [Note("links are those of this topology", at: $0)] } ?? [])
    }

    package static func noLinksLeft(at span: SourceSpan) -> Diagnostic {
        Diagnostic(.noLink, "the topology has no link: its groups are empty", at: span)
    }

    package static func tooManyLinks(max: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .tooManyLinks, "the topologies of all cases list more than \(max) links", at: span,
            label: "where every node has a link to every other, leave 'topology' out")
    }

    // MARK: Reliable links

    package static func ruleOnReliableLinks(_ action: String, at span: SourceSpan, network: SourceSpan?) -> Diagnostic {
        onReliableLinks(
            "reliable links \(action) nothing", label: "'links: fair-loss' allows it", at: span, network)
    }

    package static func capacityOnReliableLinks(at span: SourceSpan, network: SourceSpan?) -> Diagnostic {
        onReliableLinks(
            "a full queue drops messages, and reliable links lose nothing",
            label: "without 'capacity' any number may wait; or use 'links: fair-loss'", at: span, network)
    }

    private static func onReliableLinks(
        _ message: String, label: String, at span: SourceSpan, _ network: SourceSpan?
    ) -> Diagnostic {
        Diagnostic(
            .lossOnReliableLinks, message, at: span, label: label,
            notes: network.map { [Note("the links are reliable here", at: $0)] }
                ?? [Note("links are reliable unless 'links' says otherwise")])
    }

    // MARK: The bound

    /// `place`: "this link".
    package static func linkLatencyAboveBound(
        of place: String?, _ largest: String?, bound: String, at span: SourceSpan, timing: SourceSpan
    ) -> Diagnostic {
        let size = largest.map { "may be \($0)" } ?? "has no largest value"
        return Diagnostic(
            .timingMismatch, "the latency\(place.map { " of \($0)" } ?? "") \(size), and no message may take longer than the bound of \(bound)",
            at: span, notes: [Note("the timing has a bound here", at: timing)])
    }

    package static func delayAboveBound(
        _ largest: String?, latency: String, bound: String, at span: SourceSpan, timing: SourceSpan
    ) -> Diagnostic {
        let delay = largest.map { "a delay of up to \($0)" } ?? "a delay without a largest value"
        return Diagnostic(
            .timingMismatch,
            "with \(delay) on top of a latency of up to \(latency) a message may take longer than the bound of \(bound)",
            at: span,
            label: largest == nil ? "use a duration, or a range like 1ms..5ms" : nil,
            notes: [Note("the timing has a bound here", at: timing)])
    }

    package static func bandwidthWithBound(at span: SourceSpan, timing: SourceSpan) -> Diagnostic {
        Diagnostic(
            .timingMismatch, "messages that queue may take longer than any bound", at: span,
            label: "bandwidth needs asynchronous timing", notes: [Note("the timing has a bound here", at: timing)])
    }

    // MARK: Rules

    package static func unknownMessageOfRule(
        _ name: String, at span: SourceSpan, nearest: String?, known: [String]
    ) -> Diagnostic {
        let list = known.count <= 8 && !known.isEmpty ? "messages are \(alternatives(known, "and"))" : nil
        return Diagnostic(
            .unknownMessage, "the algorithm has no message '\(name)'", at: span,
            label: nearest.map { "did you mean '\($0)'?" } ?? list)
    }
}
