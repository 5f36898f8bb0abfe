import ScenDiagnostics
import ScenModel

extension Checker {
    func declareVariables(_ variables: [VariableSyntax]) {
        for variable in variables {
            let name = variable.name
            if let known = tables.names[name.text], !known.isObserved {
                report(.duplicateName(name.text, what: meaning(of: known) ?? "a name of the language", at: name.span))
            } else if Self.nodeFacts.contains(name.text) || tables.broadcast != nil && Self.histories.contains(name.text) {
                report(.duplicateName(name.text, what: "what expectations ask of every node: 'p.\(name.text)'", at: name.span))
            }
            let typed = checkVariable(variable)
            if tables.names[name.text].map(\.isObserved) ?? true { tables.names[name.text] = .variable(tables.variables.count) }
            tables.variables.append(.init(name: name, type: typed.type, stable: variable.stable))
            typedVariables.append(typed.variable)
        }
    }

    private func checkVariable(_ variable: VariableSyntax) -> (variable: TypedVariable, type: TypeID) {
        var syntax = variable.type
        var initial = variable.initial
        if variable.ambiguous, let type = syntax, initial != nil {
            if isType(type, variable) { initial = nil } else { syntax = nil }
        }
        var outer = RoutineState()
        swap(&outer, &routine)
        let outerPlace = place
        place = .initial
        defer {
            swap(&outer, &routine)
            place = outerPlace
        }
        let span = variable.name.span
        var type = TypeID.error
        var node = TypedExpression(.constant(.none), .nothing, at: span)
        if let syntax {
            type = resolve(syntax)
            if let initial {
                node = check(initial, as: type, for: "the initial value of '\(variable.name.text)'")
            } else if let value = defaultValue(type) {
                node = TypedExpression(.constant(value), tables.store.value(type), at: span)
            } else {
                report(.needsInitialValue(variable.name.text, name(type), at: syntax.span))
            }
        } else if let initial {
            let term = checkValue(initial)
            // Taken apart from its first value, a whole number is any whole number.
            type = tables.store.isOpen(term.type) ? .error : tables.store.withoutRanges(term.type)
            node = term.node
        }
        let typed = TypedVariable(
            name: variable.name.text, type: tables.store.value(type), initial: node, stable: variable.stable,
            locals: routine.locals.map { tables.store.value($0.type) })
        return (typed, type)
    }

    /// A lone name or range after the name of a variable is a type if there is one.
    private func isType(_ type: TypeSyntax, _ variable: VariableSyntax) -> Bool {
        guard case .name(let name) = type.kind, findType(name) == nil else { return true }
        // What is neither is more likely meant as a type.
        guard let initial = variable.initial, case .name(let word) = initial.kind else { return false }
        return find(word) == nil && routine.slot(word) == nil && Suggestion.nearest(word, among: candidates()) == nil
    }
}
