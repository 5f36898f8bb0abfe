import ScenModel

/// The composites of one worker, hash-consed in raw memory: equal values have equal words.
///
/// A word names a composite by its id; a table leads from the id to the composite's place, so that words stay valid when the
/// collector moves what they name. The memory is reserved at once and never moves. Whatever makes a value writes its contents
/// behind the last composite and then has them interned; what already exists costs no memory.
///
/// It is a handle: copies share one arena, whose owner calls `release`.
struct Arena {
    enum Problem: Equatable {
        case tooManyElements(Int)
        case tooDeep
        case outOfMemory
    }
    struct CacheEntry {
        var key: Int
        var operand: Int
        var result: Int
    }
    struct Storage {
        var heap: UnsafeMutablePointer<Int>
        /// Words in use.
        var top = 0
        /// Words that may be used.
        var limit: Int
        /// Place of a composite by id, or, of a free id, the next free one. Id 0 is none.
        var offsets: UnsafeMutablePointer<UInt32>
        /// The smallest id that was never used.
        var nextID: UInt32 = 1
        var freeID: UInt32 = 0
        /// Composites in the arena.
        var live = 0
        /// Open addressing: the lower half of the content hash, and the id; 0 where nothing is.
        var slots: UnsafeMutablePointer<UInt64>
        var slotMask: Int
        var slotMaskMax: Int
        var cache: UnsafeMutablePointer<CacheEntry>
        var elementsMax: Int
        var problem: Problem = .outOfMemory
        /// What large values have cost since the machine last charged for it, in instructions.
        var work = 0
        /// Elements that were gone through in large values; see `RunBudgets`.
        var largeElements = 0
        var heapMemory: ReservedMemory
        var offsetMemory: ReservedMemory
    }

    static let cacheEntries = 1 << 12
    static let slotsMin = 1 << 10

    let at: UnsafeMutablePointer<Storage>

