import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct FaultModelTests {
    private let second = 1_000_000_000

    private func faults(_ keys: String) throws -> FaultModel { try onlyCase(wholeScenario(keys)).system.faults }

    @Test func nobody() throws {
        #expect(try faults("").who == .nobody)
        #expect(try faults("faulty: none").who == .nobody)
    }

    @Test func listed() throws {
        let model = try faults("nodes: {groups: {a: 1, b: 2}}\nfaulty: [b, a1]")
        #expect(model.who == .these([0, 1, 2]))
        #expect(model.courses == [.any, .any, .any])
        #expect(try faults("parameters: {victim: [n2]}\nfaulty: [victim]").who == .these([1]))
    }

    @Test func counted() throws {
        #expect(try faults("parameters: {f: [1]}\nfaulty: {up-to: f}").who == .some(count: 1, exactly: false, candidates: [0, 1, 2]))
        #expect(try faults("faulty: {exactly: (n - 1) div 2}").who == .some(count: 1, exactly: true, candidates: [0, 1, 2]))
        let narrowed = try faults("nodes: {groups: {a: 1, b: 2}}\nfaulty: {up-to: 0, of: b, crash: {between: 0s..5s}}")
        let early = FaultModel.Course.crash(.between(0, 5 * second), recovery: nil)
        #expect(narrowed.who == .some(count: 0, exactly: false, candidates: [1, 2]))
        #expect(narrowed.courses == [.any, early, early])
    }

    @Test func moments() throws {
        let model = try faults("faulty: {n1: {crash: 2s}, n3: {crash: {between: 1s..1s}}}")
        #expect(model.who == .these([0, 2]))
        #expect(model.courses == [
            .crash(.at(2 * second), recovery: nil), .any, .crash(.between(second, second), recovery: nil),
        ])
        let recovering = try faults(
            "nodes: {count: 3, model: crash-recovery}\nfaulty: {n1: {crash: 2s, recover: {between: 3s..4s}}, n2: {crash: 1s}}")
        #expect(
            recovering.courses == [
                .crash(.at(2 * second), recovery: .between(3 * second, 4 * second)), .crash(.at(second), recovery: nil), .any,
            ])
    }

    @Test func tooMany() {
        expectLoading(wholeScenario("faulty: {up-to: ⟦4⟧}"), .tooManyFaulty)
        expectLoading(wholeScenario("nodes: {groups: {a: 1, b: 2}}\nfaulty: {exactly: ⟦2⟧, of: a}"), .tooManyFaulty)
        expectLoading(wholeScenario("faulty: {up-to: ⟦-1⟧}"), .outOfRange)
        expectLoading(wholeScenario("parameters: {f: 1..4}\nfaulty: {up-to: ⟦f⟧}"), .tooManyFaulty)
    }

    @Test func wrongNodes() {
        expectLoading(wholeScenario("faulty: [⟦n4⟧]"), .unknownNode)
        expectLoading(wholeScenario("faulty: {up-to: 1, of: ⟦replica⟧}"), .unknownNode)
        expectLoading(wholeScenario("nodes: {groups: {a: 2}}\nfaulty: {⟪a⟫: {crash: 1s}, ⟦a1⟧: {crash: 2s}}"), .duplicateName)
        expectLoading(wholeScenario("parameters: {victim: [⟦n9⟧]}\nfaulty: [⟪victim⟫]"), .wrongWord)
        let loaded = load(wholeScenario("parameters: {k: 2..3}\nnodes: k\nfaulty: [n3]"))
        #expect(loaded.diagnostics.first?.notes.map(\.text) == ["in the case k=2"])
    }

    @Test func wrongMoments() {
        expectLoading(wholeScenario("faulty: {n1: {crash: ⟦-1s⟧}}"), .outOfRange)
        expectLoading(wholeScenario("faulty: {n1: {crash: ⟦3⟧}}"), .typeMismatch)
        expectLoading(wholeScenario("faulty: {n1: {crash: {between: ⟦5s..1s⟧}}}"), .outOfRange)
        expectLoading(wholeScenario("faulty: {n1: {crash: {between: ⟦5s⟧}}}"), .typeMismatch)
    }

    @Test func faultsThatTheModelExcludes() {
        expectLoading(wholeScenario("faulty: {n1: {crash: 1s, ⟦recover⟧: 2s}}"), .faultNotInNodeModel)
        expectLoading(wholeScenario("nodes: {count: 3, model: ⟪crash-stop⟫}\nfaulty: {up-to: 1, ⟦behaviour⟧: lie}"), .faultNotInNodeModel)
    }

    @Test func whereTheModelVariesRecoveriesAreLeftOut() {
        let loaded = cases(
            wholeScenario("parameters: {m: [crash-stop, crash-recovery]}\nnodes: {count: 3, model: m}\nfaulty: {n1: {crash: 1s, recover: 2s}}"))
        #expect(
            loaded.map { $0.system.faults.courses[0] } == [
                .crash(.at(second), recovery: nil), .crash(.at(second), recovery: .at(2 * second)),
            ])
    }

    @Test func behaviours() throws {
        let nodes = "nodes: {count: 3, model: byzantine}\n"
        #expect(try faults(nodes).behaviours == [[], [], []])
        #expect(try faults(nodes + "faulty: [n2]").behaviours == [[], [.lie, .omit], []])
        #expect(try faults(nodes + "faulty: [n2]").courses == [.any, .crashes(0), .any])
        #expect(try faults(nodes + "faulty: {up-to: 1, behaviour: lie}").behaviours == [.lie, .lie, .lie])
        #expect(try faults(nodes + "faulty: {exactly: 1, behaviour: [silent, omit]}").behaviours[0] == [.silent, .omit])
        let each = try faults(nodes + "faulty: {n1: {behaviour: omit}, n2: {}, n3: {crash: 1s}}")
        #expect(each.behaviours == [.omit, [.lie, .omit], []])
        #expect(each.courses == [.crashes(0), .crashes(0), .crash(.at(second), recovery: nil)])
        #expect(try faults("").behaviours.isEmpty)
        let swept = cases(
            wholeScenario("parameters: {m: [crash-stop, byzantine]}\nnodes: {count: 1, model: m}\nfaulty: {n1: {behaviour: lie}}"))
        #expect(swept.map(\.system.faults.behaviours) == [[], [.lie]])
        let words = cases(wholeScenario("parameters: {b: [lie, silent]}\n" + nodes + "faulty: {exactly: 1, behaviour: [b, omit]}"))
        #expect(words.map { $0.system.faults.behaviours[0] } == [[.lie, .omit], [.silent, .omit]])
        expectLoading(wholeScenario("parameters: {b: [lie, ⟦deny⟧]}\n" + nodes + "faulty: {exactly: 1, behaviour: ⟪b⟫}"), .wrongWord)
    }

    @Test func wrongBehaviours() {
        let nodes = "nodes: {count: 3, model: byzantine}\n"
        expectLoading(wholeScenario(nodes + "faulty: {up-to: 1, behaviour: ⟦lies⟧}"), .wrongWord)
        expectLoading(wholeScenario(nodes + "faulty: {up-to: 1, behaviour: [⟪lie⟫, ⟦lie⟧]}"), .duplicateName)
    }

    private func alternatives(_ faulty: String, other: String) -> String {
        """
        scenario: test
        nodes: {names: [a, b], model: byzantine}
        faulty: \(faulty)
        inputs: true
        algorithm: honest
        algorithms:
          honest:
            types: {pair: {x: int, y: mood}, mood: [good, bad]}
            input: bool
            messages: {A: {v: pair}, B: {}}
            on start: |
              send A(pair(x=1, y=good)) to others
              send B() to others
            on A: return
            on B: return
          other:
        \(other)
        expect: {fine: {always: true}}
        """
    }

    @Test func otherAlgorithms() throws {
        let other = """
                types: {mood: [good, bad], third: [good, bad, ugly], pair: {x: int, y: mood}}
                messages: {C: {third: third}, A: {v: pair}}
                state: {seen: int}
                on start: |
                  send C(ugly) to others
                  send A(pair(x=2, y=bad)) to others
                on A(v): seen = v.x
            """
        let typed = try onlyCase(alternatives("{b: {runs: other}}", other: other))
        #expect(typed.system.faults.roles == [0, 1] && typed.alternatives.count == 1)
        #expect(typed.types.messages.map(\.name) == ["A", "B", "C"])
        #expect(typed.types.enumerations.map(\.name) == ["mood", "third"] && typed.types.records.count == 1)
        let named = "parameters: {who: [a], what: [other]}\n" + alternatives("{who: {runs: what}}", other: other)
        #expect(try onlyCase(named).system.faults.roles == [1, 0])
    }

    @Test func otherAlgorithmsThatDoNotFit() {
        expectLoading(alternatives("{b: {runs: ⟦otter⟧}}", other: "    on start: return"), .unknownAlgorithm)
        expectLoading(alternatives("{b: {runs: ⟦honest⟧}}", other: "    on start: return"), .neverHappens)
        expectLoading(alternatives("{b: {runs: other}}", other: "    ⟦on round 1⟧: return"), .timingMismatch)
        expectLoading(
            alternatives("{b: {runs: other}}", other: "    messages: {⟦A⟧: {v: int}}\n    on start: |\n      send A(1) to others"),
            .algorithmsDiffer)
        expectLoading(alternatives("{b: {runs: other}}", other: "    input: ⟦int⟧\n    on start: return"), .algorithmsDiffer)
        expectLoading(alternatives("{b: {runs: other}}", other: "    decides: ⟦int⟧\n    on start: decide 1"), .algorithmsDiffer)
        expectLoading(
            alternatives("{b: {runs: other}}", other: "    on start: |\n      log \"{⟦good⟧}\""), .unknownName)
    }

    @Test func messagesThatCannotBeLiedAbout() {
        func sending(_ messages: String, _ behaviour: String) -> String {
            wholeScenario(
                "nodes: {count: 3, model: byzantine}\nfaulty: {up-to: 1, behaviour: \(behaviour)}",
                algorithm: "  messages: {\(messages): {value: int}, B: {}}\n  on start: |\n    send A(1) to others\n    send B() to others\n"
                    + "  on A: return\n  on B: return")
        }
        expectLoading(sending("⟦A⟧", "[lie, omit]"), .nothingToLieAbout)
        expectLoading(sending("A", "omit"))
        expectLoading(sending("⟦A⟧", "lie").replacing("B: {}", with: "⟦B⟧: {}"), .nothingToLieAbout, .nothingToLieAbout)
        expectLoading(sending("A", "lie").replacing("value: int", with: "value: int, more: bool").replacing("B: {}", with: "B: {v: 0..1}")
            .replacing("A(1)", with: "A(1, true)").replacing("B()", with: "B(1)"))
    }

    @Test func drawnFaults() throws {
        let recovering = "nodes: {groups: {a: 1, b: 2}, model: crash-recovery}\n"
        let hours = 3_600 * second
        let each = try faults(recovering + "parameters: {k: [2]}\nfaulty: {a: {crashes: k}, b: {mttf: 9h, mttr: 1h}}")
        let lifetimes = FaultModel.Course.lifetimes(mttf: Double(9 * hours), mttr: Double(hours))
        #expect(each.courses == [.crashes(2), lifetimes, lifetimes] && each.recovers)
        let some = try faults(recovering + "faulty: {exactly: 1, of: b, crashes: 0}")
        #expect(some.courses == [.any, .crashes(0), .crashes(0)])
        let stopping = try faults("faulty: {n1: {mttf: 9h}, n2: {crashes: 1}, n3: {}}")
        #expect(stopping.courses == [.lifetimes(mttf: Double(9 * hours), mttr: nil), .crashes(1), .any])
        #expect(!stopping.recovers)
    }

    @Test func drawnFaultsThatTheModelExcludes() {
        expectLoading(wholeScenario("faulty: {n1: {mttf: 9d, ⟦mttr⟧: 1d}}"), .faultNotInNodeModel)
        expectLoading(wholeScenario("faulty: {n1: {crashes: ⟦2⟧}}"), .faultNotInNodeModel)
        expectLoading(wholeScenario("nodes: {count: 3, model: ⟪crash-stop⟫}\nfaulty: {up-to: 1, crashes: ⟦2⟧}"), .faultNotInNodeModel)
        let swept = cases(
            wholeScenario(
                "parameters: {m: [crash-stop, crash-recovery]}\nnodes: {count: 2, model: m}\n"
                    + "faulty: {n1: {crashes: 3}, n2: {mttf: 9s, mttr: 1s}}"))
        #expect(
            swept.map(\.system.faults.courses) == [
                [.crashes(1), .lifetimes(mttf: 9e9, mttr: nil)], [.crashes(3), .lifetimes(mttf: 9e9, mttr: 1e9)],
            ])
    }

    @Test func handlersForRecoveriesThatNeverCome() {
        let handlers = "  ⟦on recover⟧: return\n  on start: return"
        expectLoading(wholeScenario("", algorithm: handlers), .unusedHandler)
        expectLoading(wholeScenario("nodes: {count: 3, model: ⟪crash-stop⟫}", algorithm: handlers), .unusedHandler)
        let sound = handlers.replacing("⟦", with: "").replacing("⟧", with: "")
        expectLoading(wholeScenario("nodes: {count: 3, model: crash-recovery}", algorithm: sound))
        expectLoading(
            wholeScenario("parameters: {m: [crash-stop, crash-recovery]}\nnodes: {count: 3, model: m}", algorithm: sound))
    }

    @Test func faultsThatContradictEachOther() {
        func recovering(_ fault: String) -> String {
            wholeScenario("nodes: {count: 3, model: crash-recovery}\nfaulty: {n1: {\(fault)}}")
        }
        expectLoading(recovering("⟪mttf⟫: 9d, mttr: 1d, ⟦crash⟧: 2s"), .conflictingKeys)
        expectLoading(recovering("⟪crash⟫: 2s, ⟦crashes⟧: 2"), .conflictingKeys)
        expectLoading(recovering("crashes: 1, ⟦recover⟧: 3s"), .conflictingKeys)
        expectLoading(recovering("⟦mttr⟧: 1d"), .conflictingKeys)
        expectLoading(recovering("crashes: ⟦-1⟧"), .outOfRange)
        expectLoading(recovering("crashes: ⟦1s⟧"), .typeMismatch)
        expectLoading(recovering("mttf: ⟦0s⟧, mttr: 1s"), .outOfRange)
        expectLoading(recovering("mttf: 1s, mttr: ⟦-1s⟧"), .outOfRange)
        expectLoading(recovering("mttf: ⟦3⟧"), .typeMismatch)
    }

    @Test func recoveriesThatAreTooEarly() {
        func recovering(_ fault: String) -> String {
            wholeScenario("nodes: {count: 3, model: crash-recovery}\nfaulty: {n1: {\(fault)}}")
        }
        expectLoading(recovering("crash: ⟪2s⟫, recover: ⟦2s⟧"), .outOfRange)
        expectLoading(recovering("crash: {between: ⟪0s..5s⟫}, recover: ⟦3s⟧"), .outOfRange)
        expectLoading(recovering("crash: ⟪2s⟫, recover: {between: ⟦1s..3s⟧}"), .outOfRange)
        expectLoading(recovering("⟦recover⟧: 3s"), .conflictingKeys)
        expectLoading(wholeScenario("nodes: {count: 3, model: crash-recovery}\nfaulty: {up-to: 1, crash: ⟪2s⟫, recover: ⟦1s⟧}"), .outOfRange)
    }
}

