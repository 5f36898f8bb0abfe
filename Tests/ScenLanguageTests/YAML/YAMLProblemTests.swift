import ScenDiagnostics
import ScenLanguage
import Testing

/// The places of syntax errors; their wording is in the golden files.
@Suite struct YAMLProblemTests {
    @Test(arguments: [
        "a: \"b\" ⟦c⟧\n",
        "a: ⟦\"b⟧\nc: \"⟪d\"⟫\n",
        "a: ⟦'⟧b\nc: d\n",
        "a: b⟦:⟧ c\n",
        "- a: b⟦:⟧ c\n",
        "⟪a: b⟫\n  ⟦c⟧: d\n",
        "a: b\nc⟦:⟧d\ne: f\n",
        "a⟦:⟧b\nc: d\n",
        "a: b\n⟦c⟧ # d\ne: f\n",
        "⟪a: |⟫\n   b\n ⟦c⟧\nd: e\n",
        "a:\n  ⟪b: >-⟫\n     c\n     d\n   ⟦e: f⟧\n",
        "a:\n    b: c\n  ⟦d: e⟧\n",
        "⟪a: b⟫\n⟦-⟧ c\n",
        "⟪- a⟫\n⟦b: c⟧\n",
        "a: ⟦-⟧ b\n",
        "a: ⟦[⟧b, c\n⟪d: e⟫\n",
        "a:\n  b: ⟦{⟧c: d\n  ⟪e: f⟫\n",
        "a: ⟦[⟧b",
        "a: {b: ⟪[⟫c⟦}⟧\n",
        "a: [b]⟦]⟧\n",
        "⟦]⟧\n",
        "a: ⟪[⟫\"b\" ⟦\"⟧c\"]\n",
        "a: [b,⟦,⟧ c]\n",
        "a: {b: c⟦:⟧ d}\n",
        "a: ⟦@⟧b\n",
        "a: [⟦|⟧ b]\n",
        "a: ⟦> 5⟧ # b\n",
        "a: ⟦|0⟧\n  b\n",
        "a: ⟦&⟧ b\n",
        "a: ⟦*⟧\n",
        "a: ⟦!⟧b!c d\n",
        "a: ⟦?⟧ b\n",
        "a: \"b⟦\\q⟧\"\n",
        "a: \"b⟦\\x1⟧g\"\n",
        "a: \"⟦\\é⟧\"\n",
        "a: \"b⟦\\U0000D800⟧\"\n",
        "[a] ⟦b⟧\n",
        "\"a\" ⟦b⟧\n",
        "é: ü⟦:⟧ ö\n",
        "a: {b⟦:⟧[c]}\n",
        "a: b\n⟦%⟧ c\n",
    ])
    func place(marked: String) {
        expectDiagnostics(marked, [.yamlSyntax]) { file, bag in
            if YAMLReader.read(file, into: &bag) != nil { Issue.record("read") }
        }
    }
}

