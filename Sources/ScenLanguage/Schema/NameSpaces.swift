import ScenDiagnostics

/// Names that stand for two things in one name space. Types, messages, functions and values have a name space each;
/// within one mapping the YAML reader refuses duplicates. Words of enumerations are left to analysis: two types may
/// share a word.
enum NameSpaces {
    static func clashes(in scenario: ScenarioSyntax) -> [Diagnostic] {
        var outer = Values()
        for parameter in scenario.parameters { outer.add(parameter.name, "a parameter") }
        switch scenario.nodes.who {
        case .count: break
        case .names(let names): for name in names { outer.add(name, "a node") }
        case .groups(let groups): for group in groups { outer.add(group.name, "a group of nodes") }
        }
        var found = outer.clashes
        let algorithms = scenario.algorithms.map(\.content)
        // The one that runs may be among the named ones.
        let inline = algorithms.contains { $0.span == scenario.algorithm.span } ? [] : [scenario.algorithm]
        for algorithm in inline + algorithms {
            var values = outer
            values.clashes = []
            for constant in algorithm.constants { values.add(constant.name, "a constant") }
            for variable in algorithm.variables { values.add(variable.name, "a state variable", of: algorithm) }
            found += values.clashes + functions(algorithm)
        }
        return found
    }

    private struct Values {
        var first: [String: (span: SourceSpan, what: String)] = [:]
        var clashes: [Diagnostic] = []

        mutating func add(_ name: Identifier, _ what: String) {
            if let other = first[name.text] {
                clashes.append(
                    .nameTaken(name.text, as: what, already: other.what, at: name.span, first: other.span))
            } else {
                first[name.text] = (name.span, what)
            }
        }

        mutating func add(_ name: Identifier, _ what: String, of algorithm: AlgorithmSyntax) {
            let declared: [(name: String, type: TypeSyntax?, by: String)] = [
                ("input", algorithm.input, "what 'input' declares"),
                ("decision", algorithm.decides, "what 'decides' declares"),
                ("delivered", algorithm.delivers, "what 'delivers' declares"),
            ]
            for each in declared where each.name == name.text {
                guard let type = each.type else { continue }
                clashes.append(
                    .nameTaken(name.text, as: what, already: each.by, at: name.span, first: type.span))
                return
            }
            add(name, what)
        }
    }

    /// Two headers can have one name; as keys they differ.
    private static func functions(_ algorithm: AlgorithmSyntax) -> [Diagnostic] {
        var first: [String: SourceSpan] = [:]
        var found: [Diagnostic] = []
        for function in algorithm.functions {
            if let before = first[function.name.text] {
                found.append(.duplicateName(function.name.text, at: function.name.span, first: before))
            } else {
                first[function.name.text] = function.name.span
            }
        }
        return found
    }
}
