import ScenDiagnostics
import ScenModel

extension RoutineCompiler {
    /// Emits a loop; `body` is emitted in its middle, with registers of the loop kept.
    mutating func loop(
        _ pattern: TypedPattern, in collection: TypedExpression, at span: SourceSpan,
        _ body: (inout RoutineCompiler) -> Void
    ) {
        scoped { compiler in
            let again = compiler.builder.newLabel()
            let end = compiler.builder.newLabel()
            let next = compiler.prepareLoop(through: collection)
            let element = compiler.register(for: pattern)
            compiler.builder.place(again)
            compiler.emit(next.opcode, element, next.b, next.c, at: collection.span)
            compiler.jump(to: end, at: collection.span)
            compiler.match(pattern, element, otherwise: again, at: span)
            body(&compiler)
            compiler.jump(.loop, to: again, at: span)
            compiler.builder.place(end)
        }
    }

    /// Evaluates what is gone through, into registers of its own: the body may change what it was read from.
    private mutating func prepareLoop(through collection: TypedExpression) -> (opcode: Opcode, b: Int, c: Int) {
        let span = collection.span
        if case .range(let low, let high) = collection.kind {
            let first = row([low, high])
            return (.nextInRange, first, first + 1)
        }
        let register = temporary()
        _ = value(collection, into: register)
        let index = temporary()
        emit(.loadSmall, index, wide: Word(0).bits, at: span)
        return (collection.type.isMap ? .nextKey : .nextElement, register, index)
    }

    // MARK: Patterns

    /// Where a value should stand for its pattern to have the least to do.
    mutating func register(for pattern: TypedPattern) -> Int {
        if case .local(let slot) = pattern { return register(ofLocal: slot) }
        return temporary()
    }

    /// Binds what the pattern names; jumps if a value that it demands is another one.
    mutating func match(
        _ pattern: TypedPattern, _ register: Int, otherwise: ProgramBuilder.Label, at span: SourceSpan
    ) {
        switch pattern {
        case .wildcard: break
        case .local(let slot): _ = moved(register, to: self.register(ofLocal: slot), at: span)
        case .equals(let expression):
            scoped { compiler in
                let wanted = compiler.value(expression)
                compiler.fork(.forkIfNotEqual, register, wanted, to: otherwise, at: expression.span)
            }
        case .tuple(let parts):
            for (index, part) in parts.enumerated() {
                if case .wildcard = part { continue }
                scoped { compiler in
                    let field = compiler.register(for: part)
                    compiler.emit(.loadField, field, register, index, at: span)
                    compiler.match(part, field, otherwise: otherwise, at: span)
                }
            }
        }
    }

    // MARK: Comprehensions

    mutating func comprehend(
        _ comprehension: TypedComprehension, into target: Int?, of expression: TypedExpression
    ) -> Int {
        let span = expression.span
        let result = target ?? temporary()
        scoped { compiler in
            // What is gathered stands apart from `target`, which the element may still read.
            let total = compiler.temporary()
            let end = compiler.builder.newLabel()
            compiler.begin(comprehension.result, total, at: span)
            compiler.clauses(comprehension, from: 0, into: total, end: end, of: expression)
            compiler.builder.place(end)
            compiler.finish(comprehension.result, total, at: span)
            _ = compiler.moved(total, to: result, at: span)
        }
        return result
    }

    private func begin(_ result: TypedComprehension.Result, _ total: Int, at span: SourceSpan) {
        switch result {
        case .list, .set, .map: emit(.beginGathering, total, at: span)
        case .all: emit(.loadSmall, total, wide: Word(true).bits, at: span)
        case .any: emit(.loadSmall, total, wide: Word(false).bits, at: span)
        case .count, .sum: emit(.loadSmall, total, wide: Word(0).bits, at: span)
        case .sumReal: emit(.loadConstant, total, wide: builder.constant(.real(0)), at: span)
        case .minimum, .maximum, .minimumReal, .maximumReal: emit(.loadUnset, total, at: span)
        }
    }

    private func finish(_ result: TypedComprehension.Result, _ total: Int, at span: SourceSpan) {
        switch result {
        case .list: emit(.gatheredList, total, total, at: span)
        case .set: emit(.gatheredSet, total, total, at: span)
        case .map: emit(.gatheredMap, total, total, at: span)
        case .minimum, .minimumReal: emit(.checkSet, total, at: span)
        case .maximum, .maximumReal: emit(.checkSet, total, 1, at: span)
        case .all, .any, .count, .sum, .sumReal: break
        }
    }

    private mutating func clauses(
        _ comprehension: TypedComprehension, from index: Int, into total: Int, end: ProgramBuilder.Label,
        of expression: TypedExpression
    ) {
        guard index < comprehension.clauses.count else {
            scoped { $0.gather(comprehension, into: total, end: end, of: expression) }
            return
        }
        let clause = comprehension.clauses[index]
        loop(clause.pattern, in: clause.collection, at: clause.collection.span) { compiler in
            let skip = compiler.builder.newLabel()
            for condition in clause.conditions { compiler.branch(condition, to: skip, when: false) }
            compiler.clauses(comprehension, from: index + 1, into: total, end: end, of: expression)
            compiler.builder.place(skip)
        }
    }

    private mutating func gather(
        _ comprehension: TypedComprehension, into total: Int, end: ProgramBuilder.Label, of expression: TypedExpression
    ) {
        let span = expression.span
        let element = comprehension.element
        switch comprehension.result {
        case .list, .set: emit(.gather, value(element), at: span)
        case .map:
            let key = value(element)
            let paired = comprehension.value ?? element
            emit(.gatherPair, key, value(paired), at: span)
        case .all: settle(element, total, when: false, end: end)
        case .any: settle(element, total, when: true, end: end)
        case .count:
            let skip = builder.newLabel()
            branch(element, to: skip, when: false)
            emit(.addSmall, total, total, Word(1).bits, at: span)
            builder.place(skip)
        case .sum, .sumReal:
            let note = Program.Note(types: [expression.type, element.type])
            emit(comprehension.result == .sum ? .addInt : .addReal, total, total, value(element), at: span, note: note)
        case .minimum, .minimumReal: emit(.accumulateMinimum, total, value(element), at: span)
        case .maximum, .maximumReal: emit(.accumulateMaximum, total, value(element), at: span)
        }
    }

    /// The first element that is `wanted` decides.
    private mutating func settle(
        _ element: TypedExpression, _ total: Int, when wanted: Bool, end: ProgramBuilder.Label
    ) {
        let goOn = builder.newLabel()
        branch(element, to: goOn, when: !wanted)
        emit(.loadSmall, total, wide: Word(wanted).bits, at: element.span)
        jump(to: end, at: element.span)
        builder.place(goOn)
    }
}
