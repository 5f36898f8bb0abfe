import ScenModel

/// Two nodes that change places.
struct Swap {
    let nodes: SIMD2<Int>
    let permutation: Permutation
}

/// Finds out whether handlers treat interchangeable nodes alike, by trying it: what comes of an event is compared with what comes of
/// the same where two nodes have changed places. What is tried so is compared in turn, so that in the end it is known for every
/// order of the nodes, and for just those events that play a part.
final class EquivariantSteps {
    private let steps: LocalSteps
    private let interchange: Interchange
    private let isOrdered: Bool
    /// Together they give every order.
    private let swaps: [Swap]
    /// Outcomes that may still be compared.
    private var left = 8_000_000

    init(_ exploration: Exploration, _ interchange: Interchange, _ swaps: [Swap]) {
        steps = exploration.steps
        isOrdered = exploration.flights.isOrdered
        self.interchange = interchange
        self.swaps = swaps
        steps.entered = []
    }

    /// All that has been found out about events so far.
    func compare() throws(Asymmetry) {
        while let known = steps.entered?.popLast() {
            for swap in swaps { try compare(known, swap) }
        }
    }

    private func compare(_ known: LocalSteps.Entered, _ swap: Swap) throws(Asymmetry) {
        let local = try interchange.local(known.local, swap.permutation)
        let event = try interchange.event(known.event, swap.permutation)
        guard let range = steps.range(of: event, in: local, crashing: known.crashing, lying: known.lying) else {
            throw .different(swap.nodes)
        }
        left -= known.range.count + range.count
        guard left >= 0 else { throw .untold }
        guard try Self.isSame(outcomes(known.range, swap.permutation), outcomes(range, nil)) else { throw .different(swap.nodes) }
    }

    /// As sets: in which ways the same comes about makes no difference.
    private static func isSame(_ ones: [[Int]], _ others: [[Int]]) -> Bool {
        ones.count == 1 && others.count == 1 ? ones[0] == others[0] : Set(ones) == Set(others)
    }

    /// Each as the local state and what is sent, in an order that does not hang on who comes first in the handler.
    private func outcomes(_ range: Range<Int>, _ permutation: Permutation?) throws(Asymmetry) -> [[Int]] {
        var all: [[Int]] = []
        all.reserveCapacity(range.count)
        for number in range {
            let outcome = steps.outcomes[number]
            var one = [outcome.local]
            if let permutation { one[0] = try interchange.local(outcome.local, permutation) }
            for index in outcome.firstSend..<outcome.firstSend + outcome.sendCount {
                let sent = steps.sends[index]
                if let permutation { one.append(try interchange.delivery(sent, permutation)) } else { one.append(sent) }
            }
            let count = one.count - 1
            one.withUnsafeMutableBufferPointer { Interchange.sort($0.baseAddress! + 1, count, isOrdered: isOrdered) }
            all.append(one)
        }
        return all
    }
}
