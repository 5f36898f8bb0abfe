import ScenDiagnostics
import ScenModel

extension RoutineCompiler {
    /// Emits code for an expression; gives the register that holds its value: `target` if there is one, that of a local, or a new
    /// temporary. `target` is written last, after everything that is read.
    mutating func value(_ expression: TypedExpression, into target: Int? = nil) -> Int {
        let span = expression.span
        switch expression.kind {
        case .constant(let value): return constant(value, into: target, at: span)
        case .local(let slot): return moved(register(ofLocal: slot), to: target, at: span)
        case .variable(let index):
            let result = target ?? temporary()
            emit(.loadState, result, place(ofVariable: index), at: span)
            return result
        case .own(let fact): return own(fact, into: target, at: span)
        case .variableOf, .factOf, .global, .sentCount, .receivedCount, .knownToAdversary:
            return observed(expression, into: target)
        case .not(let operand):
            if isCondition(operand) { return truth(of: expression, into: target) }
            let result = target ?? temporary()
            _ = value(operand, into: result)
            emit(.not, result, at: span)
            return result
        case .and, .or, .implies: return truth(of: expression, into: target)
        case .conditional(let condition, let then, let otherwise):
            return conditional(condition, then, otherwise, into: target, at: span)
        case .operation(let operation, let operands): return apply(operation, operands, of: expression, into: target)
        case .call(let function, let arguments): return call(function, arguments, into: target, at: span)
        case .make(let constructor, let elements): return make(constructor, elements, into: target, at: span)
        case .range(let low, let high): return binary(.makeRange, low, high, into: target, at: span)
        case .field(let composite, let index):
            let first = composite.type.firstFieldWord
            return unary(.loadField, composite, extra: first + index, into: target, at: span)
        case .comprehension(let comprehension): return comprehend(comprehension, into: target, of: expression)
        case .checkRange(let operand, let low, let high):
            return checkedRange(operand, low, high, subject: nil, into: target, at: span)
        case .binding(let slot, let bound, let body):
            scoped { _ = $0.value(bound, into: $0.register(ofLocal: slot)) }
            return value(body, into: target)
        case .knowledge(let knowledge): return known(knowledge, into: target, at: span)
        case .toReal(let operand): return unary(.toReal, operand, into: target, at: span)
        case .unwrap(let operand):
            let result = value(operand, into: target)
            emit(.checkNotNone, result, at: span, note: Program.Note(subject: subject(of: operand)))
            return result
        }
    }

    /// Without a value: only for what it does.
    mutating func effect(of expression: TypedExpression) {
        scoped { _ = $0.value(expression) }
    }

    func moved(_ register: Int, to target: Int?, at span: SourceSpan) -> Int {
        guard let target, target != register else { return register }
        emit(.move, target, register, at: span)
        return target
    }

    mutating func constant(_ value: Value, into target: Int?, at span: SourceSpan) -> Int {
        let result = target ?? temporary()
        builder.noteDurations(in: value)
        if let bits = value.smallBits {
            emit(.loadSmall, result, wide: bits, at: span)
        } else {
            emit(.loadConstant, result, wide: builder.constant(value), at: span)
        }
        return result
    }

    // MARK: Operands

    mutating func unary(
        _ opcode: Opcode, _ operand: TypedExpression, extra: Int = 0, into target: Int?, at span: SourceSpan,
        note: Program.Note? = nil
    ) -> Int {
        // The result comes first, so that it survives the operand's temporaries.
        let result = target ?? temporary()
        scoped { $0.emit(opcode, result, $0.value(operand), extra, at: span, note: note) }
        return result
    }

    mutating func binary(
        _ opcode: Opcode, _ a: TypedExpression, _ b: TypedExpression, into target: Int?, at span: SourceSpan,
        note: Program.Note? = nil
    ) -> Int {
        let result = target ?? temporary()
        scoped { compiler in
            let x = compiler.value(a)
            let y = compiler.value(b)
            compiler.emit(opcode, result, x, y, at: span, note: note)
        }
        return result
    }

    mutating func ternary(
        _ opcode: Opcode, _ operands: [TypedExpression], into target: Int?, at span: SourceSpan,
        note: Program.Note? = nil
    ) -> Int {
        let result = target ?? temporary()
        scoped { compiler in
            let first = compiler.row(operands)
            compiler.emit(opcode, result, first, at: span, note: note)
        }
        return result
    }

    /// Values in a row of registers.
    mutating func row(_ expressions: [TypedExpression]) -> Int {
        let first = temporaries(expressions.count)
        for (index, expression) in expressions.enumerated() {
            scoped { _ = $0.value(expression, into: first + index) }
        }
        return first
    }

    // MARK: Composites and calls

    private static let rowMax = 32

