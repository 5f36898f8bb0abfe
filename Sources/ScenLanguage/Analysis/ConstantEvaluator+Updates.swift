import ScenDiagnostics
import ScenModel

extension Evaluation {
    mutating func make(
        _ constructor: Constructor, _ elements: [TypedExpression], at span: SourceSpan
    ) throws(EvaluationFailure) -> Value {
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements { values.append(try value(of: element)) }
        switch constructor {
        case .tuple: return .tuple(values)
        case .list: return .list(values)
        case .set: return .set(of: values)
        case .map:
            let entries = stride(from: 0, to: values.count - 1, by: 2).map {
                Value.Entry(key: values[$0], value: values[$0 + 1])
            }
            return .map(of: entries)
        case .record(let type): return .record(type: type, values)
        case .message(let type): return .message(type: type, values)
        case .signed: return .signed(by: values[0].wholeNumber, values[1])
        case .sealed: return .sealed(for: values[0].wholeNumber, values[1])
        }
    }

    mutating func range(
        _ low: TypedExpression, _ high: TypedExpression, at span: SourceSpan
    ) throws(EvaluationFailure) -> Value {
        let low = try number(of: low)
        let high = try number(of: high)
        guard low <= high else { return .list([]) }
        try checkSize(high - low + 1, at: span)
        try step((high - low) / 8, at: span)
        return .list((low...high).map { .int($0) })
    }

    mutating func field(of composite: TypedExpression, _ index: Int) throws(EvaluationFailure) -> Value {
        switch try value(of: composite) {
        case .tuple(let fields), .record(_, let fields), .message(_, let fields): return fields[index]
        case .signed(let node, let content), .sealed(let node, let content): return index == 0 ? .node(node) : content
        default: preconditionFailure("the analyser lets fields be taken of what has some only")
        }
    }

    mutating func change(
        _ operation: Operation, _ operands: [Value], of expression: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        let span = expression.span
        let a = operands[0]
        let b = operands[1]
        try step((a.size + b.size) / 8, at: span)
        switch operation {
        case .concatenateStrings:
            try checkSize(a.size + b.size, at: span)
            return .string(a.text + b.text)
        case .concatenateLists:
            try checkSize(a.size + b.size, at: span)
            return .list(a.elements + b.elements)
        case .union:
            return .set(of: a.elements + b.elements)
        case .intersection:
            return .set(a.elements.filter { Self.find($0, in: b.elements).found })
        case .difference:
            return .set(a.elements.filter { !Self.find($0, in: b.elements).found })
        case .adding, .removing, .removingFromList, .appending:
            return try changeElements(operation, a, b, at: span)
        case .removingFromMap:
            var entries = a.entries
            let place = Self.find(key: b, in: entries)
            if place.found { entries.remove(at: place.index) }
            return .map(entries)
        case .insertingIntoMap:
            var entries = a.entries
            let place = Self.find(key: b, in: entries)
            let entry = Value.Entry(key: b, value: operands[2])
            if place.found { entries[place.index] = entry } else { entries.insert(entry, at: place.index) }
            try checkSize(entries.count, at: span)
            return .map(entries)
        case .replacingElement:
            var elements = a.elements
            elements[try Self.index(b.wholeNumber, count: elements.count, at: span)] = operands[2]
            return .list(elements)
        default: return replaceField(of: a, b.wholeNumber, with: operands[2])
        }
    }

    private func changeElements(
        _ operation: Operation, _ collection: Value, _ element: Value, at span: SourceSpan
    ) throws(EvaluationFailure) -> Value {
        var elements = collection.elements
        switch operation {
        case .adding, .removing:
            let place = Self.find(element, in: elements)
            if operation == .adding, !place.found { elements.insert(element, at: place.index) }
            if operation == .removing, place.found { elements.remove(at: place.index) }
            try checkSize(elements.count, at: span)
            return .set(elements)
        case .removingFromList:
            if let place = elements.firstIndex(where: { Value.compare($0, element) == 0 }) {
                elements.remove(at: place)
            }
            return .list(elements)
        default:
            elements.append(element)
            try checkSize(elements.count, at: span)
            return .list(elements)
        }
    }

    private func replaceField(of composite: Value, _ index: Int, with value: Value) -> Value {
        switch composite {
        case .tuple(var fields):
            fields[index] = value
            return .tuple(fields)
        case .record(let type, var fields):
            fields[index] = value
            return .record(type: type, fields)
        case .message(let type, var fields):
            fields[index] = value
            return .message(type: type, fields)
        default: preconditionFailure("the analyser lets fields be replaced in composites only")
        }
    }
}
