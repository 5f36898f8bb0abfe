import ScenModel

/// What nodes know, once all states are there. A node knows a fact in a state if the fact holds in every state in which the node
/// has the same view. For a set of nodes that differs between states, what a member knows is 'if I am a member, then the fact'
/// (Dwork and Moses 1990).
///
/// An operator is worked out for all states when an observer first asks for it: the observer is stopped, and asked again. Inner
/// operators are asked for while the outer one is worked out.
final class Knowledge {
    private unowned let exploration: Exploration
    let facts: KnownFacts
    /// Where a fact could not be evaluated.
    private(set) var failedState: Int?
    private let operators: [KnowledgeOperator]

    init(_ exploration: Exploration) {
        self.exploration = exploration
        operators = exploration.compiled.program.knowledge
        facts = KnownFacts(operators, arena: exploration.world.machine.arena)
        exploration.world.memory.knowledge = facts
    }

    /// False: a fact could not be evaluated; see `machine.failure` and `failedState`.
    func workOut(_ question: KnownFacts.Question, with observation: Observation) -> Bool {
        // What is asked on the way explains nothing.
        let answers = facts.answers
        facts.answers = nil
        defer { facts.answers = answers }
        return switch operators[question.index].kind {
        case .knows: known(question, byMembers: false, observation)
        case .everyoneKnows: known(question, byMembers: true, observation)
        case .commonKnowledge: commonlyKnown(question, observation)
        }
    }

    private func known(_ question: KnownFacts.Question, byMembers: Bool, _ observation: Observation) -> Bool {
        var known = ViewSet(count: exploration.views.count, full: true)
        let isDone = visit(question, observation) { views, holds, members in
            if holds { return }
            if let members {
                for node in members { known.remove(views[node]) }
            } else {
                for node in 0..<self.exploration.nodeCount { known.remove(views[node]) }
            }
        }
        if isDone { facts.learn(question, known) }
        return isDone
    }

    /// The greatest fixed point is a matter of reachability (Halpern and Moses 1990): a fact is common knowledge in a state if it
    /// holds wherever a chain of states leads of which each two neighbours look the same to some member. So views that members
    /// have in one state belong together.
    private func commonlyKnown(_ question: KnownFacts.Question, _ observation: Observation) -> Bool {
        var parts = Partition(count: exploration.views.count)
        var violated = ViewSet(count: exploration.views.count, full: false)
        let isDone = visit(question, observation) { views, holds, members in
            guard let members, let first = members.first else { return }
            for node in members.dropFirst() { parts.unite(views[first], views[node]) }
            if !holds { violated.insert(views[first]) }
        }
        guard isDone else { return false }
        var violatedParts = ViewSet(count: exploration.views.count, full: false)
        let count = UInt32(exploration.views.count)
        for view in 0..<count where violated.contains(view) { violatedParts.insert(parts.part(of: view)) }
        var known = ViewSet(count: exploration.views.count, full: true)
        for view in 0..<count where violatedParts.contains(parts.part(of: view)) { known.remove(view) }
        facts.learn(question, known)
        return true
    }

    /// All states: views by node, whether the fact holds, and who is asked about; nil: a single node, whichever.
    private func visit(
        _ question: KnownFacts.Question, _ observation: Observation,
        _ body: (UnsafePointer<UInt32>, Bool, [Int]?) -> Void
    ) -> Bool {
        for state in 0..<exploration.space.count {
            guard let holds = fact(question, in: state, observation), let members = members(question, in: state, observation)
            else {
                failedState = failedState ?? state
                return false
            }
            body(views(in: state), holds, members.isGiven ? members.nodes : nil)
            exploration.collectIfDue()
        }
        return true
    }

    func views(in state: Int) -> UnsafePointer<UInt32> {
        exploration.views(UnsafePointer(exploration.space.row(state)))
    }

    /// Nil if it cannot be evaluated.
    func fact(_ question: KnownFacts.Question, in state: Int, _ observation: Observation) -> Bool? {
        observation.word(operators[question.index].fact, in: state, given: question.given)?.isTrue
    }

    /// `isGiven`: the operator is about a set.
    func members(
        _ question: KnownFacts.Question, in state: Int, _ observation: Observation
    ) -> (isGiven: Bool, nodes: [Int])? {
        guard let routine = operators[question.index].members else { return (false, []) }
        guard let set = observation.word(routine, in: state, given: question.given) else { return nil }
        let (start, count, _) = exploration.world.machine.arena.elements(of: set)
        return (true, (0..<count).map { start[$0] >> 1 })
    }
}

/// Disjoint sets of views (union by size, paths halved).
struct Partition {
    /// Of a view its parent; of a root itself.
    private var parents: [UInt32]
    private var sizes: [UInt32]

    init(count: Int) {
        parents = (0..<UInt32(count)).map { $0 }
        sizes = [UInt32](repeating: 1, count: count)
    }

    mutating func part(of view: UInt32) -> UInt32 {
        var view = view
        while parents[Int(view)] != view {
            parents[Int(view)] = parents[Int(parents[Int(view)])]
            view = parents[Int(view)]
        }
        return view
    }

    mutating func unite(_ a: UInt32, _ b: UInt32) {
        var (a, b) = (part(of: a), part(of: b))
        if a == b { return }
        if sizes[Int(a)] < sizes[Int(b)] { swap(&a, &b) }
        parents[Int(b)] = a
        sizes[Int(a)] += sizes[Int(b)]
    }
}