    mutating func make(
        _ constructor: Constructor, _ elements: [TypedExpression], into target: Int?, at span: SourceSpan
    ) -> Int {
        if let value = Self.constantValue(constructor, elements) { return constant(value, into: target, at: span) }
        let opcode: Opcode
        var extra = elements.count
        switch constructor {
        case .tuple, .record, .signed, .sealed: opcode = .makeTuple
        case .message(let index): (opcode, extra) = (.makeMessage, index)
        case .list, .set, .map:
            if elements.count > Self.rowMax { return makeLarge(constructor, elements, into: target, at: span) }
            opcode = constructor == .list ? .makeList : constructor == .set ? .makeSet : .makeMap
        }
        let result = target ?? temporary()
        scoped { compiler in
            let first = compiler.row(elements)
            compiler.emit(opcode, result, first, extra, at: span)
        }
        return result
    }

    /// Many elements need no register each.
    private mutating func makeLarge(
        _ constructor: Constructor, _ elements: [TypedExpression], into target: Int?, at span: SourceSpan
    ) -> Int {
        let result = target ?? temporary()
        scoped { compiler in
            let start = compiler.temporary()
            compiler.emit(.beginGathering, start, at: span)
            for element in elements {
                compiler.scoped { $0.emit(.gather, $0.value(element), at: element.span) }
            }
            let opcode: Opcode =
                constructor == .list ? .gatheredList : constructor == .set ? .gatheredSet : .gatheredMap
            compiler.emit(opcode, result, start, at: span)
        }
        return result
    }

    /// What is made of constants is one itself, and made only once.
    private static func constantValue(_ constructor: Constructor, _ elements: [TypedExpression]) -> Value? {
        var values: [Value] = []
        for element in elements {
            guard case .constant(let value) = element.kind else { return nil }
            values.append(value)
        }
        switch constructor {
        case .tuple: return .tuple(values)
        case .list: return .list(values)
        case .set: return .set(of: values)
        case .map:
            return .map(of: stride(from: 0, to: values.count - 1, by: 2).map { .init(key: values[$0], value: values[$0 + 1]) })
        case .record(let type): return .record(type: type, values)
        case .message(let type): return .message(type: type, values)
        case .signed: return .signed(by: values[0].wholeNumber, values[1])
        case .sealed: return .sealed(for: values[0].wholeNumber, values[1])
        }
    }

    mutating func call(
        _ function: Int, _ arguments: [TypedExpression], into target: Int?, at span: SourceSpan
    ) -> Int {
        let result = target ?? temporary()
        scoped { compiler in
            // Nothing lies above the arguments: there the frame of the function begins.
            let base = compiler.row(arguments)
            if arguments.isEmpty { _ = compiler.temporary() }
            compiler.emit(.call, base, wide: compiler.algorithm.base.functions + function, at: span)
            _ = compiler.moved(base, to: result, at: span)
        }
        return result
    }

    private mutating func conditional(
        _ condition: TypedExpression, _ then: TypedExpression, _ otherwise: TypedExpression, into target: Int?,
        at span: SourceSpan
    ) -> Int {
        let result = target ?? temporary()
        let other = builder.newLabel()
        let end = builder.newLabel()
        branch(condition, to: other, when: false)
        scoped { _ = $0.value(then, into: result) }
        jump(to: end, at: span)
        builder.place(other)
        scoped { _ = $0.value(otherwise, into: result) }
        builder.place(end)
        return result
    }

    mutating func checkedRange(
        _ operand: TypedExpression, _ low: Int, _ high: Int, subject: String?, into target: Int?, at span: SourceSpan
    ) -> Int {
        // A local must not hold the value before it is checked; a failure ends the run, so that nobody sees it.
        let result = value(operand, into: target)
        emit(
            .checkRange, result, wide: builder.constants(.int(low), .int(high)), at: span,
            note: Program.Note(subject: subject, types: [operand.type]))
        return result
    }

    /// The name of what is worked on, if it has one.
    func subject(of expression: TypedExpression) -> String? {
        switch expression.kind {
        case .variable(let index): algorithm.variables[index].name
        case .variableOf(_, let index): algorithm.variables[index].name
        case .own(.decision), .factOf(_, .decision): "decision"
        case .own(.delivered), .factOf(_, .delivered): "delivered"
        case .own(.input), .factOf(_, .input): "input"
        case .unwrap(let inner), .checkRange(let inner, _, _): subject(of: inner)
        case .operation(.open, let operands): "open(\(subject(of: operands[0]) ?? ".."))"
        default: nil
        }
    }
}

extension ValueType {
    /// Messages have their kind as their first word.
    var firstFieldWord: Int { self == .message ? 1 : 0 }

    /// Values of such a type are numbers to the machine.
    var isNumber: Bool {
        switch self {
        case .bool, .int, .range, .duration, .node, .enumeration: true
        default: false
        }
    }
}

extension Value {
    /// The word, if it fits into an instruction.
    var smallBits: Int? {
        let number: Int
        switch self {
        case .none: return Word.none.bits
        case .bool(let truth): number = truth ? 1 : 0
        case .int(let value), .duration(let value), .node(let value), .enumeration(_, let value): number = value
        default: return nil
        }
        return number >= -(1 << 30) && number < 1 << 30 ? Word(number).bits : nil
    }
}
