/// What a link carries. It serves one message at a time, in the order of sending; service comes before latency.
package struct Bandwidth: Sendable, Hashable {
    package enum Overflow: String, Sendable, CaseIterable {
        case dropNew = "drop-new"
        case dropOldest = "drop-oldest"
    }
    package enum Service: String, Sendable, CaseIterable {
        case constant, exponential
    }
    /// ns that one message takes, in the mean.
    package var interval: Double
    /// How many messages may wait while another is served; nil: any number.
    package var capacity: Int?
    package var whenFull: Overflow
    package var service: Service
    package init(
        interval: Double, capacity: Int? = nil, whenFull: Overflow = .dropNew, service: Service = .constant
    ) {
        self.interval = interval
        self.capacity = capacity
        self.whenFull = whenFull
        self.service = service
    }
}

/// An item of `between`: what some links have of their own. What is nil is as on all other links, or as an earlier item
/// says.
package struct LinkOverride: Sendable, Hashable {
    /// Ascending. Every link from one of these to one of those.
    package var from: [Int]
    package var to: [Int]
    /// And back.
    package var both: Bool
    package var loss: Double?
    package var duplicate: Double?
    package var latency: Distribution?
    package var bandwidth: Bandwidth?
    package init(from: [Int], to: [Int], both: Bool) {
        self.from = from
        self.to = to
        self.both = both
    }
}

/// An item of `rules`: what happens to particular messages on their way. What a node sends to itself is none of them.
package struct MessageRule: Sendable, Hashable {
    package enum Action: Sendable, Hashable {
        case drop
        /// Added to the latency.
        case delay(Distribution)
        case duplicate
    }
    /// Which of the messages that the rule is about, counted from 1 in the order of sending, in each run anew.
    package enum Selection: Sendable, Hashable {
        case all
        case first(Int)
        case after(Int)
        /// Every k-th: k, 2k, 3k ..
        case every(Int)
        case number(Int)
        /// Each with this probability.
        case share(Double)
    }
    /// Nil: any.
    package var message: Int?
    /// Ascending; nil: any.
    package var from: [Int]?
    package var to: [Int]?
    package var action: Action
    package var selection: Selection
    package init(
        message: Int? = nil, from: [Int]? = nil, to: [Int]? = nil, action: Action, selection: Selection = .all
    ) {
        self.message = message
        self.from = from
        self.to = to
        self.action = action
        self.selection = selection
    }
}
