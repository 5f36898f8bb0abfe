/// Text from a file made harmless for a terminal, and its width there.
package enum DisplayText {
    /// One code point: control characters become their pictures (␛), what changes the direction or is no
    /// visible character becomes U+FFFD.
    static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: return Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: return "\u{2421}"
        case 0x80..<0xA0, 0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
            return "\u{FFFD}"
        default: return scalar
        }
    }

    /// A message or label, on one line and of bounded length.
    package static func line(_ text: some StringProtocol, scalarsMax: Int = 600) -> String {
        var shown = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if count == scalarsMax {
                shown.append("…")
                break
            }
            shown.append(visible(scalar))
            count += 1
        }
        return String(shown)
    }

    /// Columns in a terminal, for what `visible` lets through.
    package static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        let value = first.value
        if value < 0x300 { return 1 }
        if first.properties.isEmojiPresentation { return 2 }
        switch first.properties.generalCategory {
        // At the beginning of a line a combining mark has no letter to stand on.
        case .nonspacingMark, .enclosingMark: return 0
        default: return wide.contains { $0.contains(value) } ? 2 : 1
        }
    }

    /// East Asian wide and full-width blocks, coarsely.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
}
