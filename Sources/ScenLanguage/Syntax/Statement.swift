package import ScenDiagnostics

package struct Statement: Sendable {
    package indirect enum Kind: Sendable {
        case assign(Target, AssignmentOperator, Expression)
        case bind(Pattern, Expression)
        case add(Expression, to: Target)
        case remove(Expression, from: Target)
        case append(Expression, to: Target)
        case send(Expression, to: Expression)
        case setTimer(TimerCall, after: Expression)
        case cancelTimer(TimerCall)
        case decide(Expression)
        case deliver(Expression, from: Expression?)
        case respond(to: Expression, with: Expression?)
        /// `if`, every `elif`, and `else`.
        case branch([Branch], otherwise: [Statement]?)
        case loop(Pattern, in: Expression, [Statement])
        case returns(Expression?)
        case assert(Expression)
        /// A string literal with expressions in braces.
        case log(Expression)
        case choose(Pattern, in: Expression)
        /// A call for its effects: a function, or a request to a used layer.
        case call(Expression)
        /// `raise suspect(p)`
        case raise(Identifier, [Expression])
    }
    package struct Branch: Sendable {
        package var condition: Expression
        package var body: [Statement]
        package init(condition: Expression, body: [Statement]) {
            self.condition = condition
            self.body = body
        }
    }
    package var kind: Kind
    /// Of `if` and `for` the first header only, up to its colon.
    package var span: SourceSpan
    package init(_ kind: Kind, at span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

package enum AssignmentOperator: String, Sendable, CaseIterable {
    case set = "="
    case plus = "+="
    case minus = "-="
    case times = "*="
    case union = "|="
    case intersection = "&="
}

/// A variable, or a part of one: `log[i].term`.
package struct Target: Sendable {
    package enum Step: Sendable {
        case index(Expression)
        case field(Identifier)
    }
    package var name: Identifier
    package var steps: [Step]
    package var span: SourceSpan
    package init(name: Identifier, steps: [Step], at span: SourceSpan) {
        self.name = name
        self.steps = steps
        self.span = span
    }
}

package struct TimerCall: Sendable {
    package var name: Identifier
    package var arguments: [Expression]
    package init(name: Identifier, arguments: [Expression]) {
        self.name = name
        self.arguments = arguments
    }
}
