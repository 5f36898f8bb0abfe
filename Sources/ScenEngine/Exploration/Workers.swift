import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Threads that carry out the same work together with the one that asks for it. They sleep in between and end with their owner.
final class Workers {
    private let crew: Crew
    private var threads: [pthread_t] = []

    /// `others`: beside the caller.
    init(others: Int) {
        crew = Crew()
        for number in 1..<others + 1 {
            let place = Unmanaged.passRetained(Crew.Place(crew: crew, number: number))
            var thread = pthread_t()
            let started = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    let place = Unmanaged<Crew.Place>.fromOpaque(argument).takeRetainedValue()
                    place.crew.serve(place.number)
                    return nil
                }, place.toOpaque())
            guard started == 0 else {
                place.release()
                break
            }
            threads.append(thread)
        }
    }

    deinit {
        crew.end()
        for thread in threads { pthread_join(thread, nil) }
    }

    /// `work` by the caller, as number 0, and all others at once; returns when the last one has done.
    func run(_ work: @escaping @Sendable (Int) -> Void) {
        crew.begin(work, workers: threads.count)
        work(0)
        crew.wait()
    }
}

/// What the threads share.
private final class Crew: @unchecked Sendable {
    // Unchecked: everything is read and written under the mutex.
    final class Place {
        let crew: Crew
        let number: Int
        init(crew: Crew, number: Int) {
            self.crew = crew
            self.number = number
        }
    }
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var work: (@Sendable (Int) -> Void)?
    /// Counts what was begun.
    private var shift = 0
    private var busy = 0
    private var hasEnded = false

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

    func begin(_ work: @escaping @Sendable (Int) -> Void, workers: Int) {
        pthread_mutex_lock(mutex)
        self.work = work
        shift += 1
        busy = workers
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    func wait() {
        pthread_mutex_lock(mutex)
        while busy > 0 { pthread_cond_wait(condition, mutex) }
        work = nil
        pthread_mutex_unlock(mutex)
    }

    func end() {
        pthread_mutex_lock(mutex)
        hasEnded = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    func serve(_ number: Int) {
        var done = 0
        while true {
            pthread_mutex_lock(mutex)
            while shift == done, !hasEnded { pthread_cond_wait(condition, mutex) }
            if shift == done {
                pthread_mutex_unlock(mutex)
                return
            }
            done = shift
            let work = work
            pthread_mutex_unlock(mutex)
            work?(number)
            pthread_mutex_lock(mutex)
            busy -= 1
            if busy == 0 { pthread_cond_broadcast(condition) }
            pthread_mutex_unlock(mutex)
        }
    }
}
