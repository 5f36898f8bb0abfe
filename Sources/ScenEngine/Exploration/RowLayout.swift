/// Where in the row of a state each of its ids stands.
///
/// What only some scenarios need is appended and has a place only there, so that states cost nothing for what they do not hold.
struct RowLayout {
    /// What all runs from one beginning share.
    static let beginning = 0
    let nodeCount: Int
    /// What is in flight.
    let flight: Int
    /// What is counted.
    let counters: Int
    /// What was broadcast and delivered, where a condition reads it.
    let history: Int?
    /// What the adversary on the links has seen, where that must be known.
    let adversary: Int?
    /// What is left of durations, where time passes.
    let time: Int?
    /// How far the timeline has come, where there is one.
    let timeline: Int?
    /// How many messages rules were about, where there are any.
    let rules: Int?
    /// Ids in a row.
    let width: Int
    /// What nodes have seen (`Views`), one place for each; only where knowledge is asked.
    let hasViews: Bool
    private let firstView: Int

    init(
        nodeCount: Int, keepsHistory: Bool = false, hasAdversary: Bool = false, hasTime: Bool = false, hasTimeline: Bool = false,
        hasRules: Bool = false, hasViews: Bool = false
    ) {
        self.nodeCount = nodeCount
        self.hasViews = hasViews
        flight = nodeCount + 1
        counters = nodeCount + 2
        var next = nodeCount + 3
        func place(_ isThere: Bool) -> Int? {
            guard isThere else { return nil }
            next += 1
            return next - 1
        }
        history = place(keepsHistory)
        adversary = place(hasAdversary)
        time = place(hasTime)
        timeline = place(hasTimeline)
        rules = place(hasRules)
        firstView = next
        width = hasViews ? next + nodeCount : next
    }

    /// Of what a node has seen.
    @inline(__always)
    func view(_ node: Int) -> Int { firstView &+ node }

    /// Of a node's local state.
    @inline(__always)
    func local(_ node: Int) -> Int { node &+ 1 }
}
