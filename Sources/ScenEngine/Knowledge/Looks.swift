import ScenModel

/// How views look where values are sealed. Of what is sealed for somebody else, and was not sealed by the node itself, a node sees only
/// whether it has received the same before: such values have numbers in the order in which they came (as in the patterns of
/// Abadi and Rogaway 2002). What its handlers find out by comparing them with what they seal themselves shows in what the node
/// holds and sends, which is part of a look.
///
/// Worked out when all views are there: states are told apart by views, and what nodes know by looks.
final class Looks {
    /// What a node has met of seals.
    private struct Met {
        /// Of those that it cannot open: their numbers.
        var numbers: [Int: Int] = [:]
        /// Those that it has sealed itself.
        var made: Set<Int> = []
    }
    private enum Term: Int {
        case plain, parts, unknownSeal, knownSeal, unordered, view
    }

    /// By view; views with equal numbers look the same.
    private(set) var numbers: [UInt32] = []
    private let terms = VectorStore(wordsMax: 1 << 30)
    private let machine: Machine
    private let program: Program
    private var met: [Met] = [Met()]
    /// By view.
    private var metOf: [UInt32] = []
    private var nodeOf: [UInt16] = []
    /// By term of a view: its number.
    private var lookOf: [Int: UInt32] = [:]
    private var hasFailed = false

    /// Of the view that is looked at.
    private var me = 0
    private var current = Met()
    private var hasChanged = false
    private var isReceiving = false

