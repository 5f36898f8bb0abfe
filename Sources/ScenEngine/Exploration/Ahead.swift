/// Packed rows with their hashes, in raw memory that is used again. A copy refers to the same; its owner releases it.
struct Ahead {
    private struct Memory {
        var packed: UnsafeMutablePointer<UInt64>
        var hashes: UnsafeMutablePointer<UInt64>
        var capacity = 64
        var packing = -1
        var touched: UInt32 = 0
    }
    private let wordsMax: Int
    private let memory: UnsafeMutablePointer<Memory>

    /// `wordsMax`: of a row.
    init(wordsMax: Int) {
        self.wordsMax = wordsMax
        memory = .allocate(capacity: 1)
        memory.initialize(to: Memory(packed: .allocate(capacity: 64 * wordsMax), hashes: .allocate(capacity: 64)))
    }

    func release() {
        memory.pointee.packed.deallocate()
        memory.pointee.hashes.deallocate()
        memory.deallocate()
    }

    @inline(__always)
    var packed: UnsafeMutablePointer<UInt64> { memory.pointee.packed }
    @inline(__always)
    var hashes: UnsafeMutablePointer<UInt64> { memory.pointee.hashes }

    /// As `StateSpace` counts: how the rows were packed; -1: some do not fit.
    @inline(__always)
    var packing: Int {
        get { memory.pointee.packing }
        nonmutating set { memory.pointee.packing = newValue }
    }

    /// What was read only to have it close by.
    @inline(__always)
    var touched: UInt32 {
        get { memory.pointee.touched }
        nonmutating set { memory.pointee.touched = newValue }
    }

    func reserve(_ count: Int) {
        guard count > memory.pointee.capacity else { return }
        grow(to: max(count, memory.pointee.capacity * 2))
    }

    private func grow(to capacity: Int) {
        memory.pointee.packed.deallocate()
        memory.pointee.hashes.deallocate()
        memory.pointee.packed = .allocate(capacity: capacity * wordsMax)
        memory.pointee.hashes = .allocate(capacity: capacity)
        memory.pointee.capacity = capacity
        memory.pointee.packing = -1
    }
}
