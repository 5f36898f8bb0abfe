import ScenDiagnostics
import ScenModel

/// What happens at given moments. Read when the algorithm is known: conditions and targets speak of its state.
extension CaseReader {
    /// Gives the observers to which the timeline refers.
    mutating func readTimeline(
        into system: inout SystemModel, _ plan: RunPlan, areLinksKnown: Bool, _ algorithm: inout TypedAlgorithm,
        left: inout Int
    ) -> [TypedRoutine] {
        var observers: [TypedRoutine] = []
        var moments: [Timeline.Moment?] = []
        for item in syntax.timeline {
            let moment = moment(item.moment, system, plan, &observers, &algorithm)
            moments.append(moment)
            let duration = lasts(item, system)
            // What is missing was reported, and then the case is not run; loss that reliable cases leave out is not.
            guard
                let action = action(item, system, areLinksKnown: areLinksKnown, &observers, &algorithm), let moment
            else { continue }
            left -= action.targetCount(of: nodes.count)
            guard left >= 0 else {
                bag.report(.tooManyTargets(max: CaseBudget.targetsMax, at: item.key.span))
                break
            }
            system.timeline.items.append(Timeline.Item(moment: moment, action: action, duration: duration))
        }
        checkHeals(moments)
        return observers
    }

    // MARK: Moments

    private mutating func moment(
        _ moment: ScenarioSyntax.TimelineItem.Moment, _ system: SystemModel, _ plan: RunPlan,
        _ observers: inout [TypedRoutine], _ algorithm: inout TypedAlgorithm
    ) -> Timeline.Moment? {
        switch moment {
        case .at(let expression):
            guard let time = duration(expression, "the moment") else { return nil }
            warnIfNever(time, at: expression.span, system.timing, plan)
            return .at(time)
        case .when(let condition):
            guard isKnownInRun(condition) else { return nil }
            let routine = Analyzer.observer(
                condition, name: "when", expecting: .bool, algorithm: &algorithm, in: scope, into: &bag)
            guard let routine else { return nil }
            observers.append(routine)
            return .when(observers.count - 1)
        }
    }

    /// In rounds an item acts when its round begins, and none begins at the horizon.
    mutating func warnIfNever(_ time: Int, at span: SourceSpan, _ timing: TimingModel, _ plan: RunPlan) {
        guard let horizon = plan.simulation?.horizon else { return }
        var last = horizon
        if timing.lockstep, let bound = timing.bound { last = (horizon - 1) / bound * bound + bound - 1 }
        guard time > last else { return }
        bag.report(
            .neverHappens(
                DurationText.exact(time), horizon: DurationText.exact(horizon), at: span,
                given: syntax.run.simulate?.horizon?.span))
    }

    /// What a run does must not depend on what is known of it as a whole.
    private mutating func isKnownInRun(_ expression: Expression) -> Bool {
        guard let name = expression.firstName(where: { ["faulty", "correct", "outcome"].contains($0) }) else { return true }
        bag.report(.knownAfterRun(name.text, at: name.span))
        return false
    }

    // MARK: Actions

    private mutating func action(
        _ item: ScenarioSyntax.TimelineItem, _ system: SystemModel, areLinksKnown: Bool,
        _ observers: inout [TypedRoutine], _ algorithm: inout TypedAlgorithm
    ) -> Timeline.Action? {
        switch item.action {
        case .nodes(let action, let target):
            let nodes = self.target(target, of: action, &observers, &algorithm)
            guard allows(action, item, system) else { return nil }
            return nodes.map { .nodes(action, $0) }
        case .partition(let sets):
            let sets = partition(sets)
            guard areLinksKnown, mayCut(item.key, system) else { return nil }
            return .partition(sets)
        case .heal:
            return .heal
        case .cut(let link):
            let links = self.links(link, system.network.topology)
            guard areLinksKnown, mayCut(item.key, system) else { return nil }
            return links.map { .cut($0) }
        case .latency(let expression, let link):
            let links = link.flatMap { self.links($0, system.network.topology) }
            let latency =
                system.timing.kind == .synchronous
                ? linkLatency(expression, system.timing, of: link == nil ? nil : "this link") : distribution(expression)
            return latency.map { .latency($0, text: source.text(at: expression.span), links) }
        case .loss(let expression, let link):
            let links = link.flatMap { self.links($0, system.network.topology) }
            guard let loss = probability(expression, "'loss'"), areLinksKnown else { return nil }
            if system.network.links == .reliable {
                // Where links vary, loss is meant for the cases that have it.
                if isSurelyReliable(.reliable) {
                    bag.report(.onReliableLinks("loss", at: expression.span, network: syntax.network?.links?.span))
                }
                return nil
            }
            return .loss(loss, text: source.text(at: expression.span), links)
        }
    }

