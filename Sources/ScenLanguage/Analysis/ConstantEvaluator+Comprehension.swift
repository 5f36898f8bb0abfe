import ScenDiagnostics
import ScenModel

extension Evaluation {
    /// What a comprehension has gathered.
    private struct Gathered {
        var elements: [Value] = []
        var values: [Value] = []
        var count = 0
        var whole = 0
        var real = 0.0
        /// `all` or `any` is settled: nothing more is evaluated.
        var settled = false
    }

    mutating func comprehend(
        _ comprehension: TypedComprehension, of expression: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        var gathered = Gathered()
        try go(through: comprehension, from: 0, of: expression, into: &gathered)
        let span = expression.span
        switch comprehension.result {
        case .list: return .list(gathered.elements)
        case .set: return .set(of: gathered.elements)
        case .map:
            return .map(of: zip(gathered.elements, gathered.values).map { .init(key: $0, value: $1) })
        case .all: return .bool(!gathered.settled)
        case .any: return .bool(gathered.settled)
        case .count: return .int(gathered.count)
        case .sum: return try whole(gathered.whole, as: expression.type, at: span)
        case .sumReal: return try real(gathered.real, at: span)
        case .minimum, .minimumReal:
            guard let least = gathered.elements.first else {
                throw EvaluationFailure(.empty("min"), at: span)
            }
            return least
        case .maximum, .maximumReal:
            guard let most = gathered.elements.first else {
                throw EvaluationFailure(.empty("max"), at: span)
            }
            return most
        }
    }

    private mutating func go(
        through comprehension: TypedComprehension, from index: Int, of expression: TypedExpression,
        into gathered: inout Gathered
    ) throws(EvaluationFailure) {
        guard index < comprehension.clauses.count else {
            return try gather(comprehension, of: expression, into: &gathered)
        }
        let clause = comprehension.clauses[index]
        var elements = try Elements(of: clause.collection, in: &self)
        while let element = elements.next() {
            try step(at: clause.collection.span)
            guard try match(clause.pattern, element) else { continue }
            var wanted = true
            for condition in clause.conditions where wanted { wanted = try truth(of: condition) }
            guard wanted else { continue }
            try go(through: comprehension, from: index + 1, of: expression, into: &gathered)
            if gathered.settled { return }
        }
    }

    private mutating func gather(
        _ comprehension: TypedComprehension, of expression: TypedExpression, into gathered: inout Gathered
    ) throws(EvaluationFailure) {
        let element = try value(of: comprehension.element)
        let span = expression.span
        switch comprehension.result {
        case .all: gathered.settled = element != .bool(true)
        case .any: gathered.settled = element == .bool(true)
        case .count: gathered.count += element == .bool(true) ? 1 : 0
        case .sum: gathered.whole = try add(element, to: gathered.whole, at: span)
        case .sumReal: gathered.real += element.realNumber
        case .minimum, .minimumReal:
            if gathered.elements.first.map({ Value.precedes(element, $0) }) ?? true { gathered.elements = [element] }
        case .maximum, .maximumReal:
            if gathered.elements.first.map({ Value.precedes($0, element) }) ?? true { gathered.elements = [element] }
        case .list, .set, .map:
            gathered.elements.append(element)
            try checkSize(gathered.elements.count, at: span)
            if let value = comprehension.value { gathered.values.append(try self.value(of: value)) }
        }
    }

    /// What a loop goes through, one by one; a range is not built.
    struct Elements {
        private var list: [Value] = []
        private var index = 0
        private var number = 1
        private var last = 0
        private let isRange: Bool

        init(of collection: TypedExpression, in evaluation: inout Evaluation) throws(EvaluationFailure) {
            if case .range(let low, let high) = collection.kind {
                isRange = true
                number = try evaluation.number(of: low)
                last = try evaluation.number(of: high)
            } else {
                isRange = false
                list = try evaluation.value(of: collection).elements
            }
        }

        mutating func next() -> Value? {
            if isRange {
                guard number <= last else { return nil }
                defer { number += 1 }
                return .int(number)
            }
            guard index < list.count else { return nil }
            defer { index += 1 }
            return list[index]
        }
    }
}
