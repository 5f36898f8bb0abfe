import ScenDiagnostics

extension Lexer {
    /// A number with what clings to it: `12`, `1_000`, `0.5`, `1e-3`, `20%`, `1.5s`, `100 ppm`.
    mutating func readNumber() {
        let start = at
        guard let number = readDecimal() else {
            // Reported. What follows directly belongs to the same mistake.
            at = endOfName(at)
            append(.invalid, from: start, to: at)
            return
        }
        if let unit = readUnit() {
            appendQuantity(number, unit, start)
        } else if number.fraction.isEmpty, number.exponent == nil {
            appendInteger(number, start)
        } else {
            appendReal(number, start, .real)
        }
    }

    /// The digits of a number, as written but for underscores.
    struct Decimal {
        var whole: [UInt8] = []
        var fraction: [UInt8] = []
        var exponent: Int?
    }

    private struct Unit {
        var name: String
        var start: Int
        var end: Int
    }

    private func isDigit(_ offset: Int) -> Bool {
        offset < limit && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text.bytes[offset])
    }

    private mutating func readDigits() -> [UInt8]? {
        let start = at
        var digits: [UInt8] = []
        while isDigit(at) || (at < limit && text.bytes[at] == UInt8(ascii: "_")) {
            if isDigit(at) {
                digits.append(text.bytes[at])
            } else if !isDigit(at + 1) {
                report(
                    .malformedNumber("an underscore stands between two digits", at: text.place(at, at + 1)), at: start)
                at += 1
                return nil
            }
            at += 1
        }
        return digits
    }

    private mutating func readDecimal() -> Decimal? {
        let start = at
        var number = Decimal()
        guard let whole = readDigits() else { return nil }
        number.whole = whole
        if whole == [UInt8(ascii: "0")], isNameStart(at), isNamePart(at + 1),
            Units.meant(by: text.string(at, endOfName(at))) == nil,
            "xXbBoO".utf8.contains(text.bytes[at])
        {
            report(.malformedNumber("numbers are written in decimal", at: text.place(start, endOfName(at))), at: start)
            return nil
        }
        if whole.count > 1, whole[0] == UInt8(ascii: "0") {
            let place = text.place(start, at)
            report(.malformedNumber("a number does not begin with 0", at: place), at: start)
            return nil
        }
        if text.byte(at) == UInt8(ascii: "."), at < limit, text.byte(at + 1) != UInt8(ascii: ".") {
            at += 1
            guard isDigit(at) else {
                report(.malformedNumber("a digit stands behind the point", at: text.place(start, at)), at: start)
                return nil
            }
            guard let fraction = readDigits() else { return nil }
            number.fraction = fraction
        }
        let sign = text.byte(at + 1) == UInt8(ascii: "-") || text.byte(at + 1) == UInt8(ascii: "+") ? 1 : 0
        if text.byte(at) | 0x20 == UInt8(ascii: "e"), at < limit, isDigit(at + 1 + sign) {
            let isNegative = text.byte(at + 1) == UInt8(ascii: "-")
            at += 1 + sign
            guard let digits = readDigits() else { return nil }
            let size = digits.count > 4 ? 10_000 : Int(String(decoding: digits, as: UTF8.self)) ?? 0
            number.exponent = isNegative ? -size : size
        }
        return number
    }

    // MARK: Units

    /// What follows the digits, if it is meant as a unit.
    private mutating func readUnit() -> Unit? {
        let start = at
        if text.byte(at) == UInt8(ascii: "%"), at < limit {
            // `7%2` is a remainder.
            guard !isNamePart(at + 1) else { return nil }
            at += 1
            return Unit(name: "%", start: start, end: at)
        }
        if isNameStart(at) {
            at = endOfName(at)
            return Unit(name: text.string(start, at), start: start, end: at)
        }
        let next = skipBlanks(at)
        guard next > at, next < limit else { return nil }
        if text.bytes[next] == UInt8(ascii: "%") {
            return blankBeforePercent(next)
        }
        guard isNameStart(next) else { return nil }
        let end = endOfName(next)
        let name = text.string(next, end)
        guard Units.isKnown(name) || Units.meant(by: name) != nil else { return nil }
        guard name == "ppm" || !beginsStatement(behind: end) else { return nil }
        at = end
        return Unit(name: name, start: next, end: end)
    }

    /// `x = 1 y = 2`: the word behind the number is a variable, not a unit.
    private func beginsStatement(behind end: Int) -> Bool {
        let next = skipBlanks(end)
        guard next < limit else { return false }
        let second = text.byte(next + 1)
        switch text.bytes[next] {
        case UInt8(ascii: "("), UInt8(ascii: "["): return true
        case UInt8(ascii: "."): return second != UInt8(ascii: ".")
        case UInt8(ascii: "="): return second != UInt8(ascii: "=")
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "|"), UInt8(ascii: "&"):
            return second == UInt8(ascii: "=")
        default: return false
        }
    }

    /// `20 %` at the end of something; with an operand behind it, it is a remainder.
    private mutating func blankBeforePercent(_ percent: Int) -> Unit? {
        let next = skipBlanks(percent + 1)
        let closers = [UInt8](",)]}:\n#<>=!".utf8)
        guard next == limit || closers.contains(text.bytes[next]) else { return nil }
        at = percent + 1
        return Unit(name: "%", start: percent, end: at)
    }

    private mutating func appendQuantity(_ number: Decimal, _ unit: Unit, _ start: Int) {
        let written = text.string(start, unit.start).filter { $0 != " " }
        let isApart = text.bytes[unit.start - 1] == UInt8(ascii: " ")
        var name = unit.name
        if options.counts, let factor = Units.counts[name] {
            return appendWhole(number, factor, unit, start) { .integer($0) }
        }
        if !Units.isKnown(name) {
            let meant = Units.meant(by: name)
            let place = text.place(isApart ? start : unit.start, unit.end)
            report(
                .unknownUnit(
                    name, write: meant.map { written + $0 }, number: written,
                    isCount: Units.counts[name] != nil, at: place), at: start)
            guard let meant else { return append(.invalid, from: start, to: at) }
            name = meant
        } else if isApart, name != "ppm" {
            report(.blankBeforeUnit(written + name, at: text.place(start, unit.end)), at: start)
        }
        guard let nanoseconds = Units.nanoseconds[name] else {
            return appendReal(number, start, name == "ppm" ? .ppm : .percentage)
        }
        if number.exponent != nil {
            report(.malformedNumber("a duration has no exponent", at: text.place(start, at)), at: start)
            return append(.invalid, from: start, to: at)
        }
        appendWhole(number, nanoseconds, unit, start) { .duration($0) }
    }

    // MARK: Values

    private static let integerMax = 1 << 62 - 1

    private mutating func appendInteger(_ number: Decimal, _ start: Int) {
        guard let value = Self.whole(number, times: 1), value <= Self.integerMax else {
            return tooLarge("2^62 - 1", start)
        }
        append(.integer(Int(value)), from: start, to: at)
    }

    /// The number times a factor, which must come out whole: half a nanosecond does not exist.
    private mutating func appendWhole(
        _ number: Decimal, _ factor: UInt64, _ unit: Unit, _ start: Int, _ kind: (Int) -> Token.Kind
    ) {
        guard let value = Self.whole(number, times: factor) else {
            if Self.isWhole(number, times: factor) { return tooLarge(unitLimit(unit), start) }
            report(.notWhole(text.string(start, unit.end), unit: unit.name, at: text.place(start, unit.end)), at: start)
            return append(.invalid, from: start, to: at)
        }
        guard value <= Self.integerMax else { return tooLarge(unitLimit(unit), start) }
        append(kind(Int(value)), from: start, to: at)
    }

    private func unitLimit(_ unit: Unit) -> String {
        Units.nanoseconds[unit.name] == nil ? "2^62 - 1" : "2^62 - 1 ns, 146 years"
    }

    private mutating func tooLarge(_ limit: String, _ start: Int) {
        report(.numberTooLarge(limit: limit, at: text.place(start, at)), at: start)
        append(.invalid, from: start, to: at)
    }

    private static func significant(_ digits: [UInt8]) -> ArraySlice<UInt8> {
        digits[..<((digits.lastIndex { $0 != UInt8(ascii: "0") } ?? -1) + 1)]
    }

    /// Whether the fraction times the factor is whole. No factor is divisible by the 18th power of 2 or 5.
    private static func isWhole(_ number: Decimal, times factor: UInt64) -> Bool {
        let digits = significant(number.fraction)
        guard digits.count <= 18 else { return false }
        let (value, scale) = digits.reduce((UInt128(0), UInt128(1))) {
            ($0.0 * 10 + UInt128($1 - UInt8(ascii: "0")), $0.1 * 10)
        }
        return value * UInt128(factor) % scale == 0
    }

    /// Nil if it is not whole or does not fit.
    private static func whole(_ number: Decimal, times factor: UInt64) -> UInt128? {
        let fraction = significant(number.fraction)
        let whole = number.whole.drop { $0 == UInt8(ascii: "0") }
        guard whole.count <= 19, fraction.count <= 18 else { return nil }
        let digits = whole + fraction
        // At most 37 digits: fits in 128 bits. Times the factor it may not.
        let value = digits.reduce(UInt128(0)) { $0 * 10 + UInt128($1 - UInt8(ascii: "0")) }
        let scale = fraction.reduce(UInt128(1)) { scale, _ in scale * 10 }
        let (product, overflow) = value.multipliedReportingOverflow(by: UInt128(factor))
        guard !overflow, product % scale == 0 else { return nil }
        return product / scale
    }

    private enum RealUnit: Int {
        case real = 0
        case percentage = -2
        case ppm = -6
    }

    /// Percentages are read as a whole, so that 99.9% is the real number nearest to 0.999.
    private mutating func appendReal(_ number: Decimal, _ start: Int, _ unit: RealUnit) {
        let digitsMax = 1_000
        let digits = number.whole + number.fraction
        let exponent = (number.exponent ?? 0) + unit.rawValue - number.fraction.count
        let value =
            digits.count > digitsMax
            ? nil : Double(String(decoding: digits, as: UTF8.self) + "e\(exponent)")
        guard let value, value.isFinite else { return tooLarge("1.7e308, and 1,000 digits", start) }
        if value == 0, digits.contains(where: { $0 != UInt8(ascii: "0") }) {
            report(.numberTooSmall(at: text.place(start, at)), at: start)
            return append(.invalid, from: start, to: at)
        }
        append(unit == .real ? .real(value) : .percentage(value), from: start, to: at)
    }
}

