import ScenModel

/// A set of nodes to ask about: all, consecutive ones, or any others in ascending order.
enum NodeTest {
    case any
    case range(Int, Int)
    case list([Int])

    /// Nil: all.
    init(_ nodes: [Int]?) {
        guard let nodes else {
            self = .any
            return
        }
        if let first = nodes.first, let last = nodes.last, last - first == nodes.count - 1 {
            self = .range(first, last)
        } else {
            self = .list(nodes)
        }
    }

    func contains(_ node: Int) -> Bool {
        switch self {
        case .any: return true
        case .range(let first, let last): return first <= node && node <= last
        case .list(let nodes):
            var low = 0
            var high = nodes.count
            while low < high {
                let middle = (low + high) / 2
                if nodes[middle] < node { low = middle + 1 } else { high = middle }
            }
            return low < nodes.count && nodes[low] == node
        }
    }
}

/// The rules of a scenario in one run. Each counts the messages that it is about, whatever other rules make of them; the
/// first that selects a message decides.
struct MessageRules {
    enum Action {
        case drop, duplicate
        /// ns
        case delay(Int)
    }
    private struct Rule {
        let rule: MessageRule
        let from: NodeTest
        let to: NodeTest
        let delay: BoxedSampler?
        /// Messages that it was about.
        var count = 0

        init(_ rule: MessageRule) {
            self.rule = rule
            from = NodeTest(rule.from)
            to = NodeTest(rule.to)
            delay = if case .delay(let delay) = rule.action { BoxedSampler(delay) } else { nil }
        }
    }
    private var rules: [Rule]

    init(_ rules: [MessageRule]) { self.rules = rules.map(Rule.init) }

    mutating func begin() {
        for index in rules.indices { rules[index].count = 0 }
    }

    /// What is done with a message of this kind, if anything.
    mutating func action(message: Int, from: Int, to: Int, _ draws: MessageDraws) -> Action? {
        let chosen = select(message: message, from: from, to: to) { index, share in
            draws.happens(Network.threshold(share), .rule, index)
        }
        return chosen.map { action($0, draws) }
    }

    /// Counts the message, and gives the rule that decides about it. `happens`: whether the rule takes it with that probability.
    @inline(__always)
    mutating func select(message: Int, from: Int, to: Int, _ happens: (_ rule: Int, _ share: Double) -> Bool) -> Int? {
        var chosen: Int?
        for index in rules.indices {
            if let kind = rules[index].rule.message, kind != message { continue }
            guard rules[index].from.contains(from), rules[index].to.contains(to) else { continue }
            rules[index].count += 1
            if chosen == nil, selects(index, happens) { chosen = index }
        }
        return chosen
    }

    private func selects(_ index: Int, _ happens: (_ rule: Int, _ share: Double) -> Bool) -> Bool {
        let number = rules[index].count
        return switch rules[index].rule.selection {
        case .all: true
        case .first(let count): number <= count
        case .after(let count): number > count
        case .every(let step): number % step == 0
        case .number(let one): number == one
        case .share(let share): happens(index, share)
        }
    }

    /// How many messages each was about, as far as that makes a difference to what comes.
    var counts: [Int] {
        get {
            rules.map { rule in
                switch rule.rule.selection {
                case .all, .share: 0
                case .first(let count), .after(let count), .number(let count): min(rule.count, count)
                case .every(let step): rule.count % step
                }
            }
        }
        set {
            for index in rules.indices { rules[index].count = newValue[index] }
        }
    }

    private func action(_ index: Int, _ draws: MessageDraws) -> Action {
        switch rules[index].rule.action {
        case .drop: return .drop
        case .duplicate: return .duplicate
        case .delay:
            var stream = draws.stream(.ruleDelay, index)
            return .delay(rules[index].delay?.sampler.draw(&stream) ?? 0)
        }
    }
}

/// A sampler that can stand in an array.
final class BoxedSampler {
    let sampler: Sampler
    init(_ distribution: Distribution) { sampler = Sampler(distribution) }
}