    private mutating func links(_ link: ScenarioSyntax.Link, _ topology: ScenModel.Topology?) -> Timeline.Links? {
        guard let ends = ends(of: link) else { return nil }
        checkLinks(link, ends, topology)
        return Timeline.Links(from: ends.from, to: ends.to, both: link.both, text: source.text(at: link.span))
    }

    /// The sets, which share no node; `others` are those that are in none of the other sets.
    private mutating func partition(_ sets: [[Identifier]]) -> [[Int]] {
        var members = [[Int]](repeating: [], count: sets.count)
        var rest: (set: Int, span: SourceSpan)?
        var named: [(Identifier, Int)] = []
        for (index, names) in sets.enumerated() {
            for name in names {
                guard name.text == "others" else {
                    named.append((name, index))
                    continue
                }
                if let rest { bag.report(.duplicateName("others", at: name.span, first: rest.span)) }
                rest = rest ?? (index, name.span)
            }
        }
        let gathered = gather(named, expected: "a node, a group or 'others'")
        for (node, _, set) in gathered { members[set].append(node) }
        if let rest {
            let taken = Set(gathered.map(\.node))
            members[rest.set] += (0..<nodes.count).filter { !taken.contains($0) }
        }
        return members.map { $0.sorted() }
    }

    // MARK: Targets

    private mutating func target(
        _ target: ScenarioSyntax.TimelineItem.Target, of action: Timeline.NodeAction,
        _ observers: inout [TypedRoutine], _ algorithm: inout TypedAlgorithm
    ) -> Timeline.Target? {
        let expression: Expression
        switch target {
        case .names(let names):
            return .nodes(gather(names.map { ($0, ()) }).map(\.node).sorted())
        case .expression(let written): expression = written
        }
        if let known = knownNodes(expression) { return .nodes(known) }
        guard isKnownInRun(expression) else { return nil }
        let routine = Analyzer.target(
            expression, name: action.rawValue, algorithm: &algorithm, in: scope, into: &bag)
        guard let routine else { return nil }
        observers.append(routine)
        return .computed(observers.count - 1, routine.result)
    }

    /// What the expression gives whatever happens in a run; nil if that depends on the run, or it is wrong.
    private func knownNodes(_ expression: Expression) -> [Int]? {
        if case .name(let name) = expression.kind {
            if name == "nodes" { return Array(0..<nodes.count) }
            if let members = nodes.members(name) { return members }
            if let (_, value) = parameter(name), case .enumeration = value.value { return nodes.members(value.text) }
        }
        for type in [ValueType.node, .set(.node)] {
            var scratch = DiagnosticBag()
            guard
                let typed = Analyzer.expression(expression, at: .model, expecting: type, in: scope, into: &scratch),
                !scope.isBroken(expression)
            else { continue }
            switch ConstantEvaluator.evaluate(typed, into: &scratch) {
            case .node(let node): return [node]
            case .set(let elements):
                return elements.compactMap { if case .node(let node) = $0 { node } else { nil } }
            default: break
            }
        }
        return nil
    }
}

extension Timeline.Action {
    /// How many nodes are kept for it, in a system of so many.
    fileprivate func targetCount(of nodeCount: Int) -> Int {
        switch self {
        case .nodes(_, .nodes(let nodes)): nodes.count
        case .partition: nodeCount
        case .cut(let links), .latency(_, _, let links?), .loss(_, _, let links?): links.from.count + links.to.count
        case .nodes, .heal, .latency, .loss: 0
        }
    }
}

extension Analyzer {
    /// Nodes to which something happens: an observer that gives a node, perhaps a node, or a set of nodes.
    static func target(
        _ syntax: Expression, name: String, algorithm: inout TypedAlgorithm, in scope: CaseScope,
        into bag: inout DiagnosticBag
    ) -> TypedRoutine? {
        observing(syntax, name: name, result: nil, algorithm: &algorithm, in: scope, into: &bag) { checker in
            let term = checker.check(syntax, hint: .node)
            let set = checker.tables.store.set(.node)
            let isTarget = [.node, .error, set, checker.tables.store.maybe(.node)].contains(term.type)
            if !isTarget {
                checker.report(.notATarget(checker.name(term.type), of: name, at: syntax.span))
            }
            return term.node
        }
    }
}
