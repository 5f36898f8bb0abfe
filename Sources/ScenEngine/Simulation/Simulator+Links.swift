import ScenModel

/// Messages on networks whose links, messages or moments differ.
extension Simulator {
    @inline(never)
    func admitSpecial(_ message: Word, _ from: Int, _ to: Int, _ time: Int) -> Network.Fate {
        let fate = network.admitSpecial(
            message, kind: machine.shape(message), number: sends, from: from, to: to, at: time)
        countAside()
        pushTurn()
        if badPeriods?.isExhausted == true { stop(after: .start(from), at: time) }
        return fate
    }

    /// A message that waited in the queue of a link has its turn.
    func leaveQueue(_ index: Int, at time: Int) {
        guard let (passage, fate) = network.leave(queue: index, at: time) else { return }
        countAside()
        push(passage.message, passage.number, passage.from, passage.to, fate)
        pushTurn()
    }

    private func pushTurn() {
        if let turn = network.takeTurn() { queue.push(Event(.turn, node: turn.queue, at: turn.time)) }
    }
}
