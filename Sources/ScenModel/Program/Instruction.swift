/// One instruction: 8 bytes. What `a`, `b` and `c` mean depends on the operation; see `Opcode`.
package struct Instruction: Sendable, Hashable {
    package var opcode: Opcode
    package var a: UInt16
    package var b: UInt16
    package var c: UInt16
    package init(_ opcode: Opcode, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0) {
        self.opcode = opcode
        self.a = a
        self.b = b
        self.c = c
    }
}

/// The machine's operations. `rX` is a register of the frame.
package enum Opcode: UInt16, Sendable, Hashable, CaseIterable {
    /// Ends the routine without a value.
    case finish
}
