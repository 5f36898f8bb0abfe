/// Reading a file as YAML.
extension Diagnostic {
    package static func fileTooLarge(bytesMax: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .fileTooLarge, "the file has more than \(bytesMax / 1_000_000) MB", at: span,
            label: "a scenario is written by hand and far smaller")
    }

    package static func tooManyNodesInFile(nodesMax: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .fileTooLarge, "the file has more than \(nodesMax) values", at: span,
            label: "this is the first one too many")
    }

    package static func utf16(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidEncoding, "the file is UTF-16", at: span, label: "save it as UTF-8")
    }

    package static func illFormedUTF8(byte: UInt8, more: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .invalidEncoding, "the file is not UTF-8: byte \(hexadecimal(UInt32(byte), digits: 2)) cannot stand here",
            at: span, label: "save the file as UTF-8", notes: further(more))
    }

    package static func controlCharacter(_ value: UInt32, more: Int, at span: SourceSpan) -> Diagnostic {
        let name = "U+" + hexadecimal(value, digits: 4).dropFirst(2)
        if value == 0 {
            return Diagnostic(
                .invalidEncoding, "a NUL byte cannot stand in YAML", at: span,
                label: "is this a text file? If it is UTF-16, save it as UTF-8", notes: further(more))
        }
        let label =
            value < 0x100
            ? "remove it, or write it as \"\\x\(hexadecimal(value, digits: 2).dropFirst(2))\" in double quotes"
            : "remove it"
        return Diagnostic(
            .invalidEncoding, "the control character \(name) cannot stand in YAML", at: span, label: label,
            notes: further(more))
    }

    package static func directive(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .unsupportedYAML, "a scenario has no YAML directives", at: span, label: "remove this line")
    }

    package static func emptyFile(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .emptyFile, "there is no scenario in this file", at: span,
            label: "it needs at least the keys 'scenario', 'nodes', 'algorithm' and 'expect'")
    }

    package static func nestingTooDeep(levelsMax: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .nestingTooDeep, "this is nested more than \(levelsMax) levels deep", at: span,
            label: "this begins level \(levelsMax + 1)")
    }

    package static func unknownAlias(_ name: String, at span: SourceSpan, nearest: String?) -> Diagnostic {
        Diagnostic(
            .unknownAlias, "no anchor '&\(name)' stands before this alias", at: span,
            label: nearest.map { "did you mean '*\($0)'?" }
                ?? "in YAML '*\(name)' repeats what '&\(name)' names; put text that begins with '*' in quotes")
    }

    package static func recursiveAlias(_ name: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .aliasesTooLarge, "'*\(name)' stands inside of what '&\(name)' names", at: span,
            label: "repeated here it would never end")
    }

    package static func aliasesTooLarge(_ name: String, nodesMax: Int, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .aliasesTooLarge, "with all aliases written out the file has more than \(nodesMax) values", at: span,
            label: "too much to repeat here")
    }

    package static func collectionAsKey(at span: SourceSpan, braces: Bool) -> Diagnostic {
        Diagnostic(
            .unsupportedYAML, "a key is a word, not a list or mapping", at: span,
            label: braces
                ? "in YAML '{' begins a mapping; put text that begins with it in quotes" : "write a word here")
    }

    package static func duplicateKey(_ key: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
        Diagnostic(
            .duplicateKey, "the key '\(key)' is here a second time", at: span, label: "remove or rename one of them",
            notes: [.init("the first one is here", at: first)])
    }

    package static func tag(_ tag: String, at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .unsupportedYAML, "a scenario has no YAML tags such as '\(tag)'", at: span,
            label: "remove it; if it begins a text, put the text in quotes")
    }

    private static func further(_ more: Int) -> [Note] {
        switch more {
        case 0: []
        case 1: [Note("there is 1 more such place")]
        default: [Note("there are \(more) more such places")]
        }
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
