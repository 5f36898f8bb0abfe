import ScenModel

extension Simulator {
    func setFaulty() {
        let faulty = faultyNodes
        var isFaulty = [Bool](repeating: false, count: memory.nodeCount)
        for node in faulty { isFaulty[node] = true }
        let correct = (0..<memory.nodeCount).filter { !isFaulty[$0] }
        memory.faulty = machine.word(.set(faulty.map { .node($0) }))
        memory.correct = machine.word(.set(correct.map { .node($0) }))
    }

    func begin(_ adversary: LinkAdversary) {
        memory.adversary = adversary.observer
        adversary.begin(seed: seed, faulty: faultyNodes)
    }

    func begin(_ adversary: Adversary) {
        adversary.begin(seed: seed, nodeCount: memory.nodeCount)
        for node in isLying.indices { isLying[node] = false }
        for node in faults.faulty { isLying[node] = !faults.model.behaviour(of: node).isEmpty }
    }

    /// Ascending.
    var faultyNodes: [Int] { timeline?.faulty(beside: faults.faulty) ?? faults.faulty }

    /// Between events.
    @inline(__always)
    func collectIfDue() {
        if machine.wantsCollection { machine.collect(roots: roots) }
    }

    /// The words that are kept outside of the world's memory.
    func roots(_ mark: (Word) -> Void) {
        mark(inHand)
        world.roots(mark)
        inputs.roots(mark)
        timers.forEach(mark)
        queue.forEach { if $0.source >= 0 { mark($0.word) } }
        lockstep?.roots(mark)
        timeline?.roots(mark)
        teller?.roots(mark)
        network.roots(mark)
        watching.roots(mark)
        held?.roots(mark)
        linkAdversary?.roots(mark)
    }
}
