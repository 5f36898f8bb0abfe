import ScenModel

/// How far the timeline has come in a state, and what it has done to links and nodes.
struct TimelineState: Hashable {
    /// Items whose condition has not held yet; ascending.
    var waiting: [Int]
    /// Those whose condition held in a state before, and that act now, one after the other.
    var due: [Int] = []
    /// Partitions and cuts in force; ascending.
    var cuts: [Int] = []
    /// Changes of loss in force, in the order in which they began.
    var losses: [Int] = []
    /// Nodes in a pause; ascending.
    var paused: [Int] = []
    /// What `for` will end, in the order in which it began.
    var ends: [End] = []

    struct End: Hashable {
        var item: Int
        /// It ends with so many beginnings of rounds.
        var left: Int
        /// Those that the item has made crash.
        var nodes: [Int] = []
    }

    /// A round begins: what ends with that.
    mutating func passRound() -> [End] {
        for index in ends.indices { ends[index].left -= 1 }
        let ending = ends.filter { $0.left == 0 }
        ends.removeAll { $0.left == 0 }
        return ending
    }
}

/// The timeline of a case where there is no clock but perhaps rounds, with all that was met of `TimelineState`: a state has the number of one. They are
/// few, since each item acts once.
final class ExploredTimeline {
    let timeline: Timeline
    /// Nodes that are faulty since an item names them.
    let crashing: [Int]
    private let network: NetworkModel
    private let nodeCount: Int
    /// ns: of a round.
    private let bound: Int?
    private(set) var states: [TimelineState] = []
    /// By state: what may become of messages.
    private(set) var links: [LinkChoices] = []
    private var numbers: [TimelineState: Int] = [:]

    /// That in which runs begin.
    static let first = 0

    /// Nil if nothing is prescribed.
    init?(_ system: SystemModel) {
        timeline = system.timeline
        guard !timeline.items.isEmpty else { return nil }
        crashing = timeline.crashing
        network = system.network
        nodeCount = system.nodes.count
        bound = system.timing.bound
        _ = number(
            of: TimelineState(
                waiting: timeline.items.indices.filter {
                    if case .when = timeline.items[$0].moment { true } else { false }
                }))
    }

    func number(of state: TimelineState) -> Int {
        if let number = numbers[state] { return number }
        numbers[state] = states.count
        states.append(state)
        links.append(choices(in: state))
        return states.count - 1
    }

    /// What the item does to links.
    func begin(_ item: Int, in state: inout TimelineState) {
        switch timeline.items[item].action {
        case .nodes, .latency: break
        case .heal:
            state.ends.removeAll { state.cuts.contains($0.item) }
            state.cuts = []
        case .partition, .cut: state.cuts = (state.cuts + [item]).sorted()
        case .loss: state.losses.append(item)
        }
    }

    func end(_ item: Int, in state: inout TimelineState) {
        state.cuts.removeAll { $0 == item }
        state.losses.removeAll { $0 == item }
    }

    /// With how many beginnings of rounds what the item does is over; nil: it lasts.
    func left(of item: Int) -> Int? {
        guard let bound, let duration = timeline.items[item].duration else { return nil }
        let nearly = bound - 1
        guard case .at(let moment) = timeline.items[item].moment else { return Network.sum(duration, nearly) / bound + 1 }
        return Network.sum(Network.sum(moment, duration), nearly) / bound - moment / bound
    }

    /// As the simulator has it: the same `LinkChanges` in force.
    private func choices(in state: TimelineState) -> LinkChoices {
        var changes = LinkChanges(timeline, nodeCount: nodeCount, bound: nil)
        for item in state.cuts + state.losses { changes.begin(item, until: nil) }
        let mayHeal = (state.waiting + state.due).contains { timeline.items[$0].action == .heal }
        return LinkChoices(network, nodeCount: nodeCount) { from, to, loss in
            var traits = SpecialLinks.Traits(loss: Network.threshold(loss), duplicate: 0)
            let before = traits.loss
            changes.change(&traits, from: from, to: to)
            if traits.loss != before { loss = traits.loss == .max ? 1 : Double(traits.loss) * 0x1p-64 }
            var link: LinkChoices.Link = state.losses.isEmpty ? [] : .mayDuplicate
            if changes.isCut(from: from, to: to) { link.formUnion(mayHeal ? .isCut : [.isCut, .isCutForGood]) }
            return link
        }
    }

    /// Ascending.
    func faulty(beside drawn: [Int]) -> [Int] { Set(drawn + crashing).sorted() }

    func isPaused(_ node: Int, in state: Int) -> Bool { states[state].paused.contains(node) }

    /// The state in which the node pauses, or pauses no longer.
    func state(_ number: Int, pausing node: Int, _ isPaused: Bool) -> Int {
        var state = states[number]
        state.paused.removeAll { $0 == node }
        if isPaused { state.paused = (state.paused + [node]).sorted() }
        return self.number(of: state)
    }
}
