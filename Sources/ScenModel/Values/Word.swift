/// A value in a running program: one 64-bit word.
///
/// - Lowest bit 0: a whole number times two. Integers (63 bits: -2^62 ... 2^62 - 1), durations (ns),
///   booleans (0, 1), nodes and words of an enumeration (their index) are all whole numbers; static types tell
///   them apart.
/// - Lowest bits 01: the 32-bit id of a composite (list, set, map, tuple, record, message, string, real) in
///   the arena of the worker, hash-consed: equal values have equal words.
/// - The word `none`, which is less than every other.
///
/// Public only because the compiler inlines what is public into other targets and not all that is `package`; the same holds
/// for `Instruction` and `Opcode`.
public struct Word: Hashable, Sendable {
    public var bits: Int

    @inlinable public init(bits: Int) { self.bits = bits }

    /// `value` must be within 63 bits; use the machine's checked arithmetic for what a scenario computes.
    @inlinable public init(_ value: Int) { self.bits = value &<< 1 }
    @inlinable public init(_ value: Bool) { self.bits = value ? 2 : 0 }

    @inlinable public static var none: Word { Word(bits: 3) }
    @inlinable public static func composite(_ id: UInt32) -> Word { Word(bits: Int(id) &<< 2 | 1) }

    @inlinable public var isNumber: Bool { bits & 1 == 0 }
    @inlinable public var isComposite: Bool { bits & 3 == 1 }
    @inlinable public var isNone: Bool { bits == 3 }
    @inlinable public var number: Int { bits &>> 1 }
    @inlinable public var isTrue: Bool { bits != 0 }
    @inlinable public var compositeID: UInt32 { UInt32(truncatingIfNeeded: bits &>> 2) }

    /// The smallest and largest whole number a scenario can hold; beyond is an `overflow`.
    @inlinable public static var smallest: Int { -(1 << 62) }
    @inlinable public static var largest: Int { (1 << 62) - 1 }
}
