import ScenModel

extension Machine {
    /// Runs a routine to its end; its arguments stand at the bottom of the stack, and there it leaves its result.
    ///
    /// One long function, since its speed is that of every run: all it needs is in local constants, and what is not
    /// executed in nearly every handler is left to `executeRarely`.
    @inline(never)
    func execute(_ routine: Program.RoutineID) -> Outcome {
        let state = self.state
        let arena = self.arena
        let words = state.pointee.words
        let constants = state.pointee.constants
        var registers = state.pointee.stack
        state.pointee.depth = 0
        state.pointee.gatheredTop = state.pointee.gathered
        let called = state.pointee.routines[routine]
        state.pointee.stackHigh = max(state.pointee.stackHigh, registers + called.registers)
        var pc = UnsafePointer(state.pointee.code) + called.entry
        while true {
            let i = pc.pointee
            let a = Int(i.a)
            pc += 1
            switch i.opcode {
            // Flow
            case .returns:
                registers[0] = registers[a]
                fallthrough
            case .finish:
                if state.pointee.depth == 0 { return .finished }
                state.pointee.depth &-= 1
                let frame = state.pointee.frames[state.pointee.depth]
                pc = frame.pc
                registers = frame.registers
            case .jump: pc += i.wide &- 1
            case .loop:
                pc += i.wide &- 1
                state.pointee.fuel &+= i.wide &- arena.at.pointee.work
                arena.at.pointee.work = 0
                if state.pointee.fuel < 0 { return stop(.steps, at: pc - i.wide, registers) }
            case .jumpIfTrue: if registers[a] != 0 { pc += i.wide &- 1 }
            case .jumpIfFalse: if registers[a] == 0 { pc += i.wide &- 1 }
            case .call:
                if let problem = enter(i, pc, registers) { return stop(problem, at: pc - 1, registers) }
                let callee = state.pointee.routines[i.wide]
                registers += a
                pc = UnsafePointer(state.pointee.code) + callee.entry

            // Forks
            case .forkIfEqual: pc += registers[a] == registers[Int(i.b)] ? pc.pointee.wide : 1
            case .forkIfNotEqual: pc += registers[a] != registers[Int(i.b)] ? pc.pointee.wide : 1
            case .forkIfLess: pc += registers[a] < registers[Int(i.b)] ? pc.pointee.wide : 1
            case .forkIfAtMost: pc += registers[a] <= registers[Int(i.b)] ? pc.pointee.wide : 1
            case .forkIfEqualSmall: pc += registers[a] == i.wide ? pc.pointee.wide : 1
            case .forkIfNotEqualSmall: pc += registers[a] != i.wide ? pc.pointee.wide : 1
            case .forkIfLessSmall: pc += registers[a] < i.wide ? pc.pointee.wide : 1
            case .forkIfAtLeastSmall: pc += registers[a] >= i.wide ? pc.pointee.wide : 1
            case .forkIfStateEqual: pc += words[a].bits == i.wide ? pc.pointee.wide : 1
            case .forkIfStateNotEqual: pc += words[a].bits != i.wide ? pc.pointee.wide : 1
            case .forkIfStateLess: pc += words[a].bits < i.wide ? pc.pointee.wide : 1
            case .forkIfStateAtLeast: pc += words[a].bits >= i.wide ? pc.pointee.wide : 1
            case .nextElement:
                let place = arena.place(of: Word(bits: registers[Int(i.b)]))
                let index = registers[Int(i.c)] &>> 1
                if index < CompositeHeader(word: place[0]).count {
                    registers[a] = place[CompositeHeader.words &+ index]
                    registers[Int(i.c)] &+= 2
                    pc += 1
                } else {
                    pc += pc.pointee.wide
                }
            case .nextKey:
                let place = arena.place(of: Word(bits: registers[Int(i.b)]))
                let index = registers[Int(i.c)] &>> 1
                if index < CompositeHeader(word: place[0]).count {
                    registers[a] = place[CompositeHeader.words &+ index &* 2]
                    registers[Int(i.c)] &+= 2
                    pc += 1
                } else {
                    pc += pc.pointee.wide
                }
            case .nextInRange:
                let number = registers[Int(i.b)]
                let last = registers[Int(i.c)]
                if number <= last {
                    registers[a] = number
                    // Behind the last one there may be no number.
                    registers[Int(i.b)] = number == last ? 2 : number &+ 2
                    if number == last { registers[Int(i.c)] = 0 }
                    pc += 1
                } else {
                    pc += pc.pointee.wide
                }

            // Moving
            case .move: registers[a] = registers[Int(i.b)]
            case .loadConstant: registers[a] = constants[i.wide]
            case .loadSmall: registers[a] = i.wide
            case .loadState: registers[a] = words[Int(i.b)].bits
            case .storeState: words[a].bits = registers[Int(i.b)]
            case .setState: words[a].bits = i.wide
            case .loadField: registers[a] = arena.contents(of: Word(bits: registers[Int(i.b)]))[Int(i.c)]
            case .loadMe: registers[a] = state.pointee.node &<< 1

            // Numbers and truth
            case .addInt:
                let (sum, overflow) = registers[Int(i.b)].addingReportingOverflow(registers[Int(i.c)])
                if overflow { return stop(.overflow, at: pc - 1, registers) }
                registers[a] = sum
            case .addSmall:
                let (sum, overflow) = registers[Int(i.b)].addingReportingOverflow(i.small)
                if overflow { return stop(.overflow, at: pc - 1, registers) }
                registers[a] = sum
            case .subtractInt:
                let (sum, overflow) = registers[Int(i.b)].subtractingReportingOverflow(registers[Int(i.c)])
                if overflow { return stop(.overflow, at: pc - 1, registers) }
                registers[a] = sum
            case .addState:
                let (sum, overflow) = words[a].bits.addingReportingOverflow(i.wide)
                if overflow { return stop(.overflow, at: pc - 1, registers) }
                words[a].bits = sum
            case .equal: registers[a] = registers[Int(i.b)] == registers[Int(i.c)] ? 2 : 0
            case .notEqual: registers[a] = registers[Int(i.b)] != registers[Int(i.c)] ? 2 : 0
            case .less: registers[a] = registers[Int(i.b)] < registers[Int(i.c)] ? 2 : 0
            case .atMost: registers[a] = registers[Int(i.b)] <= registers[Int(i.c)] ? 2 : 0
            case .not: registers[a] ^= 2

            // Collections
            case .containsSet, .containsMap:
                let index = arena.index(of: Word(bits: registers[Int(i.c)]), in: Word(bits: registers[Int(i.b)]))
                registers[a] = index >= 0 ? 2 : 0
            case .length: registers[a] = arena.count(of: Word(bits: registers[Int(i.b)])) &<< 1
            case .lengthOfState: registers[a] = arena.count(of: words[Int(i.b)]) &<< 1

            case .insertIntoState:
                let result = arena.adding(words[a], Word(bits: registers[Int(i.b)]))
                if result.hasFailed {
                    guard makeRoom(at: pc) else { return stop(.arena, at: pc - 1, registers) }
                    pc -= 1
                } else {
                    words[a] = result
                }
            case .makeMessage:
                let kind = Int(i.c)
                let result = arena.shaped(
                    .message, kind, fields: registers + Int(i.b), count: state.pointee.messageFields[kind])
                if result.hasFailed {
                    guard makeRoom(at: pc) else { return stop(.arena, at: pc - 1, registers) }
                    pc -= 1
                } else {
                    registers[a] = result.bits
                }
            case .sendMany:
                let recipients = Word(bits: registers[Int(i.b)])
                guard state.pointee.hasRoom(forEffects: arena.count(of: recipients)) else {
                    return stop(.tooManyEffects, at: pc - 1, registers)
                }
                if sendMany(Word(bits: registers[a]), to: recipients) { return .interrupted }

            case .send:
                guard state.pointee.hasRoom(forEffects: 1) else { return stop(.tooManyEffects, at: pc - 1, registers) }
                if state.pointee.pass(recipients: 1) { return .interrupted }
                state.pointee.add(
                    Effect(
                        kind: .send, node: Int32(truncatingIfNeeded: registers[Int(i.b)] &>> 1),
                        word: Word(bits: registers[a]), amount: state.pointee.sends))
                state.pointee.sends &+= 1
            default:
                switch executeRarely(i, registers) {
                case .done: break
                case .failed: return stop(state.pointee.problem, at: pc - 1, registers)
                case .interrupted: return .interrupted
                case .noRoom:
                    guard makeRoom(at: pc) else { return stop(.arena, at: pc - 1, registers) }
                    pc -= 1
                }
            }
        }
    }

