import ScenDiagnostics

extension ShapeChecker {
    /// `expected` may name more than one text: `faulty` takes the word none, or a list, or a mapping.
    mutating func check(
        _ scalar: YAMLScalar, against shape: TextShape, expected: @autoclosure () -> String, _ subject: Subject
    ) -> Bool {
        switch shape.kind {
        case .free, .value: return true
        case .name(let rule): return check(scalar, against: rule)
        case .words(let words, let parameter):
            return check(scalar, words, parameter: parameter, expected: expected(), subject)
        case .verdict:
            if Verdict(scalar.text) != nil { return true }
            let nearest =
                scalar.text.hasPrefix("holds if ")
                ? "holds iff" : Suggestion.nearest(scalar.text, among: ["holds", "violated"])
            bag.report(
                .wrongWord(
                    scalar.text, for: "a verdict", expected: shape.expected, nearest: nearest, at: scalar.span))
            return false
        case .tag:
            if scalar.text.utf8.allSatisfy({ $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) { return true }
            bag.report(
                .wrongWord(scalar.text, for: "a tag", expected: shape.expected, nearest: nil, at: scalar.span))
            return false
        }
    }

    private mutating func check(
        _ scalar: YAMLScalar, _ words: [AllowedWord], parameter: Bool, expected: @autoclosure () -> String,
        _ subject: Subject
    ) -> Bool {
        if let word = words.first(where: { $0.text == scalar.text }) {
            if word.support == .later, !subject.quiet {
                bag.report(.notSupported("'\(word.text)'", at: scalar.span))
            }
            return true
        }
        if parameter, parameters.contains(scalar.text) { return true }
        let candidates = words.map(\.text) + (parameter ? parameters.sorted() : [])
        bag.report(
            .wrongWord(
                scalar.text, for: subject.name, expected: expected(),
                nearest: Suggestion.nearest(scalar.text, among: candidates), at: scalar.span))
        // A wrong model is better than a wrong default: analysis then knows that it knows nothing. A wrong truth value
        // would be taken for an expression.
        return parameter && !words.contains { $0.text == "true" }
    }

    mutating func check(_ scalar: YAMLScalar, against rule: NameRule) -> Bool {
        let text = scalar.text
        let why: String
        if text.isEmpty {
            why = "a name cannot be empty"
        } else if !rule.admits(text) {
            if let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) {
                why = "a name begins with a letter"
            } else if !rule.allowsHyphens, text.utf8.contains(UInt8(ascii: "-")) {
                why = "'-' would be a subtraction here; use '_'"
            } else {
                why = "a name has letters a to z, digits and '_'"
            }
        } else if rule.reserved.contains(text) {
            why = "this word has a meaning of its own"
        } else {
            return true
        }
        bag.report(.invalidName(text, what: rule.what, why: why, at: scalar.span))
        return false
    }
}

/// `holds`, `violated`, or `holds iff` with the byte at which its condition begins.
enum Verdict {
    case holds, violated
    case holdsIff(Int)

    init?(_ text: String) {
        switch text {
        case "holds": self = .holds
        case "violated": self = .violated
        default:
            let bytes = Array(text.utf8)
            var index = 0
            for word in ["holds", "iff"] {
                guard bytes[index...].starts(with: word.utf8) else { return nil }
                index += word.utf8.count
                let end = index
                while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
                if index == end || index == bytes.count { return nil }
            }
            self = .holdsIff(index)
        }
    }
}
