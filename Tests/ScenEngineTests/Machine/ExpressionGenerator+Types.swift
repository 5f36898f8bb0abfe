import ScenLanguage
import ScenModel

@testable import ScenEngine

/// What each type has for itself.
extension ExpressionGenerator {
    mutating func bool(_ depth: Int) -> TypedExpression.Kind {
        let type = type(depth: 1)
        switch below(10) {
        case 0: return .not(expression(.bool, depth: depth))
        case 1: return .and(expression(.bool, depth: depth), expression(.bool, depth: depth))
        case 2: return .or(expression(.bool, depth: depth), expression(.bool, depth: depth))
        case 3: return .implies(expression(.bool, depth: depth), expression(.bool, depth: depth))
        case 4:
            let test = pick([(Operation.containsList, ValueType.list(type)), (.containsSet, .set(type)), (.containsMap, .map(key: type, value: .int))])
            return .operation(test.0, pair(test.1, type, depth))
        case 5: return .operation(.isSubset, pair(.set(type), .set(type), depth))
        case 6: return .operation(.containsString, pair(.string, .string, depth))
        case 7: return comprehension(pick([.all, .any]), .bool, depth)
        case 8:
            let range = TypedExpression(.range(expression(.int, depth: 1), expression(.int, depth: 1)), .list(.int), at: place(0))
            return .operation(.containsList, [range, expression(.int, depth: depth)])
        default:
            if type == .real { return .operation(pick([.lessReal, .lessOrEqualReal]), pair(.real, .real, depth)) }
            return .operation(pick([.equal, .notEqual, .less, .lessOrEqual]), pair(type, type, depth))
        }
    }

    mutating func int(_ depth: Int) -> TypedExpression.Kind {
        switch below(8) {
        case 0: return .operation(pick([.negateInt, .absInt]), [expression(.int, depth: depth)])
        case 1:
            let type = pick([ValueType.list(.int), .set(.node), .map(key: .int, value: .bool), .string])
            return .operation(.length, [expression(type, depth: depth)])
        case 2: return .operation(pick([.floorReal, .ceilReal, .roundReal]), [expression(.real, depth: depth)])
        case 3: return comprehension(pick([.count, .sum, .minimum, .maximum]), .int, depth)
        case 4: return .operation(.sum, [collection(of: .int, depth: depth)])
        case 5: return .checkRange(expression(.int, depth: depth), low: -4, high: 5)
        default:
            return .operation(
                pick([.addInt, .addInt, .subtractInt, .multiplyInt, .divInt, .modInt, .powerInt]), pair(.int, .int, depth))
        }
    }

    mutating func real(_ depth: Int) -> TypedExpression.Kind {
        switch below(6) {
        case 0: return .operation(pick([.negateReal, .absReal]), [expression(.real, depth: depth)])
        case 1: return .toReal(expression(.int, depth: depth))
        case 2: return .operation(.sumReal, [collection(of: .real, depth: depth)])
        case 3: return comprehension(pick([.sumReal, .minimumReal, .maximumReal]), .real, depth)
        default:
            return .operation(
                pick([.addReal, .subtractReal, .multiplyReal, .divideReal, .powerReal]), pair(.real, .real, depth))
        }
    }

    mutating func list(_ element: ValueType, _ depth: Int) -> TypedExpression.Kind {
        let type = ValueType.list(element)
        switch below(10) {
        case 0: return .operation(.concatenateLists, pair(type, type, depth))
        case 1: return .operation(.slice, [expression(type, depth: depth)] + pair(.int, .int, 1))
        case 2: return .operation(pick([.appending, .removingFromList]), pair(type, element, depth))
        case 3: return .operation(.sorted, [collection(of: element, depth: depth)])
        case 4: return .operation(.reversed, [expression(type, depth: depth)])
        case 5: return .operation(.setToList, [expression(.set(element), depth: depth)])
        case 6: return .operation(.values, [expression(.map(key: .int, value: element), depth: depth)])
        case 7:
            return .operation(
                .replacingElement,
                [expression(type, depth: depth), expression(.int, depth: 1), expression(element, depth: depth)])
        case 8: return comprehension(.list, element, depth)
        default:
            if case .tuple(let types) = element, types.count == 2, below(2) == 0 {
                return .operation(.items, [expression(.map(key: types[0], value: types[1]), depth: depth)])
            }
            return .make(.list, several(element, depth))
        }
    }

    mutating func set(_ element: ValueType, _ depth: Int) -> TypedExpression.Kind {
        let type = ValueType.set(element)
        switch below(7) {
        case 0: return .operation(pick([.union, .intersection, .difference]), pair(type, type, depth))
        case 1: return .operation(pick([.adding, .removing]), pair(type, element, depth))
        case 2: return .operation(.listToSet, [expression(.list(element), depth: depth)])
        case 3: return .operation(.keys, [expression(.map(key: element, value: .int), depth: depth)])
        case 4: return comprehension(.set, element, depth)
        case 5:
            let one = TypedExpression(.make(.set, [expression(element, depth: depth)]), type, at: place(0))
            return .operation(.difference, [expression(type, depth: depth), one])
        default: return .make(.set, several(element, depth))
        }
    }

    mutating func map(_ key: ValueType, _ content: ValueType, _ depth: Int) -> TypedExpression.Kind {
        let type = ValueType.map(key: key, value: content)
        switch below(4) {
        case 0:
            return .operation(
                .insertingIntoMap,
                [expression(type, depth: depth), expression(key, depth: depth), expression(content, depth: depth)])
        case 1: return .operation(.removingFromMap, pair(type, key, depth))
        case 2: return comprehension(.map, key, depth, value: content)
        default:
            return .make(.map, (0..<below(4)).flatMap { _ in pair(key, content, depth) })
        }
    }

    mutating func comprehension(
        _ result: TypedComprehension.Result, _ element: ValueType, _ depth: Int, value: ValueType? = nil
    ) -> TypedExpression.Kind {
        var clauses: [TypedComprehension.Clause] = []
        var binds = 0
        for _ in 0...below(2) {
            let source = type(depth: 1)
            let collection: TypedExpression
            if source == .int, below(2) == 0 {
                let low = expression(.int, depth: 0)
                let high = constant(.int(below(4)), .int)
                collection = TypedExpression(
                    .range(constant(.int(max(-9, low.wholeNumber)), .int), high), .list(.int), at: place(0))
            } else {
                collection = self.collection(of: source, depth: depth)
            }
            let pattern: TypedPattern
            if case .tuple(let types) = source {
                pattern = .tuple(types.map { .local(bind($0)) })
                binds += types.count
            } else {
                pattern = .local(bind(source))
                binds += 1
            }
            let conditions = (0..<below(2)).map { _ in expression(.bool, depth: depth) }
            clauses.append(.init(pattern: pattern, collection: collection, conditions: conditions))
        }
        let body = result == .count ? constant(.bool(true), .bool) : expression(element, depth: depth)
        let other = value.map { expression($0, depth: depth) }
        unbind(binds)
        return .comprehension(TypedComprehension(result: result, clauses: clauses, element: body, value: other))
    }
}

extension TypedExpression {
    fileprivate var wholeNumber: Int {
        if case .constant(.int(let number)) = kind { number } else { 0 }
    }
}
