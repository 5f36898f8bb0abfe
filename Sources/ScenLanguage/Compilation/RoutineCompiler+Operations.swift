import ScenDiagnostics
import ScenModel

extension RoutineCompiler {
    mutating func apply(
        _ operation: Operation, _ operands: [TypedExpression], of expression: TypedExpression, into target: Int?
    ) -> Int {
        let span = expression.span
        if let simple = Self.opcodes[operation] {
            let note = note(for: operation, operands)
            if operands.count == 1 { return unary(simple, operands[0], into: target, at: span, note: note) }
            return binary(simple, operands[0], operands[1], into: target, at: span, note: note)
        }
        switch operation {
        case .addInt, .subtractInt: return sum(operation, operands, into: target, at: span)
        case .equal, .notEqual, .less, .lessOrEqual, .lessReal, .lessOrEqualReal:
            return comparison(operation, operands, into: target, at: span)
        case .length: return length(operands[0], into: target, at: span)
        case .containsList:
            if case .range(let low, let high) = operands[0].kind {
                return ternary(.isInRange, [low, high, operands[1]], into: target, at: span)
            }
            return binary(.containsList, operands[0], operands[1], into: target, at: span)
        case .difference:
            // `nodes - {me}`: one element less.
            if case .make(.set, let elements) = operands[1].kind, elements.count == 1 {
                return binary(.removing, operands[0], elements[0], into: target, at: span)
            }
            return binary(.difference, operands[0], operands[1], into: target, at: span)
        case .keys: return collection(.keys, .keySet, of: expression, operands[0], into: target)
        case .values: return collection(.values, .valueSet, of: expression, operands[0], into: target)
        case .items: return collection(.items, .itemSet, of: expression, operands[0], into: target)
        case .first, .last:
            let isMap = operands[0].type.isMap
            let opcode: Opcode = operation == .first ? (isMap ? .firstKey : .first) : isMap ? .lastKey : .last
            let note = Program.Note(subject: subject(of: operands[0]))
            return unary(opcode, operands[0], into: target, at: span, note: note)
        case .minimum, .minimumReal: return extreme(.minimum, .accumulateMinimum, operands, into: target, at: span)
        case .maximum, .maximumReal: return extreme(.maximum, .accumulateMaximum, operands, into: target, at: span)
        case .sum, .sumReal: return total(operation, operands, into: target, at: span)
        case .slice: return ternary(.slice, operands, into: target, at: span)
        case .lookUpOr: return ternary(.lookUpOr, operands, into: target, at: span)
        case .insertingIntoMap: return ternary(.insertingIntoMap, operands, into: target, at: span)
        case .replacingElement:
            let note = Program.Note(subject: subject(of: operands[0]))
            return ternary(.replacingElement, operands, into: target, at: span, note: note)
        case .replacingField: return replacingField(operands, into: target, at: span)
        case .open: return open(operands[0], by: operands[1], into: target, at: span)
        default: preconditionFailure("\(operation) is in the table")
        }
    }

    /// Operations of one or two operands that are one instruction.
    private static let opcodes: [Operation: Opcode] = [
        .multiplyInt: .multiplyInt, .divInt: .divInt, .modInt: .modInt, .powerInt: .powerInt,
        .negateInt: .negateInt, .absInt: .absInt,
        .addReal: .addReal, .subtractReal: .subtractReal, .multiplyReal: .multiplyReal, .divideReal: .divideReal,
        .powerReal: .powerReal, .negateReal: .negateReal, .absReal: .absReal,
        .floorReal: .floorReal, .ceilReal: .ceilReal, .roundReal: .roundReal, .scaleDuration: .scaleDuration,
        .concatenateLists: .concatenateLists, .concatenateStrings: .concatenateStrings,
        .union: .union, .intersection: .intersection, .isSubset: .isSubset,
        .containsSet: .containsSet, .containsMap: .containsMap, .containsString: .containsString,
        .elementAt: .elementAt, .lookUp: .lookUp, .lookUpMaybe: .lookUpMaybe,
        .sorted: .sorted, .reversed: .reversed, .listToSet: .listToSet, .setToList: .setToList,
        .majority: .majority, .adding: .adding, .removing: .removing, .removingFromList: .removingFromList,
        .removingFromMap: .removingFromMap, .appending: .appending,
    ]

