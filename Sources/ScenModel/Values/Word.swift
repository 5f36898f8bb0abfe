/// A value in a running program: one 64-bit word.
///
/// - Lowest bit 0: a whole number times two. Integers (63 bits: -2^62 ... 2^62 - 1), durations (ns),
///   booleans (0, 1), nodes and words of an enumeration (their index) are all whole numbers; static types tell
///   them apart.
/// - Lowest bits 01: the 32-bit id of a composite (list, set, map, tuple, record, message, string, real) in
///   the arena of the worker, hash-consed: equal values have equal words.
/// - The word `none`, which is less than every other.
package struct Word: Hashable, Sendable {
    package var bits: Int

    @inlinable package init(bits: Int) { self.bits = bits }

    /// `value` must be within 63 bits; use the machine's checked arithmetic for what a scenario computes.
    @inlinable package init(_ value: Int) { self.bits = value &<< 1 }
    @inlinable package init(_ value: Bool) { self.bits = value ? 2 : 0 }

    @inlinable package static var none: Word { Word(bits: 3) }
    @inlinable package static func composite(_ id: UInt32) -> Word { Word(bits: Int(id) &<< 2 | 1) }

    @inlinable package var isNumber: Bool { bits & 1 == 0 }
    @inlinable package var isComposite: Bool { bits & 3 == 1 }
    @inlinable package var isNone: Bool { bits == 3 }
    @inlinable package var number: Int { bits &>> 1 }
    @inlinable package var isTrue: Bool { bits != 0 }
    @inlinable package var compositeID: UInt32 { UInt32(truncatingIfNeeded: bits &>> 2) }

    /// The smallest and largest whole number a scenario can hold; beyond is an `overflow`.
    @inlinable package static var smallest: Int { -(1 << 62) }
    @inlinable package static var largest: Int { (1 << 62) - 1 }
}
