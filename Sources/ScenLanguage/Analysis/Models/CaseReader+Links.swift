import ScenDiagnostics
import ScenModel

extension Bandwidth.Overflow: ModelWord {
    static var standard: Self { .dropNew }
}

extension Bandwidth.Service: ModelWord {
    static var standard: Self { .constant }
}

/// Links that differ, and what they carry.
extension CaseReader {
    /// A rate so low that nobody would wait, and so high that a message takes no time.
    private static let intervalMax = 70.0 * 365 * 86_400 * 1e9

    mutating func readBandwidth(
        _ bandwidth: ScenarioSyntax.Bandwidth?, on links: NetworkModel.Links?, _ timing: TimingModel
    ) -> Bandwidth? {
        guard let bandwidth else { return nil }
        if timing.bound != nil, let place = boundPlace {
            bag.report(.bandwidthWithBound(at: bandwidth.span, timing: place))
        }
        let rate = self.rate(bandwidth.rate)
        let capacity = bandwidth.capacity.flatMap { self.capacity($0) }
        let overflow: Bandwidth.Overflow? = word(bandwidth.whenFull, "'when-full'")
        let service: Bandwidth.Service? = word(bandwidth.service, "'service'")
        if let place = bandwidth.capacity, isSurelyReliable(links) {
            bag.report(.capacityOnReliableLinks(at: place.span, network: syntax.network?.links?.span))
        }
        guard let rate, let overflow, let service else { return nil }
        return Bandwidth(
            interval: rate, capacity: links == .reliable ? nil : capacity, whenFull: overflow, service: service)
    }

    /// ns that one takes.
    private mutating func rate(_ rate: ScenarioSyntax.Rate) -> Double? {
        guard let count = positiveReal(rate.count, "the rate") else { return nil }
        let interval = Double(rate.unit) / count
        guard interval >= 1, interval <= Self.intervalMax else {
            bag.report(
                .outOfRange(
                    "the rate", is: source.text(at: rate.span),
                    expected: interval < 1 ? "at most 1000000000 per second" : "at least 1 in 70 years", at: rate.span))
            return nil
        }
        return interval
    }

    private mutating func capacity(_ expression: Expression) -> Int? {
        guard let capacity = wholeNumber(expression) else { return nil }
        guard capacity >= 0 else {
            bag.report(.outOfRange("the capacity", is: "\(capacity)", expected: "0 or more", at: expression.span))
            return nil
        }
        return capacity
    }

    mutating func readBetween(
        _ items: [ScenarioSyntax.LinkOverride], on links: NetworkModel.Links?, _ topology: ScenModel.Topology?,
        _ timing: TimingModel
    ) -> [LinkOverride] {
        items.compactMap { item in
            let ends = self.ends(of: item.link)
            if let ends { checkLinks(item.link, ends, topology) }
            var override = LinkOverride(from: ends?.from ?? [], to: ends?.to ?? [], both: item.link.both)
            override.loss = item.loss.flatMap { probability($0, "'loss'") }
            override.duplicate = item.duplicate.flatMap { probability($0, "'duplicate'") }
            override.latency = item.latency.flatMap { linkLatency($0, timing) }
            override.bandwidth = readBandwidth(item.bandwidth, on: links, timing)
            for (key, expression) in [("loss", item.loss), ("duplicate", item.duplicate)] {
                guard let expression, isSurelyReliable(links) else { continue }
                bag.report(.onReliableLinks(key, at: expression.span, network: syntax.network?.links?.span))
            }
            if links == .arbitrary { refuseChance(item) }
            if links != .fairLoss {
                override.loss = nil
                override.duplicate = nil
            }
            return ends == nil ? nil : override
        }
    }

    /// Between two nodes the link must be there; with groups, at least one.
    mutating func checkLinks(
        _ link: ScenarioSyntax.Link, _ ends: (from: [Int], to: [Int]), _ topology: ScenModel.Topology?
    ) {
        guard let topology, !ends.from.isEmpty, !ends.to.isEmpty else { return }
        var missing: (from: Identifier, to: Identifier)?
        if link.both, !topology.hasLink(fromAny: ends.to, toAny: ends.from) { missing = (link.to, link.from) }
        if !topology.hasLink(fromAny: ends.from, toAny: ends.to) { missing = (link.from, link.to) }
        guard let missing else { return }
        bag.report(
            .noSuchLink(
                from: missing.from.text, to: missing.to.text, at: link.span, topology: syntax.network?.topology?.span))
    }

    /// `what`: whose latency it is; nil: that of all links.
    mutating func linkLatency(
        _ expression: Expression, _ timing: TimingModel, of what: String? = "this link"
    ) -> ScenModel.Distribution? {
        guard let latency = distribution(expression) else { return nil }
        guard let bound = timing.bound, let place = boundPlace, latency.largest ?? Int.max > bound else { return latency }
        bag.report(
            .linkLatencyAboveBound(
                of: what, latency.largest.map(DurationText.exact), bound: DurationText.exact(bound), at: expression.span,
                timing: place))
        return nil
    }

    /// Reliable in every case: where the word varies, loss is meant for the cases that have it.
    func isSurelyReliable(_ links: NetworkModel.Links?) -> Bool {
        links == .reliable && !varies(syntax.network?.links)
    }

    /// Where the bound on latency comes from.
    var boundPlace: SourceSpan? {
        syntax.timing?.bound?.span ?? syntax.timing?.latency?.span ?? syntax.timing?.span
    }
}

extension ScenarioSyntax.Topology {
    var span: SourceSpan {
        switch self {
        case .word(let word): word.span
        case .edges(_, let span): span
        }
    }
}

extension ScenModel.Topology {
    /// `to` in ascending order.
    fileprivate func hasLink(fromAny from: [Int], toAny to: [Int]) -> Bool {
        from.contains { node in
            neighbours(of: node).contains { neighbour in
                let place = to.partitioningIndex { $0 >= Int(neighbour) }
                return place < to.count && to[place] == Int(neighbour)
            }
        }
    }
}

extension [Int] {
    /// The first place from which on the condition holds, where it holds for the rest.
    fileprivate func partitioningIndex(where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
