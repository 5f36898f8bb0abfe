#if canImport(Glibc)
    import Glibc
#endif

/// A row of plain values in raw memory. Growing moves pages and not their contents where the system can do that, so that a large
/// row is never there twice. Its owner releases it.
struct GrowingMemory<Element> {
    private var base: UnsafeMutablePointer<Element>?
    private(set) var count = 0
    private var capacity = 0

    /// Only if it is not empty.
    @inline(__always)
    var start: UnsafeMutablePointer<Element> { base.unsafelyUnwrapped }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        base.unsafelyUnwrapped[count] = element
        count &+= 1
    }

    mutating func removeAll() { count = 0 }

    mutating func removeLast(_ number: Int) { count -= number }

    mutating func release() {
        free(base)
        base = nil
        capacity = 0
        count = 0
    }

    @inline(never)
    private mutating func grow() {
        capacity = max(16, capacity * 2)
        guard let larger = realloc(base, capacity * MemoryLayout<Element>.stride) else {
            preconditionFailure("the system gives no memory")
        }
        base = larger.bindMemory(to: Element.self, capacity: capacity)
    }
}
