/// What happens at given moments, in the order of the file.
package struct Timeline: Sendable {
    package enum Moment: Sendable, Hashable {
        /// ns since the start.
        case at(Int)
        /// After the first observed state in which this observer gives true. Index in `observers`.
        case when(Int)
    }
    package enum NodeAction: String, Sendable, Hashable, CaseIterable {
        case crash, recover, pause
    }
    package enum Target: Sendable, Hashable {
        case nodes([Int])
        /// What an observer gives at that moment: a node, perhaps a node, or a set of nodes. Index in `observers`.
        case computed(Int, ValueType)
    }
    package struct Links: Sendable, Hashable {
        /// Ascending. Every link from one of these to one of those.
        package var from: [Int]
        package var to: [Int]
        /// And back.
        package var both: Bool
        /// As written.
        package var text: String
        package init(from: [Int], to: [Int], both: Bool, text: String) {
            self.from = from
            self.to = to
            self.both = both
            self.text = text
        }
    }
    package enum Action: Sendable, Hashable {
        case nodes(NodeAction, Target)
        /// Disjoint sets, each ascending; some may be empty. A node in none of them reaches all.
        case partition([[Int]])
        /// Ends all partitions and cuts.
        case heal
        case cut(Links)
        /// `text` as written. Nil: all links.
        case latency(Distribution, text: String, Links?)
        case loss(Double, text: String, Links?)
    }
    package struct Item: Sendable, Hashable {
        package var moment: Moment
        package var action: Action
        /// ns after which it is undone; nil: never.
        package var duration: Int?
        package init(moment: Moment, action: Action, duration: Int? = nil) {
            self.moment = moment
            self.action = action
            self.duration = duration
        }
    }
    package var items: [Item] = []
    /// Routines without parameters.
    package var observers: [Program.RoutineID] = []
    package init(items: [Item] = [], observers: [Program.RoutineID] = []) {
        self.items = items
        self.observers = observers
    }

    /// Whether it says something about links.
    package var changesLinks: Bool {
        items.contains { if case .nodes = $0.action { false } else { true } }
    }

    /// Nodes that crash at some moment and are known before the run; ascending.
    package var crashing: [Int] {
        var nodes: Set<Int> = []
        for item in items {
            if case .nodes(.crash, .nodes(let these)) = item.action { nodes.formUnion(these) }
        }
        return nodes.sorted()
    }

    /// Whether which nodes crash is known at that moment only.
    package var crashesComputed: Bool {
        items.contains { if case .nodes(.crash, .computed) = $0.action { true } else { false } }
    }
}
