import ScenModel

extension Machine {
    /// What a handler asks of the world, and what it and observers read of it.
    func askWorld(_ i: Instruction, _ r: UnsafeMutablePointer<Int>) -> StepResult {
        let a = Int(i.a)
        switch i.opcode {
        case .storeStable:
            if state.pointee.pass(recipients: 0) { return .interrupted }
            state.pointee.words[a] = Word(bits: r[Int(i.b)])
        case .setTimer:
            guard state.pointee.hasRoom(forEffects: 1) else { return fail(.tooManyEffects) }
            state.pointee.add(Effect(kind: .setTimer, word: Word(bits: r[a]), amount: r[Int(i.b)] >> 1))
        case .cancelTimer: state.pointee.add(Effect(kind: .cancelTimer, word: Word(bits: r[a])))
        case .decide: decide(Word(bits: r[a]))
        case .deliver: return deliver(Word(bits: r[a]), from: i.c == 1 ? r[Int(i.b)] >> 1 : -1)
        case .broadcast: state.pointee.add(Effect(kind: .broadcast, word: Word(bits: r[a])))
        case .choose, .chooseKey: return choose(from: Word(bits: r[Int(i.b)]), r, a, type: Int32(i.c))
        case .chooseInRange: return choose(from: r[Int(i.b)] >> 1, to: r[Int(i.c)] >> 1, r, a)
        case .beginLog: logLine = ""
        case .logText: if keepsLog { logLine += arena.text(Word(bits: state.pointee.constants[i.wide])) }
        case .logValue: if keepsLog { logValue(Word(bits: r[a]), program.shownTypes[i.wide]) }
        case .endLog: endLog()
        case .checkLink: return hasLink(to: r[a] >> 1) ? .done : fail(.noLink)
        case .checkLinks: return missingLink(Word(bits: r[a])) == nil ? .done : fail(.noLink)
        default: return read(i, r)
        }
        return .done
    }

    /// True if the node crashes in the middle of it.
    func sendMany(_ message: Word, to recipients: Word) -> Bool {
        let (start, count, _) = arena.elements(of: recipients)
        arena.charge(count &* 8)
        if state.pointee.pass(recipients: count) {
            for index in interruption?.reached ?? [] where index >= 0 && index < count { send(message, to: start[index]) }
            return true
        }
        for index in 0..<count { send(message, to: start[index]) }
        state.pointee.sends &+= 1
        return false
    }

    @inline(__always)
    private func send(_ message: Word, to node: Int) {
        state.pointee.add(
            Effect(
                kind: .send, node: Int32(truncatingIfNeeded: node &>> 1), word: message, amount: state.pointee.sends))
    }

    private func decide(_ value: Word) {
        let layout = program.layout
        let words = state.pointee.words
        let times = words[layout.decisions].number + 1
        if times == 1 { words[layout.decision] = value }
        words[layout.decisions] = Word(times)
        state.pointee.add(Effect(kind: .decide, word: value, amount: times))
    }

    private func deliver(_ value: Word, from sender: Int) -> StepResult {
        let delivered = program.layout.delivered
        let list = arena.appending(state.pointee.words[delivered], value)
        if list.hasFailed { return .noRoom }
        state.pointee.words[delivered] = list
        state.pointee.add(Effect(kind: .deliver, node: Int32(truncatingIfNeeded: sender), word: value))
        return .done
    }

    private func choose(from collection: Word, _ r: UnsafeMutablePointer<Int>, _ a: Int, type: Int32) -> StepResult {
        let (start, count, stride) = arena.elements(of: collection)
        guard count > 0 else { return fail(.emptyCollection) }
        let choice = tape.choose(of: count)
        r[a] = start[choice * stride]
        keepChoice(Word(bits: r[a]), choice, type: type)
        return .done
    }

    private func choose(from low: Int, to high: Int, _ r: UnsafeMutablePointer<Int>, _ a: Int) -> StepResult {
        guard low <= high else { return fail(.emptyCollection) }
        // The whole of the numbers has 2^63 of them, one more than there are choices.
        let choice = tape.choose(of: high &- low == Int.max ? Int.max : high - low + 1)
        r[a] = Word(low + choice).bits
        keepChoice(Word(bits: r[a]), choice, type: -1)
        return .done
    }

    private func keepChoice(_ word: Word, _ index: Int, type: Int32) {
        if keepsLog { state.pointee.add(Effect(kind: .choose, node: type, word: word, amount: index)) }
    }

    private func logValue(_ word: Word, _ type: ValueType) {
        logLine += ValuePrinter(program.types).interpolated(value(word, type))
    }

    private func endLog() {
        guard keepsLog else { return }
        state.pointee.add(Effect(kind: .log, amount: logged.count))
        logged.append(logLine)
        state.pointee.hasLogged = true
    }

    private func read(_ i: Instruction, _ r: UnsafeMutablePointer<Int>) -> StepResult {
        let a = Int(i.a)
        let node = r[Int(i.b)] >> 1
        switch i.opcode {
        case .loadNow:
            let now = memory.clocks?.reading(of: state.pointee.node, at: memory.time)
            r[a] = Word(now ?? memory.time).bits
        case .loadTime: r[a] = Word(memory.time).bits
        case .loadOthers: return loadOthers(of: state.pointee.node, r, a)
        case .loadNeighbours: return loadNeighbours(of: state.pointee.node, r, a)
        case .loadNeighboursOf: return loadNeighbours(of: node, r, a)
        case .loadInput: r[a] = memory.inputs[state.pointee.node].bits
        case .loadUp: r[a] = Word(!memory.crashed[node]).bits
        case .loadCrashed: r[a] = Word(memory.crashed[node]).bits
        case .loadUpFor: r[a] = Word(memory.crashed[node] ? 0 : memory.time - memory.turned[node]).bits
        case .loadDownFor: r[a] = Word(memory.crashed[node] ? memory.time - memory.turned[node] : 0).bits
        case .loadInputOf: r[a] = memory.inputs[node].bits
        case .loadStateOf: r[a] = memory.nodes[node * memory.width + Int(i.c)].bits
        case .loadHistory: r[a] = memory.history(of: node)[Int(i.c)].bits
        case .loadFaulty: r[a] = memory.faulty.bits
        case .loadCorrect: r[a] = memory.correct.bits
        case .loadOutcome: r[a] = memory.outcome.bits
        case .loadSent: r[a] = Word(sent(i.wide)).bits
        case .loadKnown:
            // What is not known yet is worked out before the observer is asked again.
            guard let holds = memory.knowledge?.holds(Int(i.c), r + Int(i.b)) else { return .interrupted }
            r[a] = Word(holds).bits
        case .loadAdversaryKnows:
            r[a] = Word(memory.adversary?.knows(Word(bits: r[Int(i.b)]), program.shownTypes[Int(i.c)]) ?? false).bits
        case .loadReceived: r[a] = Word(memory.received[node]).bits
        default: preconditionFailure("\(i.opcode) is an operation of the loop")
        }
        return .done
    }

    private func sent(_ message: Int) -> Int {
        if message >= 0 { return memory.sent[message] }
        var total = 0
        for index in 0..<program.types.messages.count { total += memory.sent[index] }
        return total
    }
}
