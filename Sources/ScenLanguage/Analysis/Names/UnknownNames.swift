import ScenDiagnostics
import ScenModel

extension Checker {
    /// With the nearest name that is known at this place.
    func unknownName(_ name: Identifier) -> Diagnostic {
        routine.unknown.append(name.text)
        let known =
            switch place {
            case .handler: "node, parameter or state"
            case .parameters: "parameter"
            default: "node or parameter"
            }
        if let python = Self.pythonName(name.text) {
            return .unknownName(name.text, known: known, at: name.span, label: python)
        }
        if place == .handler, ["all", "everyone", "everybody", "peers"].contains(name.text) {
            return .unknownName(name.text, known: known, at: name.span, label: "all nodes are 'nodes', all but this one 'others'")
        }
        if place == .handler, tables.messageNames[name.text] != nil {
            return .unknownName(name.text, known: known, at: name.span, label: "a message is written '\(name.text)(..)'")
        }
        if tables.functionNames[name.text] != nil {
            return .unknownName(name.text, known: known, at: name.span, label: "a function is called: '\(name.text)(..)'")
        }
        let nearest = nearest(name.text, among: candidates())
        return .unknownName(name.text, known: known, at: name.span, label: nearest.map { "did you mean '\($0)'?" })
    }

    /// `Suggestion.nearest`, until so much has been compared that a text full of mistakes would be slow.
    func nearest(_ word: String, among candidates: [String]) -> String? {
        guard comparisonsLeft > 0 else { return nil }
        comparisonsLeft -= candidates.count
        return Suggestion.nearest(word, among: candidates)
    }

    /// Names to suggest from, for a message that does so itself; none, once too many have been compared.
    func suggested(_ known: @autoclosure () -> [String]) -> [String] {
        guard comparisonsLeft > 0 else { return [] }
        let known = known()
        comparisonsLeft -= known.count
        return known
    }

    private static func pythonName(_ name: String) -> String? {
        switch name {
        case "True": "did you mean 'true'?"
        case "False": "did you mean 'false'?"
        case "None", "null", "nil", "undefined", "NULL": "did you mean 'none'?"
        case "self", "this": "the node itself is 'me'; its state variables have no prefix"
        case "inf", "infinity": "there is no infinite number"
        default: nil
        }
    }

    /// All names that may stand here, in an order that does not depend on hashing.
    func candidates() -> [String] {
        var names: [String] = []
        for slot in routine.visible.reversed() { names.append(routine.locals[slot].name) }
        for slot in routine.implicit { names.append(routine.locals[slot].name) }
        if place == .handler { names += tables.variables.map(\.name.text) }
        names += scope.constants.map(\.name) + pending.constants.keys.sorted()
        names += scope.parameters.map(\.name)
        if place != .parameters { names += scope.groups.map(\.name) + scope.types.nodeNames }
        for enumeration in scope.types.enumerations { names += enumeration.words }
        switch place {
        case .parameters: break
        case .model: names += ["nodes", "n", "bound"]
        case .initial: names += ["me", "nodes", "others", "neighbours", "n", "bound", "input"]
        case .handler: names += ["me", "nodes", "others", "neighbours", "n", "now", "bound", "input", "decision", "delivered"]
        case .observer: names += ["nodes", "faulty", "correct", "n", "bound", "outcome", "time"]
        }
        return names + ["true", "false", "none"]
    }
}
