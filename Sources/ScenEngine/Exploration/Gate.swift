import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Lets several threads look things up in tables to which only their owner adds. What the owner adds behind what is there disturbs
/// nobody; before it moves a table, or puts something into one that is read in several parts, it closes the gate and waits until all have
/// left.
final class Gate: @unchecked Sendable {
    // Unchecked: the owner alone sets `isShared`, before there are others.
    /// There are others.
    var isShared = false
    private let isClosed = Atomic<Bool>(false)
    private let hasEnded = Atomic<Bool>(false)
    private let inside = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    // MARK: The owner

    /// Returns when nobody is inside.
    func close() {
        guard isShared, !isClosed.load(ordering: .relaxed) else { return }
        isClosed.store(true, ordering: .sequentiallyConsistent)
        Self.spin { self.inside.load(ordering: .sequentiallyConsistent) == 0 }
    }

    func open() {
        guard isClosed.load(ordering: .relaxed) else { return }
        isClosed.store(false, ordering: .sequentiallyConsistent)
        wake()
    }

    /// Nobody gets in any more.
    func end() {
        hasEnded.store(true, ordering: .sequentiallyConsistent)
        wake()
    }

    /// There may be something to do for those who wait.
    func wake() {
        guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
        pthread_mutex_lock(mutex)
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    // MARK: Others

    /// Once it is open and there is something to do; false if it has ended.
    func enter(_ mayBegin: () -> Bool) -> Bool {
        while true {
            var patience = 2_000
            while patience > 0, !isReady(mayBegin) { patience -= 1 }
            if patience == 0 { sleep(until: mayBegin) }
            if hasEnded.load(ordering: .sequentiallyConsistent) { return false }
            inside.wrappingAdd(1, ordering: .sequentiallyConsistent)
            if !isClosed.load(ordering: .sequentiallyConsistent) { return true }
            leave()
        }
    }

    func leave() { inside.wrappingSubtract(1, ordering: .sequentiallyConsistent) }

    /// Of one who is inside: lets the owner close the gate, and is inside again when it is open. False if it has ended.
    func giveWay() -> Bool {
        leave()
        if enter({ true }) { return true }
        inside.wrappingAdd(1, ordering: .sequentiallyConsistent)
        return false
    }

    /// Whoever is inside should give way.
    @inline(__always)
    var isClosing: Bool { isClosed.load(ordering: .relaxed) }

    private func isReady(_ mayBegin: () -> Bool) -> Bool {
        hasEnded.load(ordering: .sequentiallyConsistent) || !isClosed.load(ordering: .sequentiallyConsistent) && mayBegin()
    }

    private func sleep(until mayBegin: () -> Bool) {
        pthread_mutex_lock(mutex)
        sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
        while !isReady(mayBegin) { pthread_cond_wait(condition, mutex) }
        sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(mutex)
    }

    /// For what is over soon.
    static func spin(until isOver: () -> Bool) {
        var patience = 1_000
        while !isOver() {
            if patience > 0 { patience -= 1 } else { sched_yield() }
        }
    }
}

/// What one thread writes often stands apart from what others read, or each write would take it from them.
enum CacheLine {
    /// Zero; to be deallocated.
    static func word() -> UnsafeMutablePointer<Int> {
        // Two lines, as they are fetched.
        let word = UnsafeMutableRawPointer.allocate(byteCount: 128, alignment: 128).bindMemory(to: Int.self, capacity: 1)
        word.initialize(to: 0)
        return word
    }
}
