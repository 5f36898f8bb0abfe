import ScenModel

/// Why nodes do not know something: states that look the same to them, and in which it is false.
final class Ignorance {
    /// What looks the same to a node as the state before it.
    struct Link {
        var node: Int
        var state: Int
        /// What is false there and was to be known; nil within a chain of common knowledge.
        var falseThere: KnownFacts.Question?
    }
    struct Chain {
        var start: Int
        /// What is not known at the start.
        var question: KnownFacts.Question
        var links: [Link]
    }

    private let exploration: Exploration
    private let knowledge: Knowledge
    private let observation: Observation
    private let operators: [KnowledgeOperator]
    private lazy var classes = ViewClasses(exploration)

    /// Nil where nobody was asked what nodes know.
    init?(_ exploration: Exploration) {
        guard let knowledge = exploration.knowledge else { return nil }
        self.exploration = exploration
        self.knowledge = knowledge
        observation = Observation(exploration)
        operators = exploration.compiled.program.knowledge
    }

    // MARK: Chains

    /// Of the first operator that is false when the routine is evaluated in the state; nil if none is.
    func chain(from state: Int, _ routine: Program.RoutineID) -> Chain? {
        guard var unknown = firstUnknown(in: state, routine, []) else { return nil }
        var chain = Chain(start: state, question: unknown.question, links: [])
        var at = state
        while true {
            let question = unknown.question
            if isFalse(question, in: at) {
                // No other state is needed: what is false here is plainer than that somebody does not know it.
                if !chain.links.isEmpty { chain.links[chain.links.count - 1].falseThere = question }
            } else if let links = links(from: at, unknown), let last = links.last {
                chain.links += links
                at = last.state
            } else {
                break
            }
            guard let inner = firstUnknown(in: at, operators[question.index].fact, question.given) else { break }
            if chain.links.isEmpty { chain.question = inner.question }
            unknown = inner
        }
        return chain.links.isEmpty ? nil : chain
    }

    private func firstUnknown(in state: Int, _ routine: Program.RoutineID, _ given: [Word]) -> KnownFacts.Answer? {
        knowledge.facts.answers = []
        defer { knowledge.facts.answers = nil }
        guard observation.word(routine, in: state, given: given) != nil else { return nil }
        let unknown = knowledge.facts.answers?.filter { !$0.holds } ?? []
        knowledge.facts.answers = nil
        // That somebody does not know what is so says more than that nobody knows what is not.
        return unknown.first { !isFalse($0.question, in: state) } ?? unknown.first
    }

    private func links(from state: Int, _ answer: KnownFacts.Answer) -> [Link]? {
        switch operators[answer.question.index].kind {
        case .knows, .everyoneKnows:
            guard let node = answer.ignorant.first else { return nil }
            let view = knowledge.views(in: state)[node]
            let other = (0..<exploration.space.count).first { other in
                knowledge.views(in: other)[node] == view && isMember(node, of: answer.question, in: other)
                    && isFalse(answer.question, in: other)
            }
            return other.map { [Link(node: node, state: $0, falseThere: answer.question)] }
        case .commonKnowledge: return shortestWay(from: state, answer.question)
        }
    }

    private func isFalse(_ question: KnownFacts.Question, in state: Int) -> Bool {
        knowledge.fact(question, in: state, observation) == false
    }

    private func isMember(_ node: Int, of question: KnownFacts.Question, in state: Int) -> Bool {
        guard let members = knowledge.members(question, in: state, observation) else { return false }
        return !members.isGiven || members.nodes.contains(node)
    }

