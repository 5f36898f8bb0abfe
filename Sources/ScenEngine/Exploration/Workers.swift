#if canImport(Glibc)
    import Glibc
#endif

/// Threads that carry out the same work beside the one that begins them.
final class Workers {
    private final class Task {
        let number: Int
        let work: @Sendable (Int) -> Void
        init(_ number: Int, _ work: @escaping @Sendable (Int) -> Void) {
            self.number = number
            self.work = work
        }
    }
    private var threads: [pthread_t] = []

    /// `work` gets the number of each, from 1 on. There are fewer than `count` if the system gives no more.
    init(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
        for number in 1..<count + 1 {
            let task = Unmanaged.passRetained(Task(number, work))
            var thread = pthread_t()
            let started = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    let task = Unmanaged<Task>.fromOpaque(argument).takeRetainedValue()
                    task.work(task.number)
                    return nil
                }, task.toOpaque())
            guard started == 0 else {
                task.release()
                break
            }
            threads.append(thread)
        }
    }

    /// Returns when all have done their work.
    func join() {
        for thread in threads { pthread_join(thread, nil) }
        threads = []
    }
}
