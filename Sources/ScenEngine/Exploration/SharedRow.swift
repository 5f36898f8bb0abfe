/// A row of plain values in raw memory that several workers read while nobody appends to it. A copy refers to the same row; its
/// owner releases it.
struct SharedRow<Element> {
    private let memory: UnsafeMutablePointer<GrowingMemory<Element>>

    init() {
        memory = .allocate(capacity: 1)
        memory.initialize(to: GrowingMemory())
    }

    func release() {
        memory.pointee.release()
        memory.deallocate()
    }

    @inline(__always)
    var count: Int { memory.pointee.count }
    var bytes: Int { memory.pointee.count * MemoryLayout<Element>.stride }

    /// Only if something has been appended once.
    var start: UnsafeMutablePointer<Element> { memory.pointee.start }

    @inline(__always)
    subscript(index: Int) -> Element { memory.pointee.start[index] }

    /// A copy.
    subscript(range: Range<Int>) -> ArraySlice<Element> {
        range.isEmpty ? [] : ArraySlice(UnsafeBufferPointer(start: start + range.lowerBound, count: range.count))
    }

    @inline(__always)
    func append(_ element: Element) { memory.pointee.append(element) }

    func append(_ elements: UnsafePointer<Element>, count: Int) {
        for index in 0..<count { memory.pointee.append(elements[index]) }
    }

    func removeAll() { memory.pointee.removeAll() }
    func removeLast(_ number: Int) { memory.pointee.removeLast(number) }
}