    private let rows: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>)

    static func areNeeded(for program: Program) -> Bool {
        program.types.messages.contains { $0.fields.contains { program.types.seals($0.type) } }
            || program.variables.contains { program.types.seals($0.type) }
    }

    /// Nil if there is no room.
    init?(_ exploration: borrowing Exploration) {
        machine = exploration.world.machine
        program = exploration.compiled.program
        let nodeCount = exploration.nodeCount
        rows = (.allocate(capacity: nodeCount), .allocate(capacity: nodeCount))
        numbers.reserveCapacity(exploration.views.count)
        for view in 0..<exploration.views.count {
            look(at: exploration.views[view], exploration)
            if hasFailed { return nil }
        }
    }

    deinit {
        terms.release()
        rows.0.deallocate()
        rows.1.deallocate()
    }

    /// Of the nodes in a state, in place of their views. Valid until it is asked again; what is observed has a place of its own.
    func row(_ views: UnsafePointer<UInt32>, observed: Bool) -> UnsafePointer<UInt32> {
        let row = observed ? rows.0 : rows.1
        for node in 0..<program.types.nodeNames.count { row[node] = numbers[Int(views[node])] }
        return UnsafePointer(row)
    }

    // MARK: Views

    private func look(at view: Views.Link, _ exploration: borrowing Exploration) {
        var words: [Int]
        hasChanged = false
        var before: UInt32 = 0
        switch view {
        case .begins(let node, let input):
            (me, current) = (node, Met())
            words = [node, term(input, program.inputType ?? .nothing)]
        case .fell(let node, let input, let held):
            (me, current, isReceiving) = (node, Met(), true)
            hasChanged = true
            words = [node, term(input, program.inputType ?? .nothing)] + self.held(held)
            isReceiving = false
        case .goesOn(let parent, let action, let clock):
            before = metOf[Int(parent)]
            (me, current) = (Int(nodeOf[Int(parent)]), met[Int(before)])
            words = [-1, Int(numbers[Int(parent)]), clock] + self.action(action, exploration)
        }
        let term = term(.view, words)
        if lookOf[term] == nil { lookOf[term] = UInt32(lookOf.count) }
        numbers.append(lookOf[term] ?? 0)
        nodeOf.append(UInt16(me))
        if hasChanged { met.append(current) }
        metOf.append(hasChanged ? UInt32(met.count - 1) : before)
    }

    private func action(_ action: Views.Action, _ exploration: borrowing Exploration) -> [Int] {
        let event = action.event
        var words: [Int]
        if event.isDelivery {
            isReceiving = true
            words = [0, event.sender, term(event.message, .message)]
            isReceiving = false
        } else if event.isFiring {
            words = [1, timer(event.choice(of: me).word)]
        } else {
            words = [2, event.bits]
        }
        words += [action.choices.count] + action.choices
        words += [action.sends.count]
        for send in action.sends {
            let send = LocalEvent(bits: send)
            words += [send.recipient, term(send.message, .message)]
        }
        guard let local = action.local else { return words }
        let vector = exploration.steps.locals[local]
        let width = program.layout.width
        let held = held(Array(vector[LocalState.variables..<LocalState.variables + width]))
        let timers = vector[(LocalState.variables + width)...].map { timer(Word(bits: $0)) }
        return words + held + timers.sorted()
    }

    private func held(_ words: [Int]) -> [Int] {
        words.enumerated().map { index, bits in
            let type: ValueType
            switch index {
            case program.layout.decision: type = program.decisionType.map { .maybe($0) } ?? .nothing
            case program.layout.delivered: type = program.deliveredType.map { .list($0) } ?? .nothing
            default: type = index < program.variables.count ? program.variables[index].type : .nothing
            }
            return term(Word(bits: bits), type)
        }
    }

    // MARK: Values

    private func timer(_ word: Word) -> Int {
        let fields = program.types.timers[machine.shape(word)].fields
        return term(.parts, [machine.shape(word)] + fields.indices.map { term(part(word, $0 + 1), fields[$0].type) })
    }

    /// As the node sees it: a number that is equal for what is equal to it.
    private func term(_ word: Word, _ type: ValueType) -> Int {
        guard word.isComposite, program.types.seals(type) else { return term(.plain, [word.bits]) }
        switch type {
        case .maybe(let inner): return term(word, inner)
        case .sealed(let content): return seal(word, content)
        case .signed(let content): return term(.parts, [part(word, 0).bits, term(part(word, 1), content)])
        case .tuple(let types): return term(.parts, types.indices.map { term(part(word, $0), types[$0]) })
        case .record(let index):
            let fields = program.types.records[index].fields
            return term(.parts, fields.indices.map { term(part(word, $0), fields[$0].type) })
        case .message:
            let fields = program.types.messages[machine.shape(word)].fields
            return term(.parts, [machine.shape(word)] + fields.indices.map { term(part(word, $0 + 1), fields[$0].type) })
        case .list(let element):
            return term(.parts, (0..<machine.arena.count(of: word)).map { term(part(word, $0), element) })
        case .set(let element):
            return term(.unordered, (0..<machine.arena.count(of: word)).map { term(part(word, $0), element) }.sorted())
        case .map(let key, let value):
            let entries = (0..<machine.arena.count(of: word)).map { index in
                term(.parts, [term(part(word, index * 2), key), term(part(word, index * 2 + 1), value)])
            }
            return term(.unordered, entries.sorted())
        default: return term(.plain, [word.bits])
        }
    }

    private func seal(_ word: Word, _ content: ValueType) -> Int {
        if let number = current.numbers[word.bits] { return term(.unknownSeal, [number]) }
        let reader = part(word, 0).number
        if isReceiving, reader != me, !current.made.contains(word.bits) {
            current.numbers[word.bits] = current.numbers.count
            hasChanged = true
            return term(.unknownSeal, [current.numbers.count - 1])
        }
        if !isReceiving, current.made.insert(word.bits).inserted { hasChanged = true }
        return term(.knownSeal, [reader, term(part(word, 1), content)])
    }

    private func part(_ word: Word, _ index: Int) -> Word { Word(bits: machine.arena.contents(of: word)[index]) }

    private func term(_ kind: Term, _ words: [Int]) -> Int {
        let vector = [kind.rawValue] + words
        guard let term = vector.withUnsafeBufferPointer({ terms.intern($0.baseAddress!, $0.count) }) else {
            hasFailed = true
            return 0
        }
        return term
    }
}

extension Exploration {
    /// Views as nodes tell them apart, by node.
    func views(_ row: UnsafePointer<UInt32>, observed: Bool = false) -> UnsafePointer<UInt32> {
        let views = row + layout.view(0)
        return looks?.row(views, observed: observed) ?? views
    }

    /// When all states are there. False if there is no room.
    func tellLooks() -> Bool {
        guard layout.hasViews, Looks.areNeeded(for: compiled.program) else { return true }
        looks = Looks(self)
        return looks != nil
    }
}
