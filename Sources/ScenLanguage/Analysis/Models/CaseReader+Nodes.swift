import ScenDiagnostics
import ScenModel

extension CaseReader {
    static let nodesMax = 1_000_000
    /// Each in a case may hold so many variables that all of them together are not more than this, 8 bytes each.
    static let variablesMax = 32_000_000
    /// A message in flight has 15 bits for whom it is to, and nobody waits for every run of so many.
    static let exploredNodesMax = 10_000

    /// Memory is foreseen before it is asked for.
    mutating func checkNodeMemory(_ count: Int, _ algorithms: [TypedAlgorithm], explored: Bool) {
        var place = syntax.nodes.span
        if case .count(let expression) = syntax.nodes.who { place = expression.span }
        let variables = algorithms.reduce(0) { $0 + $1.variables.count }
        if count.multipliedReportingOverflow(by: variables).partialValue > Self.variablesMax {
            bag.report(.tooManyVariables(count, variables, max: Self.variablesMax, at: place))
        }
        if explored, count > Self.exploredNodesMax {
            bag.report(.tooManyNodesToExplore(count, max: Self.exploredNodesMax, at: place))
        }
    }

    /// Nil where there is no telling how many nodes there are; nothing else can be checked then. `left`: how many nodes
    /// all cases may still have together.
    mutating func readNodes(left: inout Int) -> NodeModel? {
        let kind: NodeModel.Kind = word(syntax.nodes.model, "'model'") ?? .crashStop
        var groups: [NodeModel.Group] = []
        switch syntax.nodes.who {
        case .names(let names):
            guard take(names.count, from: &left, at: syntax.nodes.span) else { return nil }
            nodes.add(names: names.map(\.text))
        case .count(let expression):
            guard let count = wholeNumber(expression, at: .parameters) else { return nil }
            guard count >= 1 else {
                bag.report(.noNodes(count, at: expression.span))
                return nil
            }
            guard take(count, from: &left, at: expression.span) else { return nil }
            nodes.add(prefix: syntax.nodes.prefix?.text ?? "n", count: count, group: false)
        case .groups(let named):
            guard let sizes = sizes(of: named, left: &left) else { return nil }
            for (group, size) in zip(named, sizes) {
                groups.append(.init(name: group.name.text, members: Array(nodes.count..<nodes.count + size)))
                nodes.add(prefix: group.name.text, count: size, group: true)
            }
            reportClashes(named, sizes)
        }
        reportShadows()
        scope.types.nodeNames = nodes.names
        scope.groups = groups
        return NodeModel(kind: kind, names: scope.types.nodeNames, groups: groups)
    }

    /// The number of nodes is checked before one of them is made.
    private mutating func take(_ count: Int, from left: inout Int, at span: SourceSpan) -> Bool {
        guard count <= Self.nodesMax else {
            bag.report(.tooManyNodes(count, max: Self.nodesMax, at: span))
            return false
        }
        guard count <= left else {
            bag.report(.tooManyNodesInAllCases(max: CaseBudget.nodesMax, at: span))
            return false
        }
        left -= count
        return true
    }

    private mutating func sizes(
        of groups: [ScenarioSyntax.Named<Expression>], left: inout Int
    ) -> [Int]? {
        var sizes: [Int] = []
        var total = 0
        for group in groups {
            guard let size = wholeNumber(group.content, at: .parameters) else { continue }
            guard size >= 0 else {
                bag.report(
                    .outOfRange(
                        "the number of nodes in '\(group.name.text)'", is: "\(size)", expected: "0 or more",
                        at: group.content.span))
                continue
            }
            let sum = total.addingReportingOverflow(size)
            total = sum.overflow ? Int.max : sum.partialValue
            guard total <= Self.nodesMax else {
                bag.report(.tooManyNodes(total, max: Self.nodesMax, at: group.content.span))
                return nil
            }
            sizes.append(size)
        }
        guard sizes.count == groups.count else { return nil }
        guard total > 0 else {
            bag.report(.noNodes(0, at: syntax.nodes.span))
            return nil
        }
        return take(total, from: &left, at: syntax.nodes.span) ? sizes : nil
    }

    /// `a` with 11 nodes has `a1` and `a11`, and so may groups be called. Groups that share a node are found with it: where
    /// `a1` has the node `a11`, so has `a`, and before it `a1`.
    private mutating func reportClashes(_ groups: [ScenarioSyntax.Named<Expression>], _ sizes: [Int]) {
        for (group, size) in zip(groups, sizes) {
            var table = NodeTable()
            table.add(prefix: group.name.text, count: size, group: false)
            for other in groups where table.index(of: other.name.text) != nil {
                bag.report(
                    .nodeNameTaken(
                        other.name.text, of: group.name.text, by: "a group", at: group.name.span, other: other.name.span))
            }
        }
    }

    /// Numbered nodes get names that nobody wrote, and a parameter may have one of them. `n` may be a parameter if it is
    /// the number of nodes.
    private mutating func reportShadows() {
        for (name, value) in zip(combination.names, combination.values) {
            if name.text == "n" {
                let isCount = if case .count(let count) = syntax.nodes.who { count.firstName { $0 == "n" } != nil } else { false }
                guard !isCount, value.value != .int(nodes.count) else { continue }
                bag.report(
                    .parameterShadows(
                        "n", "the number of nodes", at: name.span, hint: "it may be called so with 'nodes: {count: n}'"))
            } else if nodes.index(of: name.text) != nil, !isNamed(name.text) {
                bag.report(
                    .parameterShadows(
                        name.text, "the node of that name", at: name.span, hint: "give the parameter another name"))
            }
        }
    }

    /// What the scenario names itself has been compared with the parameters by name already.
    private func isNamed(_ name: String) -> Bool {
        if case .names = syntax.nodes.who { true } else { false }
    }

    // MARK: References

    /// The nodes that a name in `faulty` or `inputs` stands for; a parameter may hold the name.
    mutating func members(_ name: Identifier, expected: String = "a node or group") -> [Int]? {
        if let members = nodes.members(name.text) { return members }
        if let (_, value) = parameter(name.text), case .enumeration = value.value {
            if let members = nodes.members(value.text) { return members }
            bag.report(
                .parameterIsNoWord(
                    name.text, value.text, for: "a node", words: ["the name of a node"],
                    nearest: Suggestion.nearest(value.text, among: nodes.suggestions), at: value.span,
                    usedAt: name.span))
            return nil
        }
        if scope.broken.contains(name.text) { return nil }
        let nearest = Suggestion.nearest(name.text, among: nodes.suggestions)
        bag.report(.unknownNode(name.text, at: name.span, nearest: nearest, expected: expected))
        return nil
    }
}
