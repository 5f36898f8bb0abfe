import ScenModel

/// What an adversary has done to messages.
extension Replayer {
    func interfere(_ step: Trace.Step) throws(Misfit) {
        guard let observer else { throw Misfit("in this case there is no adversary") }
        switch step.action {
        case .modify(let number, let to):
            try require(observer, .modify, "changes messages")
            try requireInFlight(number)
            let sent = inFlight[number - 1]
            try require(sent, number, to)
            let word = try message(step.text)
            guard observer.canPut(word, inPlaceOf: sent.word) else {
                throw Misfit("the adversary cannot make \(step.text) of message #\(number)")
            }
            inFlight[number - 1].copies -= 1
            teller.interference = .modifies(number: number, original: machine.value(sent.word, .message))
            try perform(.deliver(word, from: sent.from, to: to), step, number: number)
        case .spoof(let from, let to):
            guard observer.mayMakeUp(from: from) else { throw Misfit("nobody makes up messages from \(names[from]) in this case") }
            let word = try message(step.text)
            guard from != to, memory.topology?.hasLink(from: from, to: to) ?? true else {
                throw Misfit("there is no link from \(names[from]) to \(names[to])")
            }
            guard observer.canMake(word) else { throw Misfit("the adversary cannot make \(step.text)") }
            teller.interference = .spoofs
            try perform(.deliver(word, from: from, to: to), step)
        case .replay(let number, let to):
            try require(observer, .replay, "replays messages")
            guard number >= 1, number <= inFlight.count else { throw Misfit("message #\(number) has not been sent") }
            let sent = inFlight[number - 1]
            try require(sent, number, to)
            guard TraceText.message(sent.word, machine) == step.text else {
                throw Misfit("message #\(number) is \(TraceText.message(sent.word, machine)) now")
            }
            teller.interference = .replays(number: number)
            try perform(.deliver(sent.word, from: sent.from, to: to), step, number: number)
        default: break
        }
    }

    /// In rounds: what was sent in those that have ended by then is known to whoever has seen it.
    func endRounds(before moment: Int) {
        guard isLockstep, let bound = compiled.system.timing.bound, moment / max(1, bound) > time / max(1, bound) else { return }
        observer?.endRound()
        guard compiled.program.layout.keepsSeen else { return }
        for message in inFlight where message.copies > 0 && isTraitor(message.to) && !memory.crashed[message.to] {
            if !world.listen(to: message.word, message.to) { failure = machine.failure }
        }
    }

    func isTraitor(_ node: Int) -> Bool { isFaulty[node] && !compiled.system.faults.behaviour(of: node).isEmpty }

    private func require(_ observer: LinkObserver, _ power: AdversaryPowers, _ what: String) throws(Misfit) {
        guard observer.powers.contains(power) else { throw Misfit("no adversary \(what) in this case") }
    }

    private func require(_ sent: InFlight, _ number: Int, _ to: Int) throws(Misfit) {
        guard sent.to == to, sent.from != to else {
            throw Misfit("message #\(number) was sent from \(names[sent.from]) to \(names[sent.to])")
        }
    }

    private func message(_ text: String) throws(Misfit) -> Word {
        guard let value = ValueReader.value(text, .message, compiled.program.types) else {
            throw Misfit("\(text.prefix(60)) is no message of this algorithm")
        }
        return machine.word(value)
    }
}
