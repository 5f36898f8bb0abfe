import ScenModel

/// A message on its way: what becomes of it behind the queue is drawn when it is sent.
struct Passage {
    /// Of the message, counted from 1 in the order of sending.
    var number: UInt64
    var message: Word
    var from: Int
    var to: Int
    /// 0 to 2.
    var copies: Int
    /// ns from the end of service to the arrival of each copy.
    var latency: Int
    var secondLatency: Int
    /// ns: when it arrives at the latest.
    var latestArrival = Int.max
    /// ns
    var service: Int
}

/// The queue before one link that has a bandwidth: one message is served at a time, first in first out.
///
/// When a message is served is known as soon as it is sent, unless a later one may push it out: only then do messages
/// wait here, and the link needs events of its own.
final class LinkQueue {
    enum Admission {
        /// Service ends at `end`.
        case served(begin: Int, end: Int)
        /// There is no room.
        case refused
        /// Until its turn comes. `pushedOut`: the number of the message that has made room for it. `wake`: when the next
        /// turn is, if nobody has been told yet.
        case waits(pushedOut: UInt64?, wake: Int?)
    }

    let bandwidth: Bandwidth
    /// The run in which it was used last.
    private var run: UInt32 = 0
    /// ns: until then the link is busy with what it has begun to serve or, where nothing is pushed out, admitted.
    private var freeAt = 0
    /// When those begin to be served that have been admitted and wait; kept where there is a capacity.
    private var begins: Row<Int> = Row()
    private var waiting: Row<Passage> = Row()

    init(_ bandwidth: Bandwidth) { self.bandwidth = bandwidth }

    /// Empties it if it was not used in this run.
    func enter(run: UInt32) {
        guard self.run != run else { return }
        self.run = run
        freeAt = 0
        begins.removeAll()
        waiting.removeAll()
    }

    /// ns
    func service(_ stream: inout RandomStream) -> Int {
        let interval = bandwidth.interval
        let service = bandwidth.service == .constant ? interval : -interval * Elementary.log(1 - stream.unit())
        return service < Double(Word.largest) ? Int(service.rounded()) : Word.largest
    }

    func admit(_ passage: Passage, at time: Int) -> Admission {
        guard let capacity = bandwidth.capacity else { return serve(passage, at: max(time, freeAt)) }
        if bandwidth.whenFull == .dropOldest { return admitPushing(passage, capacity, at: time) }
        while let begin = begins.first, begin <= time { begins.removeFirst() }
        if freeAt > time {
            if begins.count >= capacity { return .refused }
            begins.append(freeAt)
        }
        return serve(passage, at: max(time, freeAt))
    }

    private func admitPushing(_ passage: Passage, _ capacity: Int, at time: Int) -> Admission {
        if freeAt <= time, waiting.count == 0 { return serve(passage, at: time) }
        if capacity == 0 { return .refused }
        let isFull = waiting.count >= capacity
        let pushedOut = isFull ? waiting.removeFirst().number : nil
        waiting.append(passage)
        // While anything waits, somebody has been told.
        return .waits(pushedOut: pushedOut, wake: !isFull && waiting.count == 1 ? freeAt : nil)
    }

    /// The turn of the next that waits has come. `wake`: when the one after it has its turn.
    func next(at time: Int) -> (passage: Passage, end: Int, wake: Int?) {
        let passage = waiting.removeFirst()
        freeAt = Network.sum(time, passage.service)
        return (passage, freeAt, waiting.count > 0 ? freeAt : nil)
    }

    private func serve(_ passage: Passage, at begin: Int) -> Admission {
        freeAt = Network.sum(begin, passage.service)
        return .served(begin: begin, end: freeAt)
    }

    func roots(_ mark: (Word) -> Void) { waiting.forEach { mark($0.message) } }
}

/// First in, first out.
struct Row<Element> {
    private var elements: [Element] = []
    private var head = 0

    var count: Int { elements.count - head }
    var first: Element? { head < elements.count ? elements[head] : nil }

    mutating func append(_ element: Element) { elements.append(element) }

    @discardableResult
    mutating func removeFirst() -> Element {
        let element = elements[head]
        head += 1
        // Moves each element once for each time that so many have left.
        if head > 32, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }

    mutating func removeAll() {
        elements.removeAll(keepingCapacity: true)
        head = 0
    }

    func forEach(_ body: (Element) -> Void) {
        for index in head..<elements.count { body(elements[index]) }
    }
}
