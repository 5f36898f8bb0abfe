/// One instruction: 8 bytes. What `a`, `b` and `c` mean depends on the operation; see `Opcode`.
package struct Instruction: Sendable, Hashable {
    package var opcode: Opcode
    package var a: UInt16
    package var b: UInt16
    package var c: UInt16

    @inlinable
    package init(_ opcode: Opcode, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0) {
        self.opcode = opcode
        self.a = a
        self.b = b
        self.c = c
    }

    @inlinable
    package init(_ opcode: Opcode, _ a: UInt16 = 0, wide: Int32) {
        let bits = UInt32(bitPattern: wide)
        self.init(opcode, a, UInt16(truncatingIfNeeded: bits), UInt16(truncatingIfNeeded: bits &>> 16))
    }

    /// `b` and `c` together, signed.
    @inlinable package var wide: Int {
        Int(Int32(bitPattern: UInt32(b) | UInt32(c) &<< 16))
    }
    /// `c`, signed.
    @inlinable package var small: Int { Int(Int16(bitPattern: c)) }
}
