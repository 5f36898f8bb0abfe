package import ScenModel

/// What nodes hold and what happened to them, in raw memory that one worker owns. The machine reads and writes it; only
/// `World.step` lets it.
///
/// A value of a composite type is a word that refers to the arena of the same worker.
package final class WorldMemory {
    package let nodeCount: Int
    /// Words of one node: `Program.Layout.width`.
    package let width: Int
    /// Nil: every node has a link to every other.
    package let topology: Topology?
    /// `nodeCount * width` words, node after node.
    package let nodes: UnsafeMutablePointer<Word>
    /// By node.
    package let crashed: UnsafeMutablePointer<Bool>
    /// By node: the moment of its last crash or recovery (ns).
    package let turned: UnsafeMutablePointer<Int>
    /// By node; `none` where the algorithm has no input.
    package let inputs: UnsafeMutablePointer<Word>
    /// By message: how many have been sent, one for each recipient.
    package let sent: UnsafeMutablePointer<Int>
    /// By node: how many messages it has received.
    package let received: UnsafeMutablePointer<Int>
    /// `History.allCases.count` words for each node, or none where nothing can be broadcast.
    package let histories: UnsafeMutablePointer<Word>
    package let historyWords: Int
    /// Sets of nodes, in the arena.
    package var faulty = Word.none
    package var correct = Word.none
    /// Nil: every clock shows the time.
    package var clocks: Clocks?
    /// Who holds the links; nil: nobody does.
    var adversary: (any KnowingAdversary)?
    /// ns since the start.
    package var time = 0
    /// Rounds from 1; 0 before the first.
    package var round = 0
    /// What nodes know, where observers ask it.
    var knowledge: KnownFacts?
    /// Index of the outcome at the end of the run, or `none`.
    package var outcome = Word.none

    package init(nodeCount: Int, width: Int, messages: Int, topology: Topology? = nil, keepsHistories: Bool = false) {
        self.nodeCount = nodeCount
        self.width = width
        self.topology = topology
        nodes = .allocate(capacity: max(1, nodeCount * width))
        nodes.initialize(repeating: .none, count: max(1, nodeCount * width))
        crashed = .allocate(capacity: max(1, nodeCount))
        crashed.initialize(repeating: false, count: max(1, nodeCount))
        turned = .allocate(capacity: max(1, nodeCount))
        turned.initialize(repeating: 0, count: max(1, nodeCount))
        inputs = .allocate(capacity: max(1, nodeCount))
        inputs.initialize(repeating: .none, count: max(1, nodeCount))
        sent = .allocate(capacity: max(1, messages))
        sent.initialize(repeating: 0, count: max(1, messages))
        historyWords = keepsHistories ? nodeCount * History.allCases.count : 0
        histories = .allocate(capacity: max(1, historyWords))
        histories.initialize(repeating: .none, count: max(1, historyWords))
        received = .allocate(capacity: max(1, nodeCount))
        received.initialize(repeating: 0, count: max(1, nodeCount))
    }

    /// When this much (ns) has passed from now on, by the clock of a node.
    @inline(__always)
    func moment(of node: Int, after duration: Int) -> Int {
        clocks?.moment(of: node, after: duration, since: time) ?? min(time &+ duration, Word.largest)
    }

    deinit {
        nodes.deallocate()
        crashed.deallocate()
        turned.deallocate()
        inputs.deallocate()
        sent.deallocate()
        received.deallocate()
        histories.deallocate()
    }

    package func history(of node: Int) -> UnsafeMutablePointer<Word> { histories + node * History.allCases.count }
}
