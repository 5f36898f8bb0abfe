import ScenDiagnostics

/// A property that scenarios expect by name. Its condition is written in the language itself.
package struct LibraryProperty: Sendable {
    package enum Need: String, Sendable {
        case input, decides
    }
    package var name: String
    /// The key of its form: `always`, `eventually`.
    package var form: String
    package var condition: String
    /// One line for `scen list`.
    package var definition: String
    /// Where it comes from.
    package var origin: String
    /// What an algorithm has to declare.
    package var needs: [Need]

    package static let all: [LibraryProperty] = [
        LibraryProperty(
            name: "agreement", form: "always",
            condition: "len({p.decision for p in correct if p.decision != none}) <= 1",
            definition: "always, no two correct nodes have decided differently",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.1 (regular consensus), C4", needs: [.decides]),
        LibraryProperty(
            name: "uniform-agreement", form: "always",
            condition: "len({p.decision for p in nodes if p.decision != none}) <= 1",
            definition: "always, no two nodes have decided differently",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.2 (uniform consensus), UC4", needs: [.decides]),
        LibraryProperty(
            name: "validity", form: "always",
            condition: "all(p.decision in {q.input for q in nodes} for p in correct if p.decision != none)",
            definition: "always, a correct node's decision is some node's input",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.1 (regular consensus), C2", needs: [.input, .decides]),
        LibraryProperty(
            name: "unanimity", form: "always",
            condition: """
                len({p.input for p in correct}) > 1 \
                or all(p.decision == none or p.decision == p.input for p in correct)
                """,
            definition: "always, if all correct nodes have the same input, no correct node decides otherwise",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.10 (weak Byzantine consensus) and 5.11, strong validity",
            needs: [.input, .decides]),
        LibraryProperty(
            name: "integrity", form: "always", condition: "all(p.decisions <= 1 for p in correct)",
            definition: "no correct node decides twice",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.1 (regular consensus), C3", needs: [.decides]),
        LibraryProperty(
            name: "termination", form: "eventually", condition: "all(p.decision != none for p in correct)",
            definition: "eventually every correct node has decided",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.1 (regular consensus), C1", needs: [.decides]),
    ]
}

/// The properties as they are analysed: parsed once, with a source of their own for places.
struct PropertyLibrary: Sendable {
    let source: SourceFile
    private let conditions: [String: Expression]

    static let standard = PropertyLibrary(LibraryProperty.all)

    private init(_ properties: [LibraryProperty]) {
        var text = ""
        var starts: [Int] = []
        for property in properties {
            text += "\(property.name): {\(property.form): "
            starts.append(text.utf8.count)
            text += "\(property.condition)}\n"
        }
        source = SourceFile(id: .library, path: "<library>", text: text)
        var conditions: [String: Expression] = [:]
        var bag = DiagnosticBag()
        for (property, start) in zip(properties, starts) {
            let scalar = YAMLScalar(
                text: property.condition, style: .plain,
                span: SourceSpan(.library, start, start + property.condition.utf8.count),
                pieces: [.init(content: 0, file: start)])
            conditions[property.name] = TextParser(scalar, hyphenated: []).expression(into: &bag)
        }
        self.conditions = conditions
    }

    func property(_ name: String) -> (LibraryProperty, Expression)? {
        guard let property = LibraryProperty.all.first(where: { $0.name == name }), let condition = conditions[name]
        else { return nil }
        return (property, condition)
    }
}

extension SourceID {
    static let library = SourceID(1)
}
