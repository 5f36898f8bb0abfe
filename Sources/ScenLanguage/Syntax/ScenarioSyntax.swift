package import ScenDiagnostics

/// A scenario file as it was written, key by key: shapes and words are checked, names and types are not yet.
///
/// An `Expression` stands wherever the model wants a number, a duration, a distribution (a call, a range or a duration)
/// or a word (`.name`), because a parameter may stand there too. Keys that this version does not carry out yet are
/// reported as `not-supported` while this is read.
package struct ScenarioSyntax: Sendable {
    package typealias Named<Content: Sendable> = AlgorithmSyntax.Named<Content>

    package struct Parameter: Sendable {
        package enum Values: Sendable {
            case single(Expression)
            case list([Expression])
            /// Every whole number from the first to the second.
            case range(Expression, Expression)
        }
        package var name: Identifier
        package var values: Values
        package init(name: Identifier, values: Values) {
            self.name = name
            self.values = values
        }
    }
    package struct Network: Sendable {
        package var links: Expression?
        package var loss: Expression?
        package var duplicate: Expression?
        package var fifo: Expression?
        package var adversary: Adversary?
        package var topology: Topology?
        package var bandwidth: Bandwidth?
        package var between: [LinkOverride] = []
        package var rules: [Rule] = []
        package var span: SourceSpan
        /// True for `network: fair-loss`, without a mapping.
        package var short: Bool
        package init(span: SourceSpan, short: Bool) {
            self.span = span
            self.short = short
        }
    }
    package struct Timing: Sendable {
        package var model: Expression?
        package var latency: Expression?
        package var bound: Expression?
        package var asynchronous: Asynchronous?
        package var pauses: Pauses?
        package var clock: Clock?
        package var step: Expression?
        package var span: SourceSpan
        package init(span: SourceSpan) { self.span = span }
    }
    package struct Nodes: Sendable {
        package enum Who: Sendable {
            case count(Expression)
            case names([Identifier])
            case groups([Named<Expression>])
        }
        package var who: Who
        package var prefix: Identifier?
        package var model: Expression?
        package var span: SourceSpan
        package init(who: Who, prefix: Identifier? = nil, model: Expression? = nil, span: SourceSpan) {
            self.who = who
            self.prefix = prefix
            self.model = model
            self.span = span
        }
    }
    /// What happens to a faulty node: of `crash`, `crashes` and `mttf` at most one.
    package struct Fault: Sendable {
        package struct Moment: Sendable {
            package var key: Identifier
            package var expression: Expression
            /// `{between: 0s..5s}`
            package var isBetween: Bool
            package init(key: Identifier, expression: Expression, isBetween: Bool) {
                self.key = key
                self.expression = expression
                self.isBetween = isBetween
            }
        }
        /// Nil: no moment is given.
        package var crash: Moment?
        package var recover: Moment?
        package var crashes: Expression?
        package var mttf: Expression?
        package var mttr: Named<Expression>?
        /// Words; nil: none is given.
        package var behaviour: [Expression]?
        /// An algorithm, or a parameter that names one.
        package var runs: Identifier?
        package init() {}
    }
    package enum Faulty: Sendable {
        case nobody
        case list([Identifier])
        /// `up-to` and `exactly`, with `of: GROUP`.
        case some(count: Expression, exactly: Bool, of: Identifier?, Fault)
        /// Node or group -> what happens to it.
        case each([Named<Fault>])
    }
    package enum InputValue: Sendable {
        case value(Expression)
        /// `any`: every value of the type.
        case any(SourceSpan)
        /// `{any: 1..7}` or `{any: [..]}`
        case anyOf(Expression)
    }
    package enum Inputs: Sendable {
        case all(InputValue)
        /// Node, group or `others` -> value.
        case each([Named<InputValue>])
    }
    package struct Run: Sendable {
        package struct Simulate: Sendable {
            package var runs: Expression?
            package var horizon: Expression?
            package var seed: Expression?
            package init() {}
        }
        package struct Exhaustive: Sendable {
            package var bounds: [Named<Expression>] = []
            package var span: SourceSpan
            package init(span: SourceSpan) { self.span = span }
        }
        package var simulate: Simulate?
        package var exhaustive: Exhaustive?
        package init() {}
    }
    package struct Expectation: Sendable {
        /// What stands under `leads-to`.
        package struct LeadsTo: Sendable {
            package var from: Expression
            package var to: Expression
            package var variables: [Named<Expression>]
            package init(from: Expression, to: Expression, variables: [Named<Expression>]) {
                self.from = from
                self.to = to
                self.variables = variables
            }
        }
        /// A form's key with what stands under it; of `leads-to`, `from`.
        package struct Form: Sendable {
            package var key: Identifier
            package var expression: Expression
            package init(key: Identifier, expression: Expression) {
                self.key = key
                self.expression = expression
            }
        }
        package enum Verdict: Sendable {
            case holds, violated
            case holdsIff(Expression)
        }
        package var name: Identifier
        /// Nil for a library property by name.
        package var form: Form?
        package var leadsTo: LeadsTo?
        package var verdict: Verdict = .holds
        package var when: Expression?
        package var within: Expression?
        /// `q`
        package var quantile: Expression?
        /// `at-least`, `at-most`, `equals`, `between`, `tolerance` in the order in which they stand.
        package var comparisons: [Named<[Expression]>] = []
        /// Of `indistinguishable-to`.
        package var executions: [Expression] = []
        /// `at: any`
        package var atAnyState = false
        package init(name: Identifier, form: Form?) {
            self.name = name
            self.form = form
        }
    }

    package var title: String
    package var description: String?
    package var tags: [String] = []
    package var parameters: [Parameter] = []
    package var condition: Expression?
    package var network: Network?
    package var timing: Timing?
    package var nodes: Nodes
    package var faulty: Faulty = .nobody
    /// What runs, whether written in place or named.
    /// Keys under `faulty` that Byzantine nodes alone have: `behaviour`, `runs`.
    package var faultKeys: [Identifier] = []
    package var algorithm: AlgorithmSyntax
    /// All of `algorithms`, the one that runs included.
    package var algorithms: [Named<AlgorithmSyntax>] = []
    package var inputs: Inputs?
    package var outcomes: [Named<Expression>] = []
    package var timeline: [TimelineItem] = []
    package var run: Run
    package var expectations: [Expectation] = []
    /// Names whose declarations were refused, which has been reported: known nevertheless, they fit everywhere.
    package var refused: [String] = []
    package var span: SourceSpan

    package init(title: String, nodes: Nodes, algorithm: AlgorithmSyntax, run: Run, span: SourceSpan) {
        self.title = title
        self.nodes = nodes
        self.algorithm = algorithm
        self.run = run
        self.span = span
    }
}
