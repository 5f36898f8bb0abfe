import ScenDiagnostics

extension Parser {
    struct VariableContent {
        var type: TypeSyntax?
        var initial: Expression?
        var isAmbiguous = false
    }

    /// What follows the name of a state variable.
    func variable() throws(Skip) -> VariableContent {
        if lineAssigns {
            let type = try type()
            try expect(.assign)
            return VariableContent(type: type, initial: try expression())
        }
        if case .name(let word?) = kind, beginsType(word) { return VariableContent(type: try type()) }
        if isAtName, nextKind == .name(.of) { return VariableContent(type: try type()) }
        // Only a name, a range, or a tuple of those can be a type; each can be a value as well.
        let first = index
        let problemsBefore = problems
        let type = wholeType()
        let end = index
        (index, problems) = (first, problemsBefore)
        do throws(Skip) {
            let initial = try expression()
            try expectEnd()
            return VariableContent(type: type, initial: initial, isAmbiguous: type != nil)
        } catch {
            // `(list of int, node)` is a type and no value.
            guard let type else { throw error }
            (index, problems) = (end, problemsBefore)
            return VariableContent(type: type)
        }
    }

    /// The type that the rest of the text is, if it is one.
    private func wholeType() -> TypeSyntax? {
        do throws(Skip) {
            let type = try type()
            return kind == .end ? type : nil
        } catch {
            return nil
        }
    }
}
