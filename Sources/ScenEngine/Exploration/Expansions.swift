import Synchronization

/// Has other threads expand states before it is their turn, as far as they know what handlers come to.
///
/// They only look things up. What one does not know, and what it finds that is new, `Search` takes up in the order of the states, just as it
/// would on its own: so all ids and numbers are the same, whoever was faster.
final class Expansions: @unchecked Sendable {
    // Unchecked: a chunk is written by the thread that has claimed it, and read when it says that it is ready.
    /// States in a chunk.
    private let chunkStates: Int
    /// Chunks that may be claimed before the first of them is taken.
    private let chunksMax: Int

    private let exploration: Exploration
    private let gate: Gate
    private var helpers: Workers?
    /// For each helper; the first is for the owner.
    private let explorations: [Exploration]
    private let chunks: [Chunk]
    /// By place in `chunks`: the number of the chunk that is ready there, or -1.
    private let ready: UnsafeMutablePointer<Atomic<Int>>
    /// The first chunk that nobody has claimed.
    private let next: Atomic<Int>
    /// That which is taken.
    private let current: Atomic<Int>
    /// States that may be expanded.
    private let published: Atomic<Int>
    private var taken: Chunk?

    /// `state`: the first that may be expanded; `chunkStatesMax`: in a chunk.
    init(_ exploration: Exploration, jobs: Int, from state: Int, chunkStatesMax: Int) {
        self.exploration = exploration
        // A round leads to many states, and what it comes to for a node is soon needed again: whoever is far ahead does not know it yet.
        chunkStates = min(exploration.hasNodeRounds ? 16 : 128, chunkStatesMax)
        chunksMax = exploration.hasNodeRounds ? 4 : 64
        gate = exploration.gate
        explorations = (0..<jobs).map { _ in exploration.frozen() }
        chunks = (0..<chunksMax).map { _ in Chunk(width: exploration.layout.width) }
        ready = .allocate(capacity: chunksMax)
        for place in 0..<chunksMax { (ready + place).initialize(to: Atomic(-1)) }
        let first = (state + chunkStates - 1) / chunkStates
        next = Atomic(first)
        current = Atomic(first)
        published = Atomic(0)
        gate.isShared = true
        helpers = Workers(jobs - 1) { [unowned self] helper in
            while self.gate.enter(self.mayClaim) {
                if let number = self.claim() { self.fill(number, by: self.explorations[helper]) }
                self.gate.leave()
            }
        }
    }

    /// Nobody looks anything up after this.
    func end() {
        gate.end()
        helpers?.join()
        gate.isShared = false
    }

    deinit { ready.deallocate() }

    // MARK: Helpers

    private func mayClaim() -> Bool { mayClaim(next.load(ordering: .sequentiallyConsistent)) }

    private func mayClaim(_ number: Int) -> Bool {
        (number + 1) * chunkStates <= published.load(ordering: .sequentiallyConsistent)
            && number < current.load(ordering: .sequentiallyConsistent) + chunksMax
    }

    private func claim() -> Int? {
        let number = next.load(ordering: .sequentiallyConsistent)
        return mayClaim(number) && claim(number) ? number : nil
    }

    private func claim(_ number: Int) -> Bool {
        next.compareExchange(expected: number, desired: number + 1, ordering: .sequentiallyConsistent).exchanged
    }

    private func fill(_ number: Int, by exploration: Exploration) {
        let place = number % chunksMax
        chunks[place].fill(number * chunkStates..<(number + 1) * chunkStates, by: exploration, gate)
        ready[place].store(number, ordering: .releasing)
    }

    // MARK: The owner

    /// What follows a state, if somebody has found out. To be asked in the order of states.
    func found(of state: Int) -> Found? {
        let (number, offset) = (state / chunkStates, state % chunkStates)
        if offset == 0 { taken = chunk(number) }
        return taken?.found(offset)
    }

    private func chunk(_ number: Int) -> Chunk? {
        gate.open()
        current.store(number, ordering: .sequentiallyConsistent)
        published.store(exploration.space.count, ordering: .sequentiallyConsistent)
        gate.wake()
        // What nobody has begun is done at once and without a detour.
        if claim(number) || next.load(ordering: .sequentiallyConsistent) < number { return nil }
        let place = number % chunksMax
        while ready[place].load(ordering: .acquiring) != number {
            // Meanwhile another one.
            guard let other = claim() else {
                Gate.spin { ready[place].load(ordering: .acquiring) == number }
                break
            }
            fill(other, by: explorations[0])
        }
        return chunks[place]
    }

    struct Found {
        /// False: somebody has to expand it who may ask for what is not known.
        var isKnown: Bool
        var isEnd: Bool
        /// Rows of what may follow and was not among the states then, nor found from another state shortly before.
        var rows: UnsafeMutablePointer<UInt32>
        var count: Int
        /// Of the rows, and of those behind them up to the end of the chunk.
        var hashes: UnsafePointer<UInt64>
        var hashCount: Int
        /// The first of the rows is so far behind that of the chunk.
        var firstRow: Int
        /// To which ids of flights refer that are not known.
        var flights: UnsafePointer<Int>
    }
}