/// Units of time, all a whole number of nanoseconds; a year is 365 days.
enum Units {
    static let nanoseconds: [String: UInt64] = [
        "ns": 1, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
        "h": 3_600_000_000_000, "d": 86_400_000_000_000, "y": 31_536_000_000_000_000,
    ]

    static let counts: [String: UInt64] = ["k": 1_000, "M": 1_000_000, "G": 1_000_000_000]

    static func isKnown(_ name: String) -> Bool {
        nanoseconds[name] != nil || name == "%" || name == "ppm"
    }

    /// The unit that somebody has in mind who writes `msec` or `S`.
    static func meant(by name: String) -> String? {
        let lowercased = name.lowercased()
        return aliases[lowercased] ?? (isKnown(lowercased) ? lowercased : nil)
    }

    private static let aliases: [String: String] = [
        "nsec": "ns", "nsecs": "ns", "nanos": "ns", "nanosecond": "ns", "nanoseconds": "ns",
        "usec": "us", "usecs": "us", "micros": "us", "microsecond": "us", "microseconds": "us",
        "\u{00B5}s": "us", "\u{03BC}s": "us",
        "msec": "ms", "msecs": "ms", "millis": "ms", "millisecond": "ms", "milliseconds": "ms",
        "sec": "s", "secs": "s", "second": "s", "seconds": "s",
        "min": "m", "mins": "m", "minute": "m", "minutes": "m",
        "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
        "day": "d", "days": "d", "yr": "y", "yrs": "y", "year": "y", "years": "y",
        "percent": "%",
    ]
}