@Suite struct AssumptionTests {
    private func assuming(_ assumptions: String) -> String { "  assumes: {\(assumptions)}\n  on start: return" }

    @Test func weakerModels() {
        expectLoading(
            wholeScenario("network: ⟪fair-loss⟫", algorithm: assuming("network: ⟦reliable⟧, nodes: crash-stop")), .assumptionBroken)
        expectLoading(
            wholeScenario("timing: asynchronous".replacing("asynchronous", with: "⟪asynchronous⟫"), algorithm: assuming("timing: ⟦synchronous⟧")),
            .assumptionBroken)
        expectLoading(wholeScenario("", algorithm: assuming("timing: ⟦partially-synchronous⟧")), .assumptionBroken)
    }

    @Test func theSameAndStrongerModels() {
        expectLoading(wholeScenario("timing: synchronous", algorithm: assuming("network: arbitrary, nodes: byzantine, timing: asynchronous")))
        expectLoading(wholeScenario("", algorithm: assuming("network: reliable, nodes: crash-stop, timing: asynchronous")))
    }

    @Test func saysInWhichCases() {
        let text = wholeScenario("parameters: {l: [reliable, fair-loss]}\nnetwork: l", algorithm: assuming("network: reliable"))
        let loaded = load(text)
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
        #expect(loaded.diagnostics.first?.notes.last?.text == "in the case l=fair-loss")
        #expect(loaded.cases.count == 2)
    }
}
