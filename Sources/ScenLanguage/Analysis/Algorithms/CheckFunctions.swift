import ScenDiagnostics
import ScenModel

extension Checker {
    /// Passes over one routine before its types are said to grow for ever.
    static let passesMax = 40

    func checkFunctionCall(
        _ function: Int, _ name: Identifier, _ arguments: [Expression.Argument], _ span: SourceSpan
    ) -> Term {
        let parameters = tables.functions[function].parameters
        guard place == .handler || place == .observer else {
            report(.nameNotAllowedHere(name.text, "functions are called in handlers and expectations", at: name.span))
            return .broken(span)
        }
        var terms = arguments.map { checkArgument($0.value, of: function) }
        if let label = arguments.lazy.compactMap(\.label).first {
            report(.namedArgument(label.text, of: name.text, at: label.span))
            return .broken(span)
        }
        guard arguments.count == parameters.count else {
            report(
                .wrongFunctionArguments(
                    name.text, parameters: parameters.map(\.text), found: arguments.count, at: name.span))
            return .broken(span)
        }
        let types = terms.map { tables.store.withoutRanges($0.type) }
        guard let index = instance(of: function, for: types, at: span) else { return .broken(span) }
        guard widen(index, types, name, arguments) else { return .broken(span) }
        for (place, argument) in arguments.enumerated() where tables.store.isOpen(terms[place].type) {
            terms[place] = check(argument.value, hint: tables.instances[index].parameters[place])
        }
        var nodes: [TypedExpression] = []
        for (place, term) in terms.enumerated() {
            let type = tables.instances[index].parameters[place]
            nodes.append(convert(term, to: type, for: "the parameter '\(parameters[place].text)' of '\(name.text)'"))
        }
        return finishCall(index, nodes, name, span)
    }

    private func finishCall(
        _ index: Int, _ nodes: [TypedExpression], _ name: Identifier, _ span: SourceSpan
    ) -> Term {
        routine.calls.append(index)
        if place != .handler, let use = nodeUse(from: index) {
            report(.functionNeedsNode(name.text, use.what, used: use.span, observer: place == .observer, at: span))
        }
        return term(.call(index, nodes), tables.instances[index].result, span)
    }

    /// What the function, or one that it calls, uses of the node that runs it.
    private func nodeUse(from index: Int) -> Instance.NodeUse? {
        for reached in reachable(from: [index]) {
            if let use = tables.instances[reached].nodeUse { return use }
        }
        return nil
    }

    /// Instances that these call, themselves included, in the order in which they were made.
    func reachable(from roots: [Int]) -> [Int] {
        var isReached = [Bool](repeating: false, count: tables.instances.count)
        var open = roots
        while let index = open.popLast() {
            if isReached[index] { continue }
            isReached[index] = true
            open += tables.instances[index].calls
        }
        return isReached.indices.filter { isReached[$0] }
    }

    /// The instance for arguments of these types; the one that is running, if the function calls itself.
    private func instance(of function: Int, for types: [TypeID], at span: SourceSpan) -> Int? {
        for (position, index) in running.enumerated().reversed() where tables.instances[index].function == function {
            routine.low = min(routine.low, position)
            return index
        }
        let known = tables.instances.firstIndex {
            $0.function == function && ($0.key == types || $0.parameters == types)
        }
        if let known {
            if tables.instances[known].stale, !analyse(known, at: span) { return nil }
            if tables.instances[known].status == .provisional {
                routine.low = min(routine.low, tables.instances[known].low)
            }
            return known
        }
        let syntax = tables.functions[function]
        let empty = TypedRoutine(
            name: syntax.name.text, parameters: 0, locals: [], body: [], result: .nothing, span: syntax.name.span)
        let result: TypeID = syntax.body.givesValue ? .unknown : .nothing
        tables.instances.append(
            Instance(function: function, key: types, parameters: types, result: result, routine: empty))
        let index = tables.instances.count - 1
        return analyse(index, at: span) ? index : nil
    }

    /// Within recursion a function has one instance: its parameters take what all its calls give.
    private func widen(
        _ index: Int, _ types: [TypeID], _ name: Identifier, _ arguments: [Expression.Argument]
    ) -> Bool {
        for (place, type) in types.enumerated() {
            let known = tables.instances[index].parameters[place]
            guard let joined = tables.store.join(known, type) else {
                let parameter = tables.functions[tables.instances[index].function].parameters[place]
                report(
                    .recursionWithOtherType(
                        name.text, parameter.text, self.name(known), self.name(type), at: arguments[place].value.span))
                return false
            }
            if joined != known, tables.instances[index].status != .done {
                tables.instances[index].parameters[place] = joined
                tables.instances[index].changed = true
            }
        }
        return true
    }

    /// Goes through a function until its types are settled. One that depends on a function further out is gone through
    /// once; the outermost repeats all of them.
    private func analyse(_ index: Int, at span: SourceSpan) -> Bool {
        guard enter(span) else { return false }
        depth += Self.levelsOfFunction - 1
        defer { depth -= Self.levelsOfFunction }
        let position = running.count
        running.append(index)
        let base = provisional.count
        let outerOverflowed = tables.store.overflowed
        defer { tables.store.overflowed = outerOverflowed }
        tables.instances[index].status = .running
        tables.instances[index].stale = false
        var passes = 0
        while true {
            passes += 1
            tables.instances[index].changed = false
            tables.store.overflowed = false
            pass(index)
            let isHead = tables.instances[index].low >= position
            let members = provisional[base...]
            let changed = tables.instances[index].changed || members.contains { tables.instances[$0].changed }
            let isEndless = tables.store.overflowed || (isHead && changed && passes == Self.passesMax)
            if isEndless { tables.instances[index].diagnostics.append(endlessTypes(index)) }
            if isEndless || !isHead || !changed { break }
            for member in members {
                tables.instances[member].stale = true
                tables.instances[member].changed = false
            }
        }
        running.removeLast()
        finish(index, position, base)
        return true
    }

