/// Of what is broadcast and delivered. `p.deliveries` names broadcasts by their node and number, so that of the messages that are
/// delivered each is known by where it comes from, even if others are equal to it.
extension LibraryProperty {
    static let broadcast: [LibraryProperty] = [
        LibraryProperty(
            name: "reliable-delivery",
            form: .lasting(
                settled: """
                    all((p, k) in q.deliveries for p in correct for k in 1..len(p.broadcasts) \
                    if 2 * p.broadcasts[k - 1][2] <= time for q in correct)
                    """, half: false),
            condition: "all((p, k) in q.deliveries for p in correct for k in 1..len(p.broadcasts) for q in correct)",
            definition: "eventually, what a correct node broadcasts is delivered by every correct node",
            origin: "Cachin, Guerraoui and Rodrigues, Module 2.3, PL1, and 3.1, BEB1", needs: [.broadcasts]),
        LibraryProperty(
            name: "no-duplication", form: .always, condition: "all(p.repeats == 0 for p in nodes)",
            definition: "no broadcast is delivered more than once by a node",
            origin: "Cachin, Guerraoui and Rodrigues, Module 2.3, PL2, and 3.1, BEB2", needs: [.broadcasts]),
        LibraryProperty(
            name: "no-creation", form: .always, condition: "all(p.inventions == 0 for p in nodes)",
            definition: "what a node delivers from a node was broadcast by that node before",
            origin: "Cachin, Guerraoui and Rodrigues, Module 2.3, PL3, and 3.1, BEB3", needs: [.broadcasts]),
        LibraryProperty(
            name: "fifo-order", form: .always,
            condition: """
                all(k == 1 or (p, k - 1) in q.deliveries[:i] \
                for q in correct for i in 1..len(q.deliveries) for (p, k) in [q.deliveries[i - 1]])
                """,
            definition: "no correct node delivers a broadcast before all earlier ones of the same node",
            origin: "Cachin, Guerraoui and Rodrigues, Module 3.8, FRB5", needs: [.broadcasts]),
        LibraryProperty(
            name: "causal-order", form: .always,
            condition: """
                all(c in q.deliveries[:i] for q in nodes for i in 1..len(q.deliveries) \
                for (p, k) in [q.deliveries[i - 1]] for c in p.broadcasts[k - 1][1])
                """,
            definition: "no node delivers a broadcast before all those that may have caused it",
            origin: "Cachin, Guerraoui and Rodrigues, Module 3.9, CRB5", needs: [.broadcasts]),
        LibraryProperty(
            name: "total-order", form: .always,
            condition: """
                all([d for d in p.deliveries if d in q.deliveries] == [d for d in q.deliveries if d in p.deliveries] \
                for p in correct for q in correct)
                """,
            definition: "any two correct nodes deliver what both of them deliver in the same order",
            origin: "Cachin, Guerraoui and Rodrigues, Module 6.1, TOB5", needs: [.broadcasts]),
    ]
}