    /// Breadth first, over states that look the same to somebody who is a member in both, to one in which the fact is false.
    private func shortestWay(from start: Int, _ question: KnownFacts.Question) -> [Link]? {
        var cameBy: [Int: (state: Int, node: Int)] = [:]
        var expanded = ViewSet(count: exploration.views.count, full: false)
        var queue = [start]
        var next = 0
        while next < queue.count {
            let state = queue[next]
            next += 1
            if isFalse(question, in: state) {
                var links: [Link] = []
                var at = state
                while at != start, let (before, node) = cameBy[at] {
                    links.append(Link(node: node, state: at, falseThere: at == state ? question : nil))
                    at = before
                }
                return links.reversed()
            }
            for node in members(question, in: state) {
                let view = knowledge.views(in: state)[node]
                guard !expanded.contains(view) else { continue }
                expanded.insert(view)
                for other in classes.states(with: view) where other != start && cameBy[other] == nil {
                    guard isMember(node, of: question, in: other) else { continue }
                    cameBy[other] = (state, node)
                    queue.append(other)
                }
            }
        }
        return nil
    }

    private func members(_ question: KnownFacts.Question, in state: Int) -> [Int] {
        knowledge.members(question, in: state, observation)?.nodes ?? []
    }

    // MARK: Where to begin

    /// For a condition that no state satisfies: the first state in which something is true and not known; for common knowledge one from
    /// which it is as far as it can be to where it is false.
    func mostInformed(_ routine: Program.RoutineID) -> Int? {
        var (asked, given) = (routine, [Word]())
        while true {
            var inner: KnownFacts.Question?
            for state in 0..<exploration.space.count {
                guard let answer = firstUnknown(in: state, asked, given) else { continue }
                inner = inner ?? answer.question
                if isFalse(answer.question, in: state) { continue }
                guard operators[answer.question.index].kind == .commonKnowledge,
                    let farthest = farthest(answer.question), chain(from: farthest, routine) != nil
                else { return state }
                return farthest
            }
            // It is never true, so that nobody could know it: why is it false?
            guard let inner else { return nil }
            (asked, given) = (operators[inner.index].fact, inner.given)
        }
    }

    /// Breadth first from all states in which the fact is false. The first of several.
    private func farthest(_ question: KnownFacts.Question) -> Int? {
        var isReached = [Bool](repeating: false, count: exploration.space.count)
        var expanded = ViewSet(count: exploration.views.count, full: false)
        var level = (0..<exploration.space.count).filter { isFalse(question, in: $0) }
        for state in level { isReached[state] = true }
        var last: Int?
        while !level.isEmpty {
            var nextLevel: [Int] = []
            for state in level {
                for node in members(question, in: state) {
                    let view = knowledge.views(in: state)[node]
                    guard !expanded.contains(view) else { continue }
                    expanded.insert(view)
                    for other in classes.states(with: view) where !isReached[other] {
                        guard isMember(node, of: question, in: other) else { continue }
                        isReached[other] = true
                        nextLevel.append(other)
                    }
                }
            }
            if let first = nextLevel.min() { last = first }
            level = nextLevel
        }
        return last
    }
}

/// For each view the states in which a node has it, ascending.
private struct ViewClasses {
    /// Of view v: `members[first[v] ..< first[v + 1]]`.
    private var first: [Int]
    private var members: [UInt32]

    init(_ exploration: Exploration) {
        let nodes = exploration.nodeCount
        first = [Int](repeating: 0, count: exploration.views.count + 1)
        for state in 0..<exploration.space.count {
            let views = exploration.views(UnsafePointer(exploration.space.row(state)))
            for node in 0..<nodes { first[Int(views[node]) + 1] += 1 }
        }
        for view in 0..<exploration.views.count { first[view + 1] += first[view] }
        var next = first
        members = [UInt32](repeating: 0, count: exploration.space.count * nodes)
        for state in 0..<exploration.space.count {
            let views = exploration.views(UnsafePointer(exploration.space.row(state)))
            for node in 0..<nodes {
                let view = Int(views[node])
                members[next[view]] = UInt32(state)
                next[view] += 1
            }
        }
    }

    func states(with view: UInt32) -> some Sequence<Int> {
        members[first[Int(view)]..<first[Int(view) + 1]].lazy.map { Int($0) }
    }
}
