import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

private let properties = [
    "reliable-delivery", "no-duplication", "no-creation", "fifo-order", "causal-order", "total-order",
]
private let expectAll = "expect:\n" + properties.map { "  \($0): holds\n" }.joined()

/// What nodes broadcast and deliver, by script: one line is one handler.
private func broadcasts(_ script: [(ms: Int, of: String, does: [String])], faults: String = "nodes: 3", for end: String = "1s") -> String {
    let set = script.enumerated().map { index, line in
        "    if me == \(line.of):\n      set timer Step(\(index)) after \(line.ms)ms\n"
    }
    let handlers = script.enumerated().map { index, line in
        "  on timer Step(\(index)): |\n" + line.does.map { "    \($0)\n" }.joined()
    }
    return """
        scenario: test
        \(faults)
        algorithm:
          provides: broadcast
          delivers: int
          on start: |
            set timer Idle after 2s
        \(set.joined())\(handlers.joined())  on recover: |
        \(set.joined())  on broadcast(m): return
          on timer Idle: return
        run: {simulate: {runs: 1, for: \(end)}}
        \(expectAll)
        """
}

private func everybody(_ ms: Int, _ does: String...) -> [(ms: Int, of: String, does: [String])] {
    ["n1", "n2", "n3"].map { (ms, $0, does) }
}

private typealias Script = [(ms: Int, of: String, does: [String])]

@Suite struct BroadcastPropertyTests {
    private let answered: Script =
        [(1, "n1", ["broadcast(1)"])] + everybody(2, "deliver 1 from n1") + [(5, "n2", ["broadcast(2)"])]

    @Test func aBroadcastThatKeepsAllPromises() async throws {
        #expect(try await broken(broadcasts(answered + everybody(6, "deliver 2 from n2"))) == [])
    }

    @Test func reliableDelivery() async throws {
        let missed: Script = [(6, "n1", ["deliver 2 from n2"]), (6, "n2", ["deliver 2 from n2"])]
        #expect(try await broken(broadcasts(answered + missed)) == ["reliable-delivery"])
        // Neither what faulty nodes broadcast nor what they deliver is asked for.
        for node in ["n2", "n3"] {
            let faults = "nodes: 3\nfaulty: {\(node): {crash: 8ms}}"
            #expect(try await broken(broadcasts(answered + missed, faults: faults)) == [])
        }
    }

    @Test func noDuplication() async throws {
        let twice: Script = [(7, "n3", ["deliver 1 from n1"])]
        #expect(try await broken(broadcasts(answered + everybody(6, "deliver 2 from n2") + twice)) == ["no-duplication"])
    }

    @Test func noCreation() async throws {
        let all = answered + everybody(6, "deliver 2 from n2")
        #expect(try await broken(broadcasts(all + [(7, "n3", ["deliver 9 from n2"])])) == ["no-creation"])
        // Of somebody else, and too early.
        #expect(try await broken(broadcasts(all + [(7, "n3", ["deliver 1 from n2"])])) == ["no-creation"])
        #expect(try await broken(broadcasts(all + [(4, "n3", ["deliver 2 from n2"])])) == ["no-creation"])
    }

    @Test func fifoOrder() async throws {
        let script: Script = [(1, "n1", ["broadcast(1)", "broadcast(2)"])] + everybody(2, "deliver 2 from n1", "deliver 1 from n1")
        #expect(try await broken(broadcasts(script)) == ["causal-order", "fifo-order"])
        // A gap is no order either.
        let gap: Script = [(1, "n1", ["broadcast(1)", "broadcast(2)"])] + everybody(2, "deliver 2 from n1")
        #expect(try await broken(broadcasts(gap)) == ["causal-order", "fifo-order", "reliable-delivery"])
    }

    /// Node 2, which has delivered the question before its answer, is faulty: else the orders of two correct nodes differ too.
    @Test func causalOrder() async throws {
        let question: Script = [(1, "n1", ["broadcast(1)"]), (2, "n2", ["deliver 1 from n1", "broadcast(2)"])]
        let faults = "nodes: 3\nfaulty: {n2: {crash: 3ms}}"
        let early: Script = [(4, "n1", ["deliver 2 from n2", "deliver 1 from n1"]), (4, "n3", ["deliver 2 from n2", "deliver 1 from n1"])]
        #expect(try await broken(broadcasts(question + early, faults: faults)) == ["causal-order"])
        // What is delivered after a broadcast has not caused it.
        let apart: Script = [(1, "n1", ["broadcast(1)"]), (2, "n2", ["broadcast(2)", "deliver 1 from n1"])]
        #expect(try await broken(broadcasts(apart + early, faults: faults)) == [])
    }

    @Test func totalOrder() async throws {
        let script: Script = [
            (1, "n1", ["broadcast(1)"]), (1, "n2", ["broadcast(2)"]), (2, "n1", ["deliver 1 from n1", "deliver 2 from n2"]),
            (2, "n2", ["deliver 2 from n2", "deliver 1 from n1"]), (2, "n3", ["deliver 1 from n1", "deliver 2 from n2"]),
        ]
        #expect(try await broken(broadcasts(script)) == ["total-order"])
        #expect(try await broken(broadcasts(script, faults: "nodes: 3\nfaulty: {n2: {crash: 5ms}}")) == [])
    }

    /// Messages that are equal are told apart by their number.
    @Test func equalMessages() async throws {
        let both: Script = [(1, "n1", ["broadcast(5)", "broadcast(5)"])] + everybody(2, "deliver 5 from n1", "deliver 5 from n1")
        #expect(try await broken(broadcasts(both)) == [])
        #expect(try await broken(broadcasts(both + [(3, "n2", ["deliver 5 from n1"])])) == ["no-duplication"])
    }

    /// A crash does not undo what has been seen.
    @Test func historiesOutliveCrashes() async throws {
        let faults = "nodes: {count: 3, model: crash-recovery}\nfaulty: {n3: {crash: 8ms, recover: 9ms}}"
        let script: Script = [(1, "n1", ["broadcast(1)"])] + everybody(2, "deliver 1 from n1")
        #expect(try await broken(broadcasts(script, faults: faults)) == ["no-duplication"])
    }

    @Test func runsThatAreTooShortSaySo() async throws {
        func found(_ ms: Int, for end: String = "1s") async throws -> Finding? {
            try await findings(broadcasts([(ms, "n1", ["broadcast(1)"])], for: end))["reliable-delivery"]
        }
        #expect(try await found(501) == .inconclusive)
        #expect(try await found(500) == .violated)
        #expect(try await found(1900, for: "3s") == .violated)
    }
}
