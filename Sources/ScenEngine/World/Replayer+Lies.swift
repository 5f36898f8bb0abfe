import ScenModel

/// Lies that a trace prescribes.
private final class PrescribedLiar: Liar {
    let lies: [Lie]
    /// How many messages the handler means to send to others; nil: it did not come to sending.
    private(set) var meant: Int?
    private(set) var hasVariants = true

    init(_ lies: [Lie]) { self.lies = lies }

    func lies(about messages: [Speech.Message], by node: Int, _ words: FalseWords) -> [Lie] {
        meant = messages.count
        guard messages.count == lies.count else { return messages.map { _ in .none } }
        hasVariants = zip(messages, lies).allSatisfy { $1.number < words.count(of: $0.word) }
        return hasVariants ? lies : messages.map { _ in .none }
    }
}

extension Replayer {
    func setLies(_ step: Trace.Step, of choice: Choice) throws(Misfit) {
        world.isListening = isTraitor(Int(choice.node)) && compiled.program.layout.keepsSeen
        guard !step.lies.isEmpty else {
            if world.liar != nil { world.liar = nil }
            return
        }
        let node = Int(choice.node)
        guard isFaulty[node] else { throw Misfit("\(names[node]) lies, and is not faulty in this run") }
        let behaviour = compiled.system.faults.behaviour(of: node)
        let lies = step.lies.map { Lie(number: $0) }
        // To be honest is no choice of a node that is to be silent, but no lie either.
        guard lies.allSatisfy({ $0.isPossible(for: behaviour) }) else {
            throw Misfit("\(names[node]) does here what its behaviour does not allow")
        }
        world.liar = PrescribedLiar(lies)
    }

    /// Once the handler has run.
    func checkLies(_ step: Trace.Step) throws(Misfit) {
        guard let liar = world.liar as? PrescribedLiar else { return }
        let meant = liar.meant ?? 0
        guard meant == liar.lies.count else {
            throw Misfit("the handler means to send \(meant) messages to others, and the trace says what becomes of \(liar.lies.count)")
        }
        guard liar.hasVariants else { throw Misfit("a message has fewer variants than the trace says") }
    }
}