    private func note(for operation: Operation, _ operands: [TypedExpression]) -> Program.Note? {
        switch operation {
        case .elementAt, .lookUp:
            Program.Note(subject: subject(of: operands[0]), types: operands.map(\.type))
        case .multiplyInt, .divInt, .modInt, .powerInt, .negateInt, .absInt, .addReal, .subtractReal, .multiplyReal,
            .divideReal, .powerReal, .scaleDuration, .addInt, .subtractInt:
            operands.allSatisfy { $0.type == .int } ? nil : Program.Note(types: operands.map(\.type))
        default: nil
        }
    }

    /// Adding a small number needs no register for it.
    private mutating func sum(
        _ operation: Operation, _ operands: [TypedExpression], into target: Int?, at span: SourceSpan
    ) -> Int {
        let note = note(for: operation, operands)
        if let bits = smallSummand(operation, operands), let small = Int16(exactly: bits) {
            let extra = Int(UInt16(bitPattern: small))
            return unary(.addSmall, operands[0], extra: extra, into: target, at: span, note: note)
        }
        return binary(
            operation == .addInt ? .addInt : .subtractInt, operands[0], operands[1], into: target, at: span, note: note)
    }

    /// The second operand as what is added, as a word, if it is a constant.
    func smallSummand(_ operation: Operation, _ operands: [TypedExpression]) -> Int? {
        guard case .constant(let value) = operands[1].kind, let bits = value.smallBits else { return nil }
        builder.noteDurations(in: value)
        return operation == .addInt ? bits : -bits
    }

    private mutating func comparison(
        _ operation: Operation, _ operands: [TypedExpression], into target: Int?, at span: SourceSpan
    ) -> Int {
        let areNumbers = operands.allSatisfy(\.type.isNumber)
        let opcode: Opcode =
            switch operation {
            case .equal: .equal
            case .notEqual: .notEqual
            case .less: areNumbers ? .less : .lessValue
            case .lessOrEqual: areNumbers ? .atMost : .atMostValue
            case .lessReal: .lessValue
            default: .atMostValue
            }
        return binary(opcode, operands[0], operands[1], into: target, at: span)
    }

    private mutating func length(_ operand: TypedExpression, into target: Int?, at span: SourceSpan) -> Int {
        if operand.type == .string { return unary(.lengthOfString, operand, into: target, at: span) }
        if case .variable(let index) = operand.kind {
            let result = target ?? temporary()
            emit(.lengthOfState, result, place(ofVariable: index), at: span)
            return result
        }
        return unary(.length, operand, into: target, at: span)
    }

    private mutating func collection(
        _ list: Opcode, _ set: Opcode, of expression: TypedExpression, _ operand: TypedExpression, into target: Int?
    ) -> Int {
        var opcode = list
        if case .set = expression.type.withoutMaybe { opcode = set }
        return unary(opcode, operand, into: target, at: expression.span)
    }

    /// Of one collection, or of several operands.
    private mutating func extreme(
        _ ofOne: Opcode, _ ofSeveral: Opcode, _ operands: [TypedExpression], into target: Int?, at span: SourceSpan
    ) -> Int {
        if operands.count == 1 {
            let note = Program.Note(subject: subject(of: operands[0]))
            return unary(ofOne, operands[0], into: target, at: span, note: note)
        }
        let result = target ?? temporary()
        scoped { compiler in
            let best = compiler.temporary()
            _ = compiler.value(operands[0], into: best)
            for operand in operands.dropFirst() {
                compiler.scoped { $0.emit(ofSeveral, best, $0.value(operand), at: span) }
            }
            _ = compiler.moved(best, to: result, at: span)
        }
        return result
    }

    private mutating func total(
        _ operation: Operation, _ operands: [TypedExpression], into target: Int?, at span: SourceSpan
    ) -> Int {
        if operands.count == 1 {
            return unary(operation == .sum ? .sum : .sumReal, operands[0], into: target, at: span)
        }
        let result = target ?? temporary()
        scoped { compiler in
            let total = compiler.temporary()
            _ = compiler.value(operands[0], into: total)
            for operand in operands.dropFirst() {
                compiler.scoped { $0.emit(operation == .sum ? .addInt : .addReal, total, total, $0.value(operand), at: span) }
            }
            _ = compiler.moved(total, to: result, at: span)
        }
        return result
    }

