/// Well-formed UTF-8, as the Unicode standard's table 3-7 defines it.
package enum UTF8Check {
    /// How many bytes the code point at `offset` has; 0 if the bytes there are not well-formed.
    package static func length(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let first = bytes[offset]
        if first < 0x80 { return 1 }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
        for index in offset + 1..<offset + length where bytes[index] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
