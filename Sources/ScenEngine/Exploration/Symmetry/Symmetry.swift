import ScenModel

/// Of states that only differ in which of some interchangeable nodes is where, one is visited for all (symmetry reduction: Clarke, Enders,
/// Filkorn and Jha 1996; Ip and Dill 1996). The one that is visited is itself reached.
///
/// Nodes are interchangeable if the system model, all handlers and all conditions treat them alike. Of handlers and conditions that is found
/// out while states are visited; where it turns out not to be so, `Asymmetry` ends the exploration, and another begins.
final class Symmetry {
    private unowned let exploration: Exploration
    private let nodes: InterchangeableNodes
    private let interchange: Interchange
    private let steps: EquivariantSteps
    private let conditions: SymmetricConditions
    private let atEnds: SymmetricConditions
    private let swaps: [Swap]
    private let order: NodeOrder
    /// By node and which of its inputs it has: the local state in which it begins.
    private var firstLocals: [SIMD2<Int>: Int] = [:]
    /// By beginning: nodes that may change places in it.
    private var blocks: [Int: [[Int]]] = [:]
    /// What has ended it.
    private(set) var asymmetry: Asymmetry?

    /// `different`: pairs of nodes that are known not to be interchangeable. Nil where it does not pay, or more is asked than states can
    /// show.
    init?(_ exploration: Exploration, conditions routines: [Program.RoutineID], atEnds ends: [Program.RoutineID], different: Set<SIMD2<Int>>) {
        guard Self.isPossible(exploration), let nodes = InterchangeableNodes(exploration.compiled, different: different) else { return nil }
        let count = exploration.nodeCount
        let swaps = nodes.swaps.map {
            Swap(nodes: SIMD2($0, $1), permutation: Permutation(nodes: count, swapping: $0, $1))
        }
        let interchange = Interchange(exploration)
        guard let conditions = SymmetricConditions(routines, exploration, interchange, swaps),
            let atEnds = SymmetricConditions(
                ends + exploration.compiled.outcomes.map(\.condition), exploration, interchange, swaps)
        else { return nil }
        self.exploration = exploration
        self.nodes = nodes
        self.swaps = swaps
        self.interchange = interchange
        self.conditions = conditions
        self.atEnds = atEnds
        steps = EquivariantSteps(exploration, interchange, swaps)
        order = NodeOrder(
            exploration, interchange,
            NodeMarks(exploration, interchange.nodeTypes, classOf: nodes.classOf(nodes: count)))
    }

    /// Where states hold nothing of nodes but their local states and what is in flight between them.
    private static func isPossible(_ exploration: Exploration) -> Bool {
        exploration.isPlain && !exploration.counters.countsReceived
            && exploration.beginnings.count.map { $0 <= 1 << 16 } ?? false
    }

    /// With `Exploration.bytes`.
    var bytes: Int { interchange.bytes + order.bytes + conditions.bytes + atEnds.bytes }

    func roots(_ mark: (Word) -> Void) { interchange.roots(mark) }

    /// It cannot go on: whoever has asked for it has to do without.
    func end(_ asymmetry: Asymmetry) -> Exploration.Stop {
        self.asymmetry = self.asymmetry ?? asymmetry
        return .asymmetric
    }

    // MARK: Beginnings

    /// Whether runs from it are visited: in all others, nodes stand in another order.
    func begins(_ beginning: Int) -> Bool { blocks(of: beginning) != nil }

    /// Of the nodes of a class those that are faulty, and with different inputs, stand in order; of those who have the same there, any may
    /// take the place of another.
    private func blocks(of number: Int) -> [[Int]]? {
        if let known = blocks[number] { return known }
        let beginning = exploration.beginnings.beginning(number)
        var found: [[Int]] = []
        for some in nodes.classes {
            var last = (-1, -1)
            for node in some {
                let this = (beginning.faulty.contains(node) ? 1 : 0, beginning.inputs[node])
                if this < last { return nil }
                if this == last { found[found.count - 1].append(node) } else { found.append([node]) }
                last = this
            }
        }
        blocks[number] = found.filter { $0.count > 1 }
        return blocks[number]
    }

    /// Where a node begins.
    func note(_ node: Int, input: Int, local: Int) {
        let key = SIMD2(node, input)
        if let known = firstLocals[key], known != local { asymmetry = .untold }
        firstLocals[key] = local
    }

    /// Once all beginnings are known.
    func compareBeginnings() throws(Exploration.Stop) {
        do throws(Asymmetry) {
            if let asymmetry { throw asymmetry }
            for swap in swaps {
                for (key, local) in firstLocals.sorted(by: { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }) {
                    let other = firstLocals[SIMD2(swap.permutation[key[0]], key[1])]
                    guard try interchange.local(local, swap.permutation) == other else { throw .different(swap.nodes) }
                }
            }
        } catch {
            throw end(error)
        }
    }

    // MARK: States

    /// The state that stands for it, in its place.
    func settle(_ row: UnsafeMutablePointer<UInt32>) throws(Exploration.Stop) {
        do throws(Asymmetry) {
            try steps.compare()
            try settle(row, blocks(of: Int(row[RowLayout.beginning])) ?? [])
        } catch {
            throw end(error)
        }
    }

    /// The same for all that may follow a state.
    func settle(_ successors: Successors) throws(Exploration.Stop) {
        guard successors.count > 0 else { return }
        do throws(Asymmetry) {
            try steps.compare()
            let blocks = blocks(of: Int(successors.row(0)[RowLayout.beginning])) ?? []
            for index in 0..<successors.count { try settle(successors.row(index), blocks) }
        } catch {
            throw end(error)
        }
    }

    @inline(__always)
    private func settle(_ row: UnsafeMutablePointer<UInt32>, _ blocks: [[Int]]) throws(Asymmetry) {
        if !blocks.isEmpty { try order.settle(row, blocks) }
    }

    /// A state that is visited.
    func observe(_ row: UnsafePointer<UInt32>) throws(Exploration.Stop) {
        do throws(Asymmetry) { try conditions.compare(row) } catch { throw end(error) }
    }

    /// One in which runs end.
    func observeEnd(_ row: UnsafePointer<UInt32>) throws(Exploration.Stop) {
        do throws(Asymmetry) { try atEnds.compare(row) } catch { throw end(error) }
    }
}
