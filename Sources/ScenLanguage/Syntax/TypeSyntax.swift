package import ScenDiagnostics

/// A type as it was written.
package struct TypeSyntax: Sendable {
    package indirect enum Kind: Sendable {
        /// `int`, `bool`, `real`, `string`, `duration`, `node`, `message` or a declared type.
        case name(String)
        case range(Expression, Expression)
        case maybe(TypeSyntax)
        case tuple([TypeSyntax])
        case list(TypeSyntax)
        case set(TypeSyntax)
        case map(TypeSyntax, TypeSyntax)
        case signed(TypeSyntax)
        case sealed(TypeSyntax)
    }
    package var kind: Kind
    package var span: SourceSpan
    package init(_ kind: Kind, at span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

/// What follows the name of a state variable: `TYPE`, `TYPE = INITIAL`, or an initial value. A lone name, a lone range
/// and a tuple of them could be either (`plan`, `0..5`, `(me, n)`): then both are here, and analysis takes the type if
/// there is one of that name, and a lone range as a type.
package struct VariableSyntax: Sendable {
    package var name: Identifier
    package var type: TypeSyntax?
    package var initial: Expression?
    package var stable: Bool
    /// True where only one of `type` and `initial` is meant.
    package var ambiguous: Bool
    package init(
        name: Identifier, type: TypeSyntax?, initial: Expression?, stable: Bool, ambiguous: Bool
    ) {
        self.name = name
        self.type = type
        self.initial = initial
        self.stable = stable
        self.ambiguous = ambiguous
    }
}
