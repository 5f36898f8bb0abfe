import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct ConstantCollectionTests {
    @Test func reading() {
        let map = intMap([(3, 30), (1, 10)])
        expectValues([
            (op(.length, .int, ints(1, 2)), .int(2)),
            (op(.length, .int, text("né")), .int(2)),
            (op(.length, .int, map), .int(2)),
            (op(.elementAt, .int, ints(1, 2, 3), int(0)), .int(1)),
            (op(.elementAt, .int, ints(1, 2, 3), int(-1)), .int(3)),
            (op(.slice, .list(.int), ints(1, 2, 3), int(1), int(1 << 61)), list(2, 3)),
            (op(.slice, .list(.int), ints(1, 2, 3), int(-2), int(-1)), list(2)),
            (op(.slice, .list(.int), ints(1, 2, 3), int(2), int(1)), list()),
            (op(.slice, .list(.int), ints(1, 2, 3), int(-9), int(9)), list(1, 2, 3)),
            (op(.lookUp, .int, map, int(3)), .int(30)),
            (op(.lookUpOr, .int, map, int(2), int(0)), .int(0)),
            (op(.lookUpMaybe, .maybe(.int), map, int(2)), .none),
            (op(.lookUpMaybe, .maybe(.int), map, int(1)), .int(10)),
            (op(.keys, .list(.int), map), list(1, 3)),
            (op(.keys, .set(.int), map), set(1, 3)),
            (op(.values, .list(.int), map), list(10, 30)),
            (
                op(.items, .list(.tuple([.int, .int])), map),
                .list([.tuple([.int(1), .int(10)]), .tuple([.int(3), .int(30)])])
            ),
            (op(.first, .int, intSet(5, 2)), .int(2)),
            (op(.last, .int, ints(5, 2)), .int(2)),
            (op(.sorted, .list(.int), ints(3, 1, 2, 1)), list(1, 1, 2, 3)),
            (op(.reversed, .list(.int), ints(3, 1, 2)), list(2, 1, 3)),
            (op(.listToSet, .set(.int), ints(3, 1, 3)), set(1, 3)),
            (op(.setToList, .list(.int), intSet(3, 1)), list(1, 3)),
            (typed(.field(typed(.make(.tuple, [int(1), text("a")]), .tuple([.int, .string])), 1), .string), .string("a")),
            (range(2, 4), list(2, 3, 4)),
            (range(4, 2), list()),
        ])
    }

    @Test func membership() {
        expectValues([
            (op(.containsList, .bool, ints(3, 1), int(1)), .bool(true)),
            (op(.containsSet, .bool, intSet(1, 2, 4, 8), int(3)), .bool(false)),
            (op(.containsSet, .bool, intSet(1, 2, 4, 8), int(8)), .bool(true)),
            (op(.containsMap, .bool, intMap([(1, 2)]), int(2)), .bool(false)),
            (op(.containsString, .bool, text("general1"), text("ral")), .bool(true)),
            (op(.containsString, .bool, text("a"), text("")), .bool(true)),
            (op(.containsString, .bool, text("a"), text("ab")), .bool(false)),
            (op(.containsList, .bool, range(1, 1 << 60), int(7)), .bool(true)),
            (op(.containsList, .bool, range(1, 1 << 60), int(0)), .bool(false)),
            (op(.isSubset, .bool, intSet(1, 3), intSet(1, 2, 3)), .bool(true)),
            (op(.isSubset, .bool, intSet(1, 4), intSet(1, 2, 3)), .bool(false)),
        ])
    }

    @Test func aggregates() {
        expectValues([
            (op(.sum, .int, ints(1, 2, 3)), .int(6)),
            (op(.sum, .duration, typed(.make(.list, []), .list(.duration))), .duration(0)),
            (op(.sumReal, .real, typed(.make(.list, [real(0.5), real(1)]), .list(.real))), .real(1.5)),
            (op(.minimum, .int, ints(2, 1)), .int(1)),
            (op(.maximum, .int, int(2), int(5)), .int(5)),
            (op(.majority, .int, ints(1, 2, 2), int(0)), .int(2)),
            (op(.majority, .int, ints(1, 2), int(0)), .int(0)),
            (op(.majority, .int, ints(), int(7)), .int(7)),
            (op(.majority, .int, ints(1, 1, 2, 2, 3), int(0)), .int(0)),
            (op(.majority, .int, ints(3, 1, 1, 3, 3), int(0)), .int(3)),
        ])
    }

    @Test func newVersions() {
        let map = intMap([(1, 10)])
        expectValues([
            (op(.concatenateLists, .list(.int), ints(2), ints(1)), list(2, 1)),
            (op(.concatenateStrings, .string, text("a"), text("b")), .string("ab")),
            (op(.union, .set(.int), intSet(3, 1), intSet(2, 3)), set(1, 2, 3)),
            (op(.intersection, .set(.int), intSet(3, 1), intSet(2, 3)), set(3)),
            (op(.difference, .set(.int), intSet(3, 1), intSet(2, 3)), set(1)),
            (op(.adding, .set(.int), intSet(3, 1), int(2)), set(1, 2, 3)),
            (op(.adding, .set(.int), intSet(3, 1), int(3)), set(1, 3)),
            (op(.removing, .set(.int), intSet(3, 1), int(3)), set(1)),
            (op(.removing, .set(.int), intSet(3, 1), int(2)), set(1, 3)),
            (op(.removingFromList, .list(.int), ints(2, 1, 2), int(2)), list(1, 2)),
            (op(.removingFromList, .list(.int), ints(2), int(3)), list(2)),
            (op(.removingFromMap, .map(key: .int, value: .int), map, int(1)), .map([])),
            (op(.appending, .list(.int), ints(2), int(1)), list(2, 1)),
            (op(.replacingElement, .list(.int), ints(1, 2), int(-1), int(9)), list(1, 9)),
            (
                op(.insertingIntoMap, .map(key: .int, value: .int), map, int(0), int(5)),
                .map([.init(key: .int(0), value: .int(5)), .init(key: .int(1), value: .int(10))])
            ),
            (
                op(
                    .replacingField, .tuple([.int, .int]),
                    typed(.make(.tuple, [int(1), int(2)]), .tuple([.int, .int])), int(1), int(7)),
                .tuple([.int(1), .int(7)])
            ),
        ])
    }

    @Test func comprehensions() {
        let odd = op(.equal, .bool, op(.modInt, .int, local(0), int(2)), int(1))
        let square = op(.multiplyInt, .int, local(0), local(0))
        let failing = op(.equal, .bool, op(.divInt, .int, int(1), op(.subtractInt, .int, local(0), int(3))), int(1))
        expectValues([
            (comprehension(.list, .list(.int), square, over: range(1, 5), if: odd), list(1, 9, 25)),
            (comprehension(.set, .set(.int), op(.modInt, .int, local(0), int(2)), over: range(1, 5)), set(0, 1)),
            (
                comprehension(
                    .map, .map(key: .int, value: .int), op(.modInt, .int, local(0), int(2)), over: range(1, 4),
                    value: local(0)),
                .map([.init(key: .int(0), value: .int(4)), .init(key: .int(1), value: .int(3))])
            ),
            (comprehension(.all, .bool, odd, over: ints(1, 3)), .bool(true)),
            (comprehension(.all, .bool, odd, over: ints()), .bool(true)),
            (comprehension(.any, .bool, odd, over: ints(2, 4)), .bool(false)),
            (comprehension(.any, .bool, failing, over: ints(4, 3)), .bool(true)),
            (comprehension(.count, .int, truth(true), over: range(1, 5), if: odd), .int(3)),
            (comprehension(.sum, .int, local(0), over: intMap([(2, 0), (3, 0)])), .int(5)),
            (comprehension(.maximum, .int, local(0), over: ints(2, 9, 4)), .int(9)),
            (comprehension(.minimum, .int, local(0), over: ints(2, 9, 1)), .int(1)),
        ])
        expectFailures([
            (comprehension(.minimum, .int, local(0), over: ints()), "'min' of nothing has no value"),
            (comprehension(.all, .bool, failing, over: ints(4, 3)), "division by zero"),
        ])
    }

    @Test func clausesNestFromLeftToRight() {
        let clauses = [
            TypedComprehension.Clause(pattern: .local(0), collection: range(1, 3), conditions: []),
            TypedComprehension.Clause(
                pattern: .local(1), collection: typed(.range(int(1), local(0)), .list(.int)), conditions: []),
        ]
        let pairs = TypedComprehension(
            result: .list, clauses: clauses,
            element: op(.addInt, .int, op(.multiplyInt, .int, local(0), int(10)), local(1)))
        expectValues([(typed(.comprehension(pairs), .list(.int)), list(11, 21, 22, 31, 32, 33))])
    }
}
