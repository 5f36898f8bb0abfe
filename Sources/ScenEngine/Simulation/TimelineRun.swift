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

    /// What conditions read, by item. They are evaluated again only when something of it has changed.
    private let tracker: ChangeTracker
    private var isAlwaysStale: [Bool]
    private var isStale: [Bool]
    var isIncremental = true
    /// Nodes that may hold something else since conditions were evaluated.
    private var touched: [Int] = []
    private var changed: [Int] = []

    /// Nil if nothing happens.
    init?(_ timeline: Timeline, _ machine: Machine) {
        guard !timeline.items.isEmpty else { return nil }
        self.timeline = timeline
        crashing = timeline.crashing
        isAlwaysStale = Array(repeating: false, count: timeline.items.count)
        isStale = isAlwaysStale
        tracker = ChangeTracker(machine.memory, machine.program)
        var cells: [ChangeTracker.Reading] = []
        var messages: [(message: Int, unit: Int)] = []
        for (index, item) in timeline.items.enumerated() {
            guard case .when(let observer) = item.moment else { continue }
            let reads = ReadSet(of: timeline.observers[observer], in: machine.program)
            isAlwaysStale[index] = reads.isAlwaysStale
            for cell in reads.cells {
                var node: Int?
                if case .number(let number) = cell.node { node = number }
                cells.append(.init(kind: cell.kind, node: node, unit: index))
            }
            messages += reads.messages.map { ($0, index) }
        }
        tracker.subscribe(cells, messages: messages)
    }

    func begin() {
        waiting.removeAll(keepingCapacity: true)
        for (index, item) in timeline.items.enumerated() {
            if case .when = item.moment { waiting.append(index) }
        }
        isStale = Array(repeating: true, count: isStale.count)
        touched.removeAll(keepingCapacity: true)
        tracker.see()
        struck.removeAll(keepingCapacity: true)
        cutOff.removeAll(keepingCapacity: true)
        released.removeAll()
    }

    /// Those items whose condition holds now; they wait no longer. Nil if one cannot be evaluated.
    func due(_ machine: Machine) -> [Int]? {
        var due: [Int] = []
        markChanges()
        for index in waiting where isStale[index] || isAlwaysStale[index] || !isIncremental {
            isStale[index] = false
            guard case .when(let observer) = timeline.items[index].moment else { continue }
            guard let value = machine.observe(timeline.observers[observer]) else { return nil }
            if value.isTrue { due.append(index) }
        }
        if !due.isEmpty { waiting.removeAll { due.contains($0) } }
        return due
    }

    @inline(never)
    func touch(_ node: Int) { touched.append(node) }

    private func markChanges() {
        changed.removeAll(keepingCapacity: true)
        for node in touched { tracker.changes(of: node, into: &changed) }
        touched.removeAll(keepingCapacity: true)
        tracker.changesOfMessages(into: &changed)
        for item in changed { isStale[item] = true }
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
        for node in touched { tracker.roots(of: node, mark) }
    }
}