    private func finish(_ index: Int, _ position: Int, _ base: Int) {
        let low = tables.instances[index].low
        if low >= position {
            for member in provisional[base...] {
                // One that the last pass did not come to is not called.
                tables.instances[member].status = .done
            }
            provisional.removeLast(provisional.count - base)
            tables.instances[index].status = .done
            if tables.instances[index].result == .unknown { reportEndless(index) }
        } else {
            tables.instances[index].status = .provisional
            for member in provisional[base...] { tables.instances[member].low = min(tables.instances[member].low, low) }
            if !provisional.contains(index) { provisional.append(index) }
            routine.low = min(routine.low, low)
        }
    }

    private func endlessTypes(_ index: Int) -> Diagnostic {
        let name = tables.functions[tables.instances[index].function].name
        return .infiniteTypeOfFunction(name.text, at: name.span)
    }

    /// Every way through the function calls it again.
    private func reportEndless(_ index: Int) {
        guard tables.instances[index].diagnostics.allSatisfy({ $0.severity == .warning }) else { return }
        let name = tables.functions[tables.instances[index].function].name
        tables.instances[index].diagnostics.append(.resultOfUnknownType(name.text, at: name.span))
    }

    private func pass(_ index: Int) {
        let instance = tables.instances[index]
        let syntax = tables.functions[instance.function]
        var outer = RoutineState()
        outer.presets = instance.presets
        outer.result = instance.result == .nothing ? nil : instance.result
        swap(&outer, &routine)
        let outerPlace = place
        place = .handler
        let mark = diagnostics.count
        let position = running.count - 1
        let body = checkFunctionBody(syntax, instance.parameters)
        let found = routine
        place = outerPlace
        swap(&outer, &routine)
        let result = found.result ?? .nothing
        if found.widened { tables.instances[index].changed = true }
        // Nobody has used a result that was not known, unless the function calls itself.
        if result != instance.result, !tables.store.isVague(instance.result) || found.low <= position {
            tables.instances[index].changed = true
        }
        for (place, local) in found.locals.prefix(instance.parameters.count).enumerated() {
            let known = tables.instances[index].parameters[place]
            if let joined = tables.store.join(known, local.type), joined != known {
                tables.instances[index].parameters[place] = joined
                tables.instances[index].changed = true
            }
        }
        tables.instances[index].result = result
        tables.instances[index].presets = found.presets
        tables.instances[index].diagnostics = Array(diagnostics[mark...])
        diagnostics.removeLast(diagnostics.count - mark)
        tables.instances[index].calls = found.calls
        tables.instances[index].nodeUse = found.nodeUse
        tables.instances[index].low = found.low
        tables.instances[index].routine = TypedRoutine(
            name: syntax.name.text, parameters: instance.parameters.count,
            locals: found.locals.map { tables.store.value($0.type) }, body: body,
            result: tables.store.value(result), span: syntax.name.span)
    }

    /// The statements of a function whose parameters have these types, in a fresh `routine`.
    func checkFunctionBody(_ syntax: AlgorithmSyntax.Function, _ types: [TypeID]) -> [TypedStatement] {
        for (parameter, type) in zip(syntax.parameters, types) {
            let slot = declare(parameter, type)
            if !isBroadcast(syntax) { routine.locals[slot].bound = nil }
        }
        var body = beginFunction(syntax, types)
        switch syntax.body {
        case .expression(let expression):
            body += checkExpressionBody(expression)
        case .block(let statements):
            body += checkBlock(statements)
            if routine.result != nil, routine.isReachable {
                report(.missingReturn(syntax.name.text, at: syntax.name.span))
            }
        }
        reportUnreadLocals()
        return body
    }

    private func checkExpressionBody(_ expression: Expression) -> [TypedStatement] {
        let term = check(expression, hint: routine.result)
        if term.type == .nothing {
            routine.result = nil
            return [TypedStatement(.call(term.node), at: expression.span)]
        }
        let node = giveBack(term, expression)
        return [TypedStatement(.returns(node), at: expression.span)]
    }

    /// The value of a `return`, as the type of all of them.
    func giveBack(_ term: Term, _ syntax: Expression) -> TypedExpression {
        let known = routine.result ?? .unknown
        guard let joined = tables.store.join(known, term.type), joined != .nothing else {
            if term.type == .nothing {
                report(.noValue(at: syntax.span))
            } else {
                report(
                    .typesDiffer(
                        "the results of a function", name(known), name(term.type), at: syntax.span,
                        advice: advice(for: term, wanted: known)))
            }
            return term.node
        }
        if joined != known, !tables.store.isVague(known) { routine.widened = true }
        routine.result = joined
        return convert(term, to: joined, for: "the result")
    }
}

extension AlgorithmSyntax.FunctionBody {
    var givesValue: Bool {
        switch self {
        case .expression: true
        case .block(let statements): statements.contains(where: \.givesValue)
        }
    }
}

extension Statement {
    /// Somewhere in it stands `return e`.
    fileprivate var givesValue: Bool {
        switch kind {
        case .returns(let value): value != nil
        case .branch(let branches, let otherwise):
            branches.contains { $0.body.contains(where: \.givesValue) }
                || (otherwise ?? []).contains(where: \.givesValue)
        case .loop(_, _, let body): body.contains(where: \.givesValue)
        default: false
        }
    }
}
