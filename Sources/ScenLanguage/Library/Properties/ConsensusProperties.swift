/// Of what is decided: consensus.
extension LibraryProperty {
    static let consensus: [LibraryProperty] = [
        LibraryProperty(
            name: "agreement", form: .always,
            condition: "len({p.decision for p in correct if p.decision != none}) <= 1",
            definition: "always, no two correct nodes have decided differently",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.1 (regular consensus), C4", needs: [.decides]),
        LibraryProperty(
            name: "uniform-agreement", form: .always,
            condition: "len({p.decision for p in nodes if p.decision != none}) <= 1",
            definition: "always, no two nodes have decided differently",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.2 (uniform consensus), UC4", needs: [.decides]),
        LibraryProperty(
            name: "validity", form: .always,
            condition: "all(p.decision in {q.input for q in nodes} for p in correct if p.decision != none)",
            definition: "always, a correct node's decision is some node's input",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.1 (regular consensus), C2", needs: [.input, .decides]),
        LibraryProperty(
            name: "unanimity", form: .always,
            condition: """
                len({p.input for p in correct}) > 1 \
                or all(p.decision == none or p.decision == p.input for p in correct)
                """,
            definition: "always, if all correct nodes have the same input, no correct node decides otherwise",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.10 (weak Byzantine consensus) and 5.11, strong validity",
            needs: [.input, .decides]),
        LibraryProperty(
            name: "integrity", form: .always, condition: "all(p.decisions <= 1 for p in correct)",
            definition: "no correct node decides twice",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.1 (regular consensus), C3", needs: [.decides]),
        LibraryProperty(
            name: "termination", form: .eventually, condition: "all(p.decision != none for p in correct)",
            definition: "eventually every correct node has decided",
            origin: "Cachin, Guerraoui and Rodrigues, Module 5.1 (regular consensus), C1", needs: [.decides]),
    ]
}