    init(bytes: Int, elementsMax: Int) {
        // 32-bit places of 8-byte words.
        let bytes = min(max(bytes, 1 << 16), 1 << 34)
        let heapMemory = ReservedMemory(bytes: bytes)
        // The smallest composite, an empty one, takes 16 bytes.
        let offsetMemory = ReservedMemory(bytes: heapMemory.bytes / 4)
        let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.slotsMin)
        slots.initialize(repeating: 0, count: Self.slotsMin)
        let cache = UnsafeMutablePointer<CacheEntry>.allocate(capacity: Self.cacheEntries)
        cache.initialize(repeating: CacheEntry(key: 0, operand: 0, result: 0), count: Self.cacheEntries)
        at = .allocate(capacity: 1)
        at.initialize(
            to: Storage(
                heap: heapMemory.words(of: Int.self), limit: min(bytes, heapMemory.bytes, offsetMemory.bytes * 4) / 8,
                offsets: offsetMemory.words(of: UInt32.self), slots: slots, slotMask: Self.slotsMin - 1,
                slotMaskMax: bytes / 16, cache: cache,
                elementsMax: min(elementsMax, CompositeHeader.countMax), heapMemory: heapMemory,
                offsetMemory: offsetMemory))
    }

    func release() {
        at.pointee.slots.deallocate()
        at.pointee.cache.deallocate()
        at.pointee.heapMemory.release()
        at.pointee.offsetMemory.release()
        at.deinitialize(count: 1)
        at.deallocate()
    }

    /// Composites, the way to them, and the table.
    var bytesInUse: Int {
        at.pointee.top * 8 + Int(at.pointee.nextID) * 4 + (at.pointee.slotMask + 1) * 8
    }
    var problem: Problem { at.pointee.problem }

    // MARK: Reading

    @inline(__always)
    func place(of word: Word) -> UnsafeMutablePointer<Int> {
        at.pointee.heap + Int(at.pointee.offsets[Int(word.compositeID)])
    }
    @inline(__always)
    func header(of word: Word) -> CompositeHeader { CompositeHeader(word: place(of: word)[0]) }

    @inline(__always)
    func count(of word: Word) -> Int { header(of: word).count }

    @inline(__always)
    func contents(of word: Word) -> UnsafeMutablePointer<Int> { place(of: word) + CompositeHeader.words }

    /// Equal values have equal hashes in every worker and every process.
    @inline(__always)
    func hash(of word: Word) -> UInt64 {
        if word.isComposite { return UInt64(bitPattern: Int64(place(of: word)[1])) }
        return mixed(UInt64(bitPattern: Int64(word.bits)) ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
    }

    // MARK: Making

    /// Where the contents of the next composite are to be written, if `words` of them and their header still fit.
    @inline(__always)
    func room(_ words: Int) -> UnsafeMutablePointer<Int>? {
        guard at.pointee.top &+ words &+ CompositeHeader.words <= at.pointee.limit else {
            at.pointee.problem = .outOfMemory
            return nil
        }
        return at.pointee.heap + (at.pointee.top &+ CompositeHeader.words)
    }

    /// The same for a list, set or map of at most `count` elements, and the work is charged for.
    @inline(__always)
    func room(elements count: Int, words: Int) -> UnsafeMutablePointer<Int>? {
        charge(words)
        guard count <= at.pointee.elementsMax else {
            at.pointee.problem = .tooManyElements(count)
            return nil
        }
        return room(words)
    }

    @inline(__always)
    func charge(_ words: Int) {
        at.pointee.work &+= words &>> 3
        if words > RunBudgets.largeValue { at.pointee.largeElements &+= words }
    }

    /// The composite whose contents stand in the room.
    func interned(_ kind: CompositeKind, count: Int) -> Word {
        let room = at.pointee.heap + (at.pointee.top &+ CompositeHeader.words)
        let golden: UInt64 = 0x9E37_79B9_7F4A_7C15
        // A sum of what does not wait for one another; the key gives each place its own mixing.
        var key: UInt64 = 0x8EBC_6AF0_9C88_C6E3
        var sum = UInt64(truncatingIfNeeded: kind.rawValue &<< 32 | count)
        var depth = 0
        let length = CompositeHeader(id: 0, count: count, depth: 0, kind: kind).length
        if kind.rawValue < CompositeKind.string.rawValue {
            for index in 0..<length {
                let word = Word(bits: room[index])
                var content = UInt64(bitPattern: Int64(word.bits))
                if word.isComposite {
                    let place = place(of: word)
                    content = UInt64(bitPattern: Int64(place[1]))
                    depth = max(depth, CompositeHeader(word: place[0]).depth &+ 1)
                }
                sum &+= mixed(content ^ key, 0xE703_7ED1_A0B4_28DB)
                key &+= golden
            }
        } else {
            for index in 0..<length {
                sum &+= mixed(UInt64(bitPattern: Int64(room[index])) ^ key, 0xE703_7ED1_A0B4_28DB)
                key &+= golden
            }
        }
        let hash = mixed(sum ^ 0xA076_1D64_78BD_642F, 0xD6E8_FEB8_6659_FD93)
        return found(hash, kind: kind, count: count, length: length) ?? added(hash, kind, count, length, depth)
    }

    @inline(__always)
    private func found(_ hash: UInt64, kind: CompositeKind, count: Int, length: Int) -> Word? {
        let storage = at.pointee
        let room = storage.heap + (storage.top &+ CompositeHeader.words)
        let half = UInt32(truncatingIfNeeded: hash)
        var index = Int(half) & storage.slotMask
        while storage.slots[index] != 0 {
            let slot = storage.slots[index]
            if UInt32(truncatingIfNeeded: slot) == half {
                let id = UInt32(truncatingIfNeeded: slot &>> 32)
                let place = storage.heap + Int(storage.offsets[Int(id)])
                let header = CompositeHeader(word: place[0])
                if UInt64(bitPattern: Int64(place[1])) == hash, header.count == count,
                    header.rawKind == kind.rawValue, same(place + CompositeHeader.words, room, length)
                {
                    return .composite(id)
                }
            }
            index = (index &+ 1) & storage.slotMask
        }
        return nil
    }

    @inline(__always)
    private func same(_ a: UnsafeMutablePointer<Int>, _ b: UnsafeMutablePointer<Int>, _ length: Int) -> Bool {
        for index in 0..<length where a[index] != b[index] { return false }
        return true
    }

    private func added(_ hash: UInt64, _ kind: CompositeKind, _ count: Int, _ length: Int, _ depth: Int) -> Word {
        guard depth <= CompositeHeader.depthMax else {
            at.pointee.problem = .tooDeep
            return .failed
        }
        if at.pointee.live &* 4 >= at.pointee.slotMask &* 3, !growTable() {
            at.pointee.problem = .outOfMemory
            return .failed
        }
        let id: UInt32
        if at.pointee.freeID != 0 {
            id = at.pointee.freeID
            at.pointee.freeID = at.pointee.offsets[Int(id)]
        } else {
            id = at.pointee.nextID
            at.pointee.nextID &+= 1
        }
        let place = at.pointee.heap + at.pointee.top
        place[0] = CompositeHeader(id: id, count: count, depth: depth, kind: kind).word
        place[1] = Int(Int64(bitPattern: hash))
        at.pointee.offsets[Int(id)] = UInt32(truncatingIfNeeded: at.pointee.top)
        at.pointee.top &+= length &+ CompositeHeader.words
        at.pointee.live &+= 1
        enter(hash, id)
        return .composite(id)
    }

    /// The table has a free slot.
    func enter(_ hash: UInt64, _ id: UInt32) {
        let half = UInt32(truncatingIfNeeded: hash)
        var index = Int(half) & at.pointee.slotMask
        while at.pointee.slots[index] != 0 { index = (index &+ 1) & at.pointee.slotMask }
        at.pointee.slots[index] = UInt64(half) | UInt64(id) &<< 32
    }

    private func growTable() -> Bool {
        let old = at.pointee.slots
        let oldCount = at.pointee.slotMask + 1
        guard oldCount * 2 <= max(Self.slotsMin, at.pointee.slotMaskMax) else { return false }
        at.pointee.slots = .allocate(capacity: oldCount * 2)
        at.pointee.slots.initialize(repeating: 0, count: oldCount * 2)
        at.pointee.slotMask = oldCount * 2 - 1
        for index in 0..<oldCount where old[index] != 0 {
            // The lower half of the hash is all that is needed to place it.
            enter(old[index] & 0xFFFF_FFFF, UInt32(truncatingIfNeeded: old[index] &>> 32))
        }
        old.deallocate()
        return true
    }

    // MARK: Remembering

    /// Direct-mapped: what an operation on two words gave. The same words give the same result until something is collected.
    @inline(__always)
    func cacheEntry(_ key: Int, _ operand: Int) -> UnsafeMutablePointer<CacheEntry> {
        let mix = (UInt(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15) ^ (UInt(bitPattern: operand) &* 0xD6E8_FEB8_6659_FD93)
        return at.pointee.cache + Int(mix &>> 52)
    }

    @inline(__always)
    func remembered(_ operation: ArenaOperation, _ a: Word, _ b: Word, _ make: () -> Word) -> Word {
        let key = a.bits | operation.rawValue &<< 40
        let entry = cacheEntry(key, b.bits)
        if entry.pointee.key == key, entry.pointee.operand == b.bits { return Word(bits: entry.pointee.result) }
        let result = make()
        if !result.hasFailed { entry.pointee = CacheEntry(key: key, operand: b.bits, result: result.bits) }
        return result
    }

    func forget() {
        at.pointee.cache.update(repeating: CacheEntry(key: 0, operand: 0, result: 0), count: Self.cacheEntries)
    }
}

/// What is remembered; zero is kept for empty entries.
enum ArenaOperation: Int {
    case adding = 1, removing, appending, union, intersection, difference, isSubset, find, removingFromMap
}
