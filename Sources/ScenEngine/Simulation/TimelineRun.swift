import ScenModel

/// What the simulator keeps of the timeline during one run.
final class TimelineRun {
    let timeline: Timeline
    /// Nodes that crash whatever happens; ascending.
    private let crashing: [Int]
    /// Items with a condition that has not held yet, in file order.
    private(set) var waiting: [Int] = []
    /// By item that is in force: the nodes that it has made crash.
    var struck: [Int: [Int]] = [:]
    /// What reached a cut link and is held back, in the order in which it came.
    var cutOff: [Event] = []
    /// What was held back and is on its way again.
    var released: Row<Event> = Row()

    /// Which nodes crash because a target gave them: found out by running the run once without looking at it, since
    /// `faulty` holds from its beginning. Nothing that happens depends on `faulty`, so the run is the same again.
    var computed: [Int] = []

    /// Nil if nothing happens.
    init?(_ timeline: Timeline) {
        guard !timeline.items.isEmpty else { return nil }
        self.timeline = timeline
        crashing = timeline.crashing
    }

    func begin() {
        waiting.removeAll(keepingCapacity: true)
        for (index, item) in timeline.items.enumerated() {
            if case .when = item.moment { waiting.append(index) }
        }
        struck.removeAll(keepingCapacity: true)
        cutOff.removeAll(keepingCapacity: true)
        released.removeAll()
    }

    /// Those items whose condition holds now; they wait no longer. Nil if one cannot be evaluated.
    func due(_ machine: Machine) -> [Int]? {
        var due: [Int] = []
        for index in waiting {
            guard case .when(let observer) = timeline.items[index].moment else { continue }
            guard let value = machine.observe(timeline.observers[observer]) else { return nil }
            if value.isTrue { due.append(index) }
        }
        if !due.isEmpty { waiting.removeAll { due.contains($0) } }
        return due
    }

    /// What a computed target names.
    static func nodes(_ target: Value) -> [Int] {
        switch target {
        case .node(let node): [node]
        case .set(let elements): elements.compactMap { if case .node(let node) = $0 { node } else { nil } }
        default: []
        }
    }

    /// With the nodes that the timeline crashes; ascending.
    func faulty(beside drawn: [Int]) -> [Int] {
        Set(drawn).union(crashing).union(computed).sorted()
    }

    func roots(_ mark: (Word) -> Void) {
        for event in cutOff { mark(event.word) }
        released.forEach { mark($0.word) }
    }
}