    /// The index of the field becomes the index of its word.
    private mutating func replacingField(
        _ operands: [TypedExpression], into target: Int?, at span: SourceSpan
    ) -> Int {
        var operands = operands
        if operands[0].type == .message, case .constant(.int(let index)) = operands[1].kind {
            operands[1].kind = .constant(.int(index + 1))
        }
        return ternary(.replacingField, operands, into: target, at: span)
    }

    /// The content, if the node is the one that may read it.
    private mutating func open(
        _ sealed: TypedExpression, by node: TypedExpression, into target: Int?, at span: SourceSpan
    ) -> Int {
        let result = target ?? temporary()
        scoped { compiler in
            let value = compiler.value(sealed)
            let reader = compiler.temporary()
            compiler.emit(.loadField, reader, value, 0, at: span)
            let other = compiler.builder.newLabel()
            let end = compiler.builder.newLabel()
            compiler.fork(.forkIfNotEqual, reader, compiler.value(node), to: other, at: span)
            compiler.emit(.loadField, result, value, 1, at: span)
            compiler.jump(to: end, at: span)
            compiler.builder.place(other)
            _ = compiler.constant(.none, into: result, at: span)
            compiler.builder.place(end)
        }
        return result
    }

    // MARK: Nodes and observers

    mutating func own(_ fact: OwnFact, into target: Int?, at span: SourceSpan) -> Int {
        let result = target ?? temporary()
        let layout = builder.program.layout
        switch fact {
        case .me: emit(.loadMe, result, at: span)
        case .others: emit(.loadOthers, result, at: span)
        case .neighbours: emit(.loadNeighbours, result, at: span)
        case .now: emit(.loadNow, result, at: span)
        case .input: emit(.loadInput, result, at: span)
        case .decision: emit(.loadState, result, layout.decision, at: span)
        case .delivered: emit(.loadState, result, layout.delivered, at: span)
        }
        return result
    }

    mutating func observed(_ expression: TypedExpression, into target: Int?) -> Int {
        let span = expression.span
        let layout = builder.program.layout
        switch expression.kind {
        case .variableOf(let node, let index): return unary(.loadStateOf, node, extra: index, into: target, at: span)
        case .factOf(let node, let fact):
            switch fact {
            case .up: return unary(.loadUp, node, into: target, at: span)
            case .crashed: return unary(.loadCrashed, node, into: target, at: span)
            case .upFor: return unary(.loadUpFor, node, into: target, at: span)
            case .downFor: return unary(.loadDownFor, node, into: target, at: span)
            case .history(let part): return unary(.loadHistory, node, extra: part.rawValue, into: target, at: span)
            case .input: return unary(.loadInputOf, node, into: target, at: span)
            case .neighbours: return unary(.loadNeighboursOf, node, into: target, at: span)
            case .decision: return unary(.loadStateOf, node, extra: layout.decision, into: target, at: span)
            case .delivered: return unary(.loadStateOf, node, extra: layout.delivered, into: target, at: span)
            case .decisions: return unary(.loadStateOf, node, extra: layout.decisions, into: target, at: span)
            }
        case .knownToAdversary(let value):
            return unary(.loadAdversaryKnows, value, extra: builder.shownType(value.type), into: target, at: span)
        case .receivedCount(let node): return unary(.loadReceived, node, into: target, at: span)
        default: break
        }
        let result = target ?? temporary()
        switch expression.kind {
        case .global(.faulty): emit(.loadFaulty, result, at: span)
        case .global(.correct): emit(.loadCorrect, result, at: span)
        case .global(.time): emit(.loadTime, result, at: span)
        case .global(.outcome): emit(.loadOutcome, result, at: span)
        case .sentCount(let message): emit(.loadSent, result, wide: message ?? -1, at: span)
        default: preconditionFailure("not what an observer sees")
        }
        return result
    }
}

extension ValueType {
    var isMap: Bool {
        if case .map = self { true } else { false }
    }
}
