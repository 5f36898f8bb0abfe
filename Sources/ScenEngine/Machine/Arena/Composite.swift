import ScenModel

/// What a composite is. Messages and timers have their kind's index as their first word, so that order, hash and equality
/// see it; records have none, since their type is known wherever they stand.
enum CompositeKind: Int {
    case list = 1
    case set
    /// Key, value, key, value ..; `count` counts entries.
    case map
    case tuple
    case message
    case timer
    /// UTF-8, padded with zeros; `count` counts bytes.
    case string
    case real
}

/// The first of the two words before a composite's contents: its id (32 bits), `count` (20), the depth of nesting below it (8)
/// and its kind (4). The second is its content hash.
struct CompositeHeader {
    var bits: UInt64
    static let words = 2
    static let countMax = 1 << 20 - 1
    /// Values nested deeper are refused, so that nothing that goes down into them can run out of stack.
    static let depthMax = 200

    @inline(__always) init(bits: UInt64) { self.bits = bits }
    @inline(__always) init(word: Int) { bits = UInt64(bitPattern: Int64(word)) }
    @inline(__always) init(id: UInt32, count: Int, depth: Int, kind: CompositeKind) {
        bits =
            UInt64(id) | UInt64(truncatingIfNeeded: count) &<< 32 | UInt64(truncatingIfNeeded: depth) &<< 52
            | UInt64(truncatingIfNeeded: kind.rawValue) &<< 60
    }

    @inline(__always) var word: Int { Int(Int64(bitPattern: bits)) }
    @inline(__always) var id: UInt32 { UInt32(truncatingIfNeeded: bits) }
    @inline(__always) var count: Int { Int(bits &>> 32) & Self.countMax }
    @inline(__always) var depth: Int { Int(bits &>> 52) & 0xFF }
    @inline(__always) var rawKind: Int { Int(bits &>> 60) }
    @inline(__always) var isString: Bool { rawKind == CompositeKind.string.rawValue }
    @inline(__always) var isReal: Bool { rawKind == CompositeKind.real.rawValue }
    @inline(__always) var isMap: Bool { rawKind == CompositeKind.map.rawValue }
    /// False where the contents are bytes and not values.
    @inline(__always) var holdsWords: Bool { rawKind < CompositeKind.string.rawValue }
    /// Of the contents.
    @inline(__always) var length: Int {
        if isMap { return count &* 2 }
        if isString { return (count &+ 7) &>> 3 }
        return count
    }
}

extension Word {
    /// No value at all: what an accumulator holds before its first element. The collector ignores it.
    static var unset: Word { Word(bits: 7) }
    /// An arena could not make the value; see `Arena.problem`.
    static var failed: Word { Word(bits: 11) }
    var hasFailed: Bool { bits == 11 }
}

/// wyhash's mixing of two words.
@inline(__always)
func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
}
