/// Of whom nodes suspect: failure detectors. A correct node never crashes, and there is always one in the theory: where there is
/// none, what 'some correct node' does is not asked.
extension LibraryProperty {
    static let detector: [LibraryProperty] = [
        LibraryProperty(
            name: "strong-completeness",
            form: .lasting(
                settled: "all(p in q.suspected for p in nodes if p.crashed and 2 * p.down_for >= time for q in correct)",
                half: false),
            condition: "all(p in q.suspected for p in nodes if p.crashed for q in correct)",
            definition: "eventually and for good, every crashed node is suspected by every correct node",
            origin: "Chandra and Toueg 1996, 2.2; Cachin, Guerraoui and Rodrigues, Module 2.6, PFD1, and 2.8, EPFD1",
            needs: [.suspected]),
        LibraryProperty(
            name: "weak-completeness",
            form: .lasting(
                settled: """
                    len(correct) == 0 \
                    or all(any(p in q.suspected for q in correct) for p in nodes if p.crashed and 2 * p.down_for >= time)
                    """, half: false),
            condition: """
                len(correct) == 0 or all(any(p in q.suspected for q in correct) for p in nodes if p.crashed)
                """,
            definition: "eventually and for good, every crashed node is suspected by some correct node",
            origin: "Chandra and Toueg 1996, 2.2", needs: [.suspected]),
        LibraryProperty(
            name: "strong-accuracy", form: .always,
            condition: "all(p.crashed for q in correct for p in q.suspected)",
            definition: "always, no correct node suspects a node that has not crashed",
            origin: "Chandra and Toueg 1996, 2.2; Cachin, Guerraoui and Rodrigues, Module 2.6, PFD2", needs: [.suspected]),
        LibraryProperty(
            name: "weak-accuracy", form: .alwaysSome, condition: trusted,
            definition: "some correct node is never suspected by a correct node",
            origin: "Chandra and Toueg 1996, 2.2", needs: [.suspected]),
        LibraryProperty(
            name: "eventual-strong-accuracy",
            form: .lasting(
                settled: "all(p.crashed or 2 * p.up_for < time for q in correct for p in q.suspected)", half: true),
            condition: "all(p.crashed for q in correct for p in q.suspected)",
            definition: "from some moment on, no correct node suspects a node that has not crashed",
            origin: "Chandra and Toueg 1996, 2.2; Cachin, Guerraoui and Rodrigues, Module 2.8, EPFD2", needs: [.suspected]),
        LibraryProperty(
            name: "eventual-weak-accuracy", form: .lastingSome, condition: trusted,
            definition: "from some moment on, some correct node is not suspected by a correct node",
            origin: "Chandra and Toueg 1996, 2.2", needs: [.suspected]),
    ]

    /// Correct nodes that no correct node suspects.
    private static let trusted = """
        {p for p in nodes if len(correct) == 0 or p in correct and all(p not in q.suspected for q in correct)}
        """
}