    /// Makes a frame for what is called; gives what speaks against it.
    @inline(__always)
    private func enter(
        _ i: Instruction, _ pc: UnsafePointer<Instruction>, _ registers: UnsafeMutablePointer<Int>
    ) -> RuntimeProblem? {
        let state = self.state
        let end = registers + Int(i.a) + state.pointee.routines[i.wide].registers
        guard state.pointee.depth < state.pointee.depthMax, end <= state.pointee.stackEnd else { return .recursion }
        state.pointee.fuel &-= 4 &+ arena.at.pointee.work
        arena.at.pointee.work = 0
        if state.pointee.fuel < 0 { return .steps }
        state.pointee.frames[state.pointee.depth] = MachineState.Frame(pc: pc, registers: registers)
        state.pointee.depth &+= 1
        if end > state.pointee.stackHigh { state.pointee.stackHigh = end }
        return nil
    }

    /// After the arena has run out of memory: whether the same instruction is worth another try.
    @inline(never)
    private func makeRoom(at pc: UnsafePointer<Instruction>) -> Bool {
        guard arena.problem == .outOfMemory else { return false }
        if state.pointee.retried.pc == pc, state.pointee.retried.fuel == state.pointee.fuel { return false }
        state.pointee.retried = (pc, state.pointee.fuel)
        collectGarbageOfHandler()
        return true
    }
}
