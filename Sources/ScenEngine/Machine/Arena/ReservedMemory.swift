#if canImport(Glibc)
    import Glibc
#endif

/// Address space that never moves and costs memory only where it has been written; it reads as zero.
struct ReservedMemory {
    let start: UnsafeMutableRawPointer
    let bytes: Int

    /// Reserves `bytes`, or less where the system does not give that much: half, a quarter and so on.
    init(bytes wanted: Int) {
        var bytes = Self.wholePages(wanted)
        while true {
            if let start = Self.map(bytes) {
                self.start = start
                self.bytes = bytes
                return
            }
            precondition(bytes > Self.page, "the system gives no memory at all")
            bytes = Self.wholePages(bytes / 2)
        }
    }

    /// For tables of which any part may be needed next: fewer pages for the processor to look up.
    func preferLargePages() {
        #if os(Linux)
            madvise(start, bytes, MADV_HUGEPAGE)
        #endif
    }

    func release() { munmap(start, bytes) }

    func words<T>(of type: T.Type) -> UnsafeMutablePointer<T> {
        start.bindMemory(to: type, capacity: bytes / MemoryLayout<T>.stride)
    }

    private static let page = 1 << 16

    private static func wholePages(_ bytes: Int) -> Int { max(page, (bytes + page - 1) & ~(page - 1)) }

    private static func map(_ bytes: Int) -> UnsafeMutableRawPointer? {
        #if os(Linux)
            let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        #else
            let flags = MAP_PRIVATE | MAP_ANON
        #endif
        let start = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0)
        return start == UnsafeMutableRawPointer(bitPattern: -1) ? nil : start
    }
}
