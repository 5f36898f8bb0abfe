/// Reads a value of a known type back from what `ValuePrinter` writes. Whatever the text is, it gives a value or nil.
package struct ValueReader {
    private let types: TypeTable
    private let text: [Unicode.Scalar]
    private var at = 0

    private struct Unreadable: Error {}

    package static func value(_ text: String, _ type: ValueType, _ types: TypeTable) -> Value? {
        var reader = ValueReader(types: types, text: Array(text.unicodeScalars))
        guard let value = try? reader.value(type), reader.at == reader.text.count else { return nil }
        return value
    }

    private init(types: TypeTable, text: [Unicode.Scalar]) {
        self.types = types
        self.text = text
    }

    private mutating func value(_ type: ValueType) throws(Unreadable) -> Value {
        switch type {
        case .bool: return .bool(try place(of: name(), in: ["false", "true"]) == 1)
        case .int: return .int(try whole())
        case .range(let low, let high):
            let number = try whole()
            guard low <= number, number <= high else { throw Unreadable() }
            return .int(number)
        case .real:
            guard let number = Double(word()), number.isFinite else { throw Unreadable() }
            return .real(number)
        case .string: return .string(try quoted())
        case .duration: return .duration(try duration())
        case .node: return .node(try place(of: name(), in: types.nodeNames))
        case .enumeration(let index):
            return .enumeration(type: index, word: try place(of: name(), in: types.enumerations[index].words))
        case .maybe(let inner):
            if accept("none") { return .none }
            return try value(inner)
        case .tuple(let parts): return .tuple(try tuple(parts))
        case .list(let element): return .list(try elements(element, "[", "]"))
        case .set(let element): return .set(of: try elements(element, "{", "}"))
        case .map(let key, let content): return try map(key, content)
        case .record(let index):
            let shape = types.records[index]
            try require(shape.name)
            return .record(type: index, try fields(shape.fields, areNamed: true))
        case .message:
            let index = try place(of: name(), in: types.messages.map(\.name))
            return .message(type: index, try fields(types.messages[index].fields, areNamed: false))
        case .signed(let content):
            let (value, node) = try attached("signed", content, "by")
            return .signed(by: node, value)
        case .sealed(let content):
            let (value, node) = try attached("sealed", content, "for")
            return .sealed(for: node, value)
        case .nothing: throw Unreadable()
        }
    }

    // MARK: Composites

    private mutating func tuple(_ parts: [ValueType]) throws(Unreadable) -> [Value] {
        try require("(")
        var values: [Value] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { try require(", ") }
            values.append(try value(part))
        }
        if parts.count == 1 { try require(",") }
        try require(")")
        return values
    }

    private mutating func fields(_ fields: [TypeTable.Field], areNamed: Bool) throws(Unreadable) -> [Value] {
        try require("(")
        var values: [Value] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { try require(", ") }
            if areNamed { try require(field.name + "=") }
            values.append(try value(field.type))
        }
        try require(")")
        return values
    }

    private mutating func elements(_ element: ValueType, _ open: String, _ close: String) throws(Unreadable) -> [Value] {
        try require(open)
        var values: [Value] = []
        while !accept(close) {
            if !values.isEmpty { try require(", ") }
            values.append(try value(element))
        }
        return values
    }

    private mutating func map(_ key: ValueType, _ content: ValueType) throws(Unreadable) -> Value {
        try require("{")
        var entries: [Value.Entry] = []
        while !accept("}") {
            if !entries.isEmpty { try require(", ") }
            let key = try value(key)
            try require(": ")
            entries.append(.init(key: key, value: try value(content)))
        }
        return .map(of: entries)
    }

    private mutating func attached(
        _ word: String, _ content: ValueType, _ label: String
    ) throws(Unreadable) -> (Value, node: Int) {
        try require("\(word)(")
        let value = try value(content)
        try require(", \(label)=")
        let node = try place(of: name(), in: types.nodeNames)
        try require(")")
        return (value, node)
    }

    // MARK: Words

    private mutating func accept(_ wanted: String) -> Bool {
        let scalars = Array(wanted.unicodeScalars)
        guard at + scalars.count <= text.count, text[at..<at + scalars.count].elementsEqual(scalars) else { return false }
        at += scalars.count
        return true
    }

    private mutating func require(_ wanted: String) throws(Unreadable) {
        guard accept(wanted) else { throw Unreadable() }
    }

    /// Up to a sign that stands between values.
    private mutating func word() -> String {
        var word = ""
        while at < text.count, !"(),[]{}: \"=".unicodeScalars.contains(text[at]) {
            word.unicodeScalars.append(text[at])
            at += 1
        }
        return word
    }

    private mutating func name() -> String { word() }

    private func place(of name: String, in names: [String]) throws(Unreadable) -> Int {
        guard let place = names.firstIndex(of: name) else { throw Unreadable() }
        return place
    }

    private mutating func whole() throws(Unreadable) -> Int {
        guard let number = Int(word()), number >= Word.smallest, number <= Word.largest else { throw Unreadable() }
        return number
    }

    private mutating func quoted() throws(Unreadable) -> String {
        try require("\"")
        var read = ""
        while at < text.count {
            let scalar = text[at]
            at += 1
            if scalar == "\"" { return read }
            guard scalar == "\\" else {
                read.unicodeScalars.append(scalar)
                continue
            }
            if accept("n") {
                read += "\n"
            } else if accept("t") {
                read += "\t"
            } else if accept("u{") {
                guard let number = UInt32(word(), radix: 16), let meant = Unicode.Scalar(number) else { throw Unreadable() }
                read.unicodeScalars.append(meant)
                try require("}")
            } else {
                guard at < text.count else { throw Unreadable() }
                read.unicodeScalars.append(text[at])
                at += 1
            }
        }
        throw Unreadable()
    }

    /// `-1.5ms`, exactly.
    private mutating func duration() throws(Unreadable) -> Int {
        let isNegative = accept("-")
        let text = word()
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let unit = ValuePrinter.nanoseconds(perUnit: String(text.dropFirst(number.count))),
            let whole = Int(parts[0]), let decimals = parts.count == 2 ? Int("1" + parts[1]) : 1
        else { throw Unreadable() }
        let (size, overflow) = whole.multipliedReportingOverflow(by: unit)
        // 1.25ms: of 10^2 parts of a millisecond 25.
        var scale = 1
        for _ in 0..<(parts.count == 2 ? parts[1].count : 0) { scale *= 10 }
        let (rest, restOverflow) = (decimals - scale).multipliedReportingOverflow(by: unit)
        let (sum, sumOverflow) = size.addingReportingOverflow(rest / scale)
        guard !overflow, !restOverflow, !sumOverflow, rest % scale == 0, sum <= Word.largest else { throw Unreadable() }
        return isNegative ? -sum : sum
    }
}
