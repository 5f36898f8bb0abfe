import ScenModel

/// Condenses the steps of one run: what was chosen, and what the handlers made of it. Simulator and replay agree on it, since
/// draws, and what becomes of messages on their way, have no part in it.
struct StepHash {
    private var hash = RunHash()
    var value: UInt64 { hash.value }

    mutating func add(_ choice: Choice, time: Int, outcome: World.Outcome, world: World) {
        let machine = world.machine
        hash.add(time)
        hash.add(Int(choice.kind.rawValue) &+ Int(choice.node) &<< 8 &+ Int(choice.from) &<< 36)
        hash.add(machine.hash(choice.word))
        hash.add(outcome == .crashed ? 1 : outcome == .ignored ? 2 : 0)
        for effect in world.effects where effect.kind != .log && effect.kind != .choose {
            hash.add(Int(effect.kind.rawValue) &+ Int(effect.node) &<< 8)
            hash.add(machine.hash(effect.word))
        }
    }

    /// Something that is no handler.
    mutating func add(_ action: Trace.Action, time: Int) {
        hash.add(time)
        switch action {
        case .pause(let node, let since, let until):
            hash.add(node)
            hash.add(since)
            hash.add(until ?? -1)
        case .timeline(let item, let phase): hash.add(item &+ Int(phase.rawValue) &<< 32 &+ 1 &<< 40)
        case .cutOff(let number, let isLost): hash.add(isLost ? -number : number)
        default: break
        }
    }

    /// At the end of the run.
    mutating func addEnd(_ world: World, failed: Bool) {
        hash.add(failed ? -1 : world.memory.time)
        for i in 0..<world.memory.nodeCount * world.memory.width { hash.add(world.machine.hash(world.memory.nodes[i])) }
    }
}
