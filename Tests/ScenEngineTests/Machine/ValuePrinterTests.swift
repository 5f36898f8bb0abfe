import ScenModel
import Testing

struct ValuePrinterTests {
    private let printer: ValuePrinter = {
        var types = TypeTable()
        types.enumerations = [.init(name: "plan", words: ["attack", "retreat"])]
        types.records = [
            .init(name: "entry", fields: [.init(name: "term", type: .int), .init(name: "value", type: .enumeration(0))])
        ]
        types.messages = [
            .init(name: "Order", fields: [
                .init(name: "path", type: .list(.node)), .init(name: "plan", type: .enumeration(0)),
            ])
        ]
        types.nodeNames = ["general1", "general2"]
        return ValuePrinter(types)
    }()

    @Test func valuesAreWrittenAsInTheLanguage() {
        let attack = Value.enumeration(type: 0, word: 0)
        let table: [(Value, String)] = [
            (attack, "attack"), (.node(1), "general2"), (.none, "none"), (.bool(true), "true"), (.int(-3), "-3"),
            (.set([.node(0), .node(1)]), "{general1, general2}"), (.list([.int(1), .int(2)]), "[1, 2]"),
            (.message(type: 0, [.list([.node(0)]), attack]), "Order([general1], attack)"),
            (.map([.init(key: .int(1), value: .string("a")), .init(key: .int(2), value: .none)]), #"{1: "a", 2: none}"#),
            (.record(type: 0, [.int(1), attack]), "entry(term=1, value=attack)"),
            (.tuple([.int(1), .bool(false)]), "(1, false)"), (.tuple([.int(1)]), "(1,)"), (.set([]), "{}"),
            (.real(0.1), "0.1"), (.real(2), "2.0"), (.real(1e21), "1e+21"),
            (.string("a\"b\\c\n\u{1}é"), #""a\"b\\c\n\u{1}é""#),
        ]
        for (value, text) in table { #expect(printer.text(value) == text) }
        #expect(printer.interpolated(.string("a\"b")) == "a\"b")
        #expect(printer.interpolated(.list([.string("a")])) == #"["a"]"#)
    }

    @Test func durationsAreWrittenInTheLargestFittingUnit() {
        let second = 1_000_000_000
        let table: [(Int, String)] = [
            (0, "0s"), (1, "1ns"), (999, "999ns"), (1000, "1us"), (1500, "1.5us"), (1501, "1.501us"), (25_000_000, "25ms"),
            (1_500_000_000, "1.5s"), (90 * second, "1.5m"), (100 * second, "100s"), (3600 * second, "1h"),
            (86_400 * second, "1d"), (31_536_000 * second, "1y"), (-2_500_000, "-2.5ms"), (1_000_001, "1000.001us"),
            (Int.max, "9223372036854775.807us"), (Int.min, "-9223372036854775.808us"),
        ]
        for (nanoseconds, text) in table { #expect(ValuePrinter.duration(nanoseconds) == text) }
    }
}
