import ScenDiagnostics
import ScenModel

extension Evaluation {
    /// How a statement ends.
    private enum Flow {
        case next
        case returned(Value)
    }

    func local(_ slot: Int, at span: SourceSpan) throws(EvaluationFailure) -> Value {
        guard slot < locals.count, let value = locals[slot] else {
            throw EvaluationFailure(.notConstant(at: span))
        }
        return value
    }

    mutating func setLocal(_ slot: Int, _ value: Value) {
        while locals.count <= slot { locals.append(nil) }
        locals[slot] = value
    }

    mutating func call(
        _ index: Int, _ arguments: [TypedExpression], at span: SourceSpan
    ) throws(EvaluationFailure) -> Value {
        guard index < functions.count else { throw EvaluationFailure(.notConstant(at: span)) }
        let function = functions[index]
        var frame = [Value?](repeating: nil, count: max(function.locals.count, arguments.count))
        for (slot, argument) in arguments.enumerated() { frame[slot] = try value(of: argument) }
        swap(&locals, &frame)
        defer { locals = frame }
        if case .returned(let result) = try run(function.body) { return result }
        guard function.result == .nothing else { throw EvaluationFailure(.noReturn, at: function.span) }
        return .none
    }

    private mutating func run(_ statements: [TypedStatement]) throws(EvaluationFailure) -> Flow {
        for statement in statements {
            if case .returned(let result) = try run(statement) { return .returned(result) }
        }
        return .next
    }

    private mutating func run(_ statement: TypedStatement) throws(EvaluationFailure) -> Flow {
        try step(at: statement.span)
        depth += 1
        defer { depth -= 1 }
        guard depth <= ConstantEvaluator.depthMax else { throw EvaluationFailure(.depth, at: statement.span) }
        switch statement.kind {
        case .assignLocal(let slot, let expression):
            setLocal(slot, try value(of: expression))
        case .bind(let pattern, let expression):
            _ = try match(pattern, try value(of: expression))
        case .branch(let branches, let otherwise):
            return try branch(branches, otherwise)
        case .loop(let pattern, let collection, let body):
            return try loop(pattern, collection, body)
        case .returns(let expression):
            guard let expression else { return .returned(.none) }
            return .returned(try value(of: expression))
        case .assert(let condition):
            guard try truth(of: condition) else { throw EvaluationFailure(.assertion, at: condition.span) }
        case .log(let parts):
            for case .value(let expression) in parts { _ = try value(of: expression) }
        case .call(let expression):
            _ = try value(of: expression)
        case .assignVariable, .send, .setTimer, .cancelTimer, .decide, .deliver, .broadcast, .choose:
            throw EvaluationFailure(.notConstant(at: statement.span))
        }
        return .next
    }

    private mutating func branch(
        _ branches: [TypedStatement.Branch], _ otherwise: [TypedStatement]
    ) throws(EvaluationFailure) -> Flow {
        for branch in branches where try truth(of: branch.condition) { return try run(branch.body) }
        return try run(otherwise)
    }

    private mutating func loop(
        _ pattern: TypedPattern, _ collection: TypedExpression, _ body: [TypedStatement]
    ) throws(EvaluationFailure) -> Flow {
        var elements = try Elements(of: collection, in: &self)
        while let element = elements.next() {
            try step(at: collection.span)
            guard try match(pattern, element) else { continue }
            if case .returned(let result) = try run(body) { return .returned(result) }
        }
        return .next
    }

    /// Binds the pattern's names; false if a value that it names is another one.
    mutating func match(_ pattern: TypedPattern, _ value: Value) throws(EvaluationFailure) -> Bool {
        switch pattern {
        case .wildcard: return true
        case .local(let slot):
            setLocal(slot, value)
            return true
        case .equals(let expression):
            return Value.compare(try self.value(of: expression), value) == 0
        case .tuple(let parts):
            guard case .tuple(let fields) = value, fields.count == parts.count else { return false }
            for (part, field) in zip(parts, fields) {
                if try !match(part, field) { return false }
            }
            return true
        }
    }
}
