package import ScenDiagnostics

/// One `knows`, `everyone_knows` or `common_knowledge` in an expectation.
package struct KnowledgeOperator: Sendable {
    package enum Kind: String, Sendable, Hashable {
        case knows
        case everyoneKnows = "everyone_knows"
        case commonKnowledge = "common_knowledge"
    }
    package var kind: Kind
    /// What is known: gives a bool. Its parameters are the names that are bound around the operator and used in it.
    package var fact: Program.RoutineID
    /// The nodes that it is about, a set that may differ from state to state; nil for `knows`. The same parameters.
    package var members: Program.RoutineID?
    package var parameters: Int
    /// The fact and the first operand as written, for reports.
    package var text: String
    package var whoText: String
    package var span: SourceSpan
    package init(
        kind: Kind, fact: Program.RoutineID, members: Program.RoutineID?, parameters: Int, text: String, whoText: String,
        span: SourceSpan
    ) {
        self.kind = kind
        self.fact = fact
        self.members = members
        self.parameters = parameters
        self.text = text
        self.whoText = whoText
        self.span = span
    }
}
