/// One instruction: 8 bytes. What `a`, `b` and `c` mean depends on the operation; see `Opcode`.
public struct Instruction: Sendable, Hashable {
    public var opcode: Opcode
    public var a: UInt16
    public var b: UInt16
    public var c: UInt16

    @inlinable
    public init(_ opcode: Opcode, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0) {
        self.opcode = opcode
        self.a = a
        self.b = b
        self.c = c
    }

    @inlinable
    public init(_ opcode: Opcode, _ a: UInt16 = 0, wide: Int32) {
        let bits = UInt32(bitPattern: wide)
        self.init(opcode, a, UInt16(truncatingIfNeeded: bits), UInt16(truncatingIfNeeded: bits &>> 16))
    }

    /// `b` and `c` together, signed.
    @inlinable public var wide: Int {
        Int(Int32(bitPattern: UInt32(b) | UInt32(c) &<< 16))
    }
    /// `c`, signed.
    @inlinable public var small: Int { Int(Int16(bitPattern: c)) }
}
