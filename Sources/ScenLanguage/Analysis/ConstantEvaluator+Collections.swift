import ScenDiagnostics
import ScenModel

extension Evaluation {
    func contains(
        _ operation: Operation, _ collection: Value, _ element: Value, at span: SourceSpan
    ) throws(EvaluationFailure) -> Bool {
        switch operation {
        case .containsList: collection.elements.contains { Value.compare($0, element) == 0 }
        case .containsSet: Self.find(element, in: collection.elements).found
        case .containsMap: Self.find(key: element, in: collection.entries).found
        case .containsString: Self.isPart(element.text, of: collection.text)
        default: collection.elements.allSatisfy { Self.find($0, in: element.elements).found }
        }
    }

    private static func isPart(_ part: String, of text: String) -> Bool {
        let part = Array(part.utf8)
        let text = Array(text.utf8)
        guard part.count <= text.count else { return false }
        return (0...text.count - part.count).contains { text[$0...].starts(with: part) }
    }

    /// Where it stands, or belongs, among sorted elements.
    static func find(_ element: Value, in elements: [Value]) -> (index: Int, found: Bool) {
        search(elements.count) { Value.compare(elements[$0], element) }
    }

    static func find(key: Value, in entries: [Value.Entry]) -> (index: Int, found: Bool) {
        search(entries.count) { Value.compare(entries[$0].key, key) }
    }

    private static func search(_ count: Int, _ compare: (Int) -> Int) -> (index: Int, found: Bool) {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = compare(middle)
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }

    mutating func read(
        _ operation: Operation, _ operands: [Value], of expression: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        let span = expression.span
        let collection = operands[0]
        try step(collection.size / 8, at: span)
        switch operation {
        case .length: return .int(collection.size)
        case .elementAt:
            let elements = collection.elements
            return elements[try Self.index(operands[1].wholeNumber, count: elements.count, at: span)]
        case .slice:
            return .list(Self.slice(collection.elements, operands[1].wholeNumber, operands[2].wholeNumber))
        case .lookUp, .lookUpOr, .lookUpMaybe:
            let entries = collection.entries
            let place = Self.find(key: operands[1], in: entries)
            if place.found { return entries[place.index].value }
            if operation == .lookUpOr { return operands[2] }
            if operation == .lookUpMaybe { return .none }
            throw EvaluationFailure(.missingKey, at: span)
        case .keys: return Self.collection(collection.entries.map(\.key), as: expression.type)
        case .values: return Self.collection(collection.entries.map(\.value), as: expression.type)
        case .items:
            let pairs = collection.entries.map { Value.tuple([$0.key, $0.value]) }
            return Self.collection(pairs, as: expression.type)
        case .first, .last:
            let elements = collection.elements
            guard let element = operation == .first ? elements.first : elements.last else {
                throw EvaluationFailure(.empty(operation.rawValue), at: span)
            }
            return element
        case .sorted: return .list(collection.elements.sorted(by: Value.precedes))
        case .reversed: return .list(collection.elements.reversed())
        case .listToSet: return .set(of: collection.elements)
        case .setToList: return .list(collection.elements)
        case .majority: return Self.majority(collection.elements, else: operands[1])
        default: preconditionFailure("does not read a collection")
        }
    }

    private static func collection(_ elements: [Value], as type: ValueType) -> Value {
        if case .set = type.withoutMaybe { .set(of: elements) } else { .list(elements) }
    }

    /// Negative indices count from the end.
    static func index(_ index: Int, count: Int, at span: SourceSpan) throws(EvaluationFailure) -> Int {
        let place = index < 0 ? index + count : index
        guard place >= 0, place < count else {
            throw EvaluationFailure(.index(index, count: count), at: span)
        }
        return place
    }

    private static func slice(_ elements: [Value], _ from: Int, _ to: Int) -> [Value] {
        func clipped(_ index: Int) -> Int {
            min(max(index < 0 ? index + elements.count : index, 0), elements.count)
        }
        let start = clipped(from)
        return Array(elements[start..<max(start, clipped(to))])
    }

    /// Boyer and Moore's vote finds the only candidate, a count confirms it.
    private static func majority(_ elements: [Value], else otherwise: Value) -> Value {
        var candidate = otherwise
        var lead = 0
        for element in elements {
            if lead == 0 { candidate = element }
            lead += Value.compare(candidate, element) == 0 ? 1 : -1
        }
        let votes = elements.count { Value.compare(candidate, $0) == 0 }
        return votes > elements.count / 2 ? candidate : otherwise
    }

    /// One operand is a collection; several are the elements themselves.
    mutating func aggregate(
        _ operation: Operation, _ operands: [Value], of expression: TypedExpression
    ) throws(EvaluationFailure) -> Value {
        let elements = operands.count == 1 ? operands[0].elements : operands
        try step(elements.count / 8, at: expression.span)
        switch operation {
        case .sum:
            var total = 0
            for element in elements { total = try add(element, to: total, at: expression.span) }
            return try whole(total, as: expression.type, at: expression.span)
        case .sumReal:
            var total = 0.0
            for element in elements { total += element.realNumber }
            return try real(total, at: expression.span)
        case .minimum, .minimumReal:
            guard let least = elements.min(by: Value.precedes) else {
                throw EvaluationFailure(.empty("min"), at: expression.span)
            }
            return least
        default:
            guard let most = elements.max(by: Value.precedes) else {
                throw EvaluationFailure(.empty("max"), at: expression.span)
            }
            return most
        }
    }

    func add(_ element: Value, to total: Int, at span: SourceSpan) throws(EvaluationFailure) -> Int {
        let sum = total + element.wholeNumber
        guard sum >= Word.smallest, sum <= Word.largest else { throw EvaluationFailure(.overflow, at: span) }
        return sum
    }
}

extension Value {
    /// What `len` gives: elements, entries, or the code points of a text.
    var size: Int {
        switch self {
        case .string(let text): text.unicodeScalars.count
        case .map(let entries): entries.count
        default: elements.count
        }
    }
}
