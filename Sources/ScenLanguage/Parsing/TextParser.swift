package import ScenDiagnostics

/// Parses the text of one YAML scalar. Every function reads the whole text, reports what is wrong with exact places
/// in the file, and gives back nil if it found nothing to go on with.
package struct TextParser {
    /// `hyphenated`: words with hyphens that the scenario declares (`fair-loss`, `general-1`). Where one of them stands
    /// in the text it is one name, not a subtraction.
    package init(_ scalar: YAMLScalar, hyphenated: Set<String>) {}

    package func expression(into bag: inout DiagnosticBag) -> Expression? { nil }
    /// The statements of a `|` block, or of a single line.
    package func block(into bag: inout DiagnosticBag) -> [Statement]? { nil }
    /// `expression` for a single line that is no statement, else `block`.
    package func functionBody(into bag: inout DiagnosticBag) -> AlgorithmSyntax.FunctionBody? { nil }
    /// `value(path)`: the key of a function.
    package func functionHeader(
        into bag: inout DiagnosticBag
    ) -> (name: Identifier, parameters: [Identifier])? { nil }
    /// `on Order(path, plan) from p`, `when len(acks) >= quorum`: the key of a handler.
    package func trigger(into bag: inout DiagnosticBag) -> AlgorithmSyntax.Trigger? { nil }
    package func type(into bag: inout DiagnosticBag) -> TypeSyntax? { nil }
    /// `TYPE`, `TYPE = INITIAL` or an initial value; see `VariableSyntax`.
    package func variable(
        name: Identifier, stable: Bool, into bag: inout DiagnosticBag
    ) -> VariableSyntax? { nil }
    /// A lone name: a declared node, type, message, state, parameter.
    package func identifier(into bag: inout DiagnosticBag) -> Identifier? { nil }
}
