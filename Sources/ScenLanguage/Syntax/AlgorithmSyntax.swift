package import ScenDiagnostics

/// An algorithm as it was written: section 5 of the language page.
package struct AlgorithmSyntax: Sendable {
    package struct Assumption: Sendable {
        package var key: Identifier  // network, nodes, timing
        package var word: Identifier
        package init(key: Identifier, word: Identifier) {
            self.key = key
            self.word = word
        }
    }
    package struct Named<Content: Sendable>: Sendable {
        package var name: Identifier
        package var content: Content
        package init(name: Identifier, content: Content) {
            self.name = name
            self.content = content
        }
    }
    package typealias Fields = [Named<TypeSyntax>]
    package enum TypeDefinition: Sendable {
        case enumeration([Identifier])
        case record(Fields)
        /// Another name for a type: `term: int`.
        case alias(TypeSyntax)
    }
    package struct Function: Sendable {
        package var name: Identifier
        package var parameters: [Identifier]
        package var body: FunctionBody
        package init(name: Identifier, parameters: [Identifier], body: FunctionBody) {
            self.name = name
            self.parameters = parameters
            self.body = body
        }
    }
    package enum FunctionBody: Sendable {
        case expression(Expression)
        case block([Statement])
    }
    package struct Handler: Sendable {
        package var trigger: Trigger
        package var body: [Statement]
        /// Of the header.
        package var span: SourceSpan
        package init(trigger: Trigger, body: [Statement], span: SourceSpan) {
            self.trigger = trigger
            self.body = body
            self.span = span
        }
    }
    package indirect enum Trigger: Sendable {
        case start
        case recover
        /// `on Order(path, plan) from p`. Without parentheses every field is ignored (`arguments` nil).
        case message(Identifier, arguments: [Pattern]?, from: Pattern?)
        case timer(Identifier, arguments: [Pattern]?)
        case round(Pattern)
        case request(Identifier, arguments: [Pattern]?, id: Identifier?)
        /// `on send(m) to q`, `on broadcast(m)`, `on propose(v)`: a request of the layer above. The parser cannot
        /// tell `on propose(v)` from a message by form: lower-case names that are no message come out as `.message`.
        case layerSend(Pattern, to: Pattern)
        /// `on fd.suspect(p)`
        case indication(layer: Identifier, Identifier, arguments: [Pattern]?)
        case when(Expression)
    }

    package var span: SourceSpan
    package var name: Identifier?
    package var assumes: [Assumption] = []
    package var uses: [Named<Identifier>] = []
    package var provides: Identifier?
    package var constants: [Named<Expression>] = []
    package var types: [Named<TypeDefinition>] = []
    package var input: TypeSyntax?
    package var decides: TypeSyntax?
    package var delivers: TypeSyntax?
    package var messages: [Named<Fields>] = []
    package var variables: [VariableSyntax] = []
    package var functions: [Function] = []
    package var handlers: [Handler] = []

    package init(span: SourceSpan) { self.span = span }
}
