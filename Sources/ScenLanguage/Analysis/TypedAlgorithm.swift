package import ScenDiagnostics
package import ScenModel

package struct TypedStatement: Sendable {
    package indirect enum Kind: Sendable {
        case assignVariable(Int, TypedExpression)
        case assignLocal(Int, TypedExpression)
        case bind(TypedPattern, TypedExpression)
        /// The recipients are a node, or a set or list of nodes when `many`.
        case send(TypedExpression, to: TypedExpression, many: Bool)
        case setTimer(timer: Int, [TypedExpression], after: TypedExpression)
        case cancelTimer(timer: Int, [TypedExpression])
        case decide(TypedExpression)
        case deliver(TypedExpression, from: TypedExpression?)
        /// The node broadcasts it: noted, and nothing else.
        case broadcast(TypedExpression)
        case branch([Branch], otherwise: [TypedStatement])
        case loop(TypedPattern, in: TypedExpression, [TypedStatement])
        case returns(TypedExpression?)
        case assert(TypedExpression)
        case log([LogPart])
        case choose(TypedPattern, in: TypedExpression)
        case call(TypedExpression)
    }
    package struct Branch: Sendable {
        package var condition: TypedExpression
        package var body: [TypedStatement]
        package init(condition: TypedExpression, body: [TypedStatement]) {
            self.condition = condition
            self.body = body
        }
    }
    package enum LogPart: Sendable {
        case text(String)
        case value(TypedExpression)
    }
    package var kind: Kind
    package var span: SourceSpan
    package init(_ kind: Kind, at span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

/// A body with its locals: slots 0 ..< parameters are the parameters.
package struct TypedRoutine: Sendable {
    package var name: String
    package var parameters: Int
    /// Types of all locals, parameters first.
    package var locals: [ValueType]
    package var body: [TypedStatement]
    package var result: ValueType
    package var span: SourceSpan
    package init(
        name: String, parameters: Int, locals: [ValueType], body: [TypedStatement],
        result: ValueType, span: SourceSpan
    ) {
        self.name = name
        self.parameters = parameters
        self.locals = locals
        self.body = body
        self.result = result
        self.span = span
    }
}

/// One handler. Its routine's parameters are what the patterns of its header are matched against, one pattern for each;
/// the first handler of an event, in file order, whose patterns all match is the one that runs.
package struct TypedHandler: Sendable {
    package enum Event: Sendable, Hashable {
        case start, recover
        /// Parameters: the sender, then every field.
        case message(Int)
        /// Parameters: every argument.
        case timer(Int)
        /// Parameter: the round, from 1.
        case round
    }
    package var event: Event
    package var patterns: [TypedPattern]
    package var routine: TypedRoutine
    package init(event: Event, patterns: [TypedPattern], routine: TypedRoutine) {
        self.event = event
        self.patterns = patterns
        self.routine = routine
    }
}

package struct TypedVariable: Sendable {
    package var name: String
    package var type: ValueType
    /// Evaluated for each node: `me`, `nodes`, constants and parameters may stand in it.
    package var initial: TypedExpression
    package var stable: Bool
    /// Types of the locals of `initial`: what its comprehensions bind.
    package var locals: [ValueType]
    package init(
        name: String, type: ValueType, initial: TypedExpression, stable: Bool, locals: [ValueType] = []
    ) {
        self.name = name
        self.type = type
        self.initial = initial
        self.stable = stable
        self.locals = locals
    }
}

package struct TypedAlgorithm: Sendable {
    /// Condition: a routine of no parameters that gives a bool.
    package struct When: Sendable {
        package var condition: TypedRoutine
        package var body: TypedRoutine
        package init(condition: TypedRoutine, body: TypedRoutine) {
            self.condition = condition
            self.body = body
        }
    }
    /// Where its own begin among those of all algorithms of a case.
    package struct Base: Sendable {
        package var variables = 0
        package var functions = 0
        package var timers = 0
        package var whens = 0
        package init() {}
    }
    package var base = Base()
    package var variables: [TypedVariable] = []
    package var input: ValueType?
    package var decides: ValueType?
    package var delivers: ValueType?
    /// What `call` refers to: functions as instantiated.
    package var functions: [TypedRoutine] = []
    package var handlers: [TypedHandler] = []
    package var whens: [When] = []
    /// Where `on broadcast` is, if there is one.
    package var broadcast: SourceSpan?
    /// The largest round that a header names; 0 if none does.
    package var lastNamedRound = 0
    /// The largest round that it compares a round with, in headers or bodies; `Int.max` if it reads rounds in another way.
    package var lastRoundRead = 0
    /// What analysis keeps for the expressions that observe it.
    var tables = AlgorithmTables()
    package init() {}
}

/// One case after analysis, as compilation takes it. Every observer is a routine of no parameters.
package struct TypedCase: Sendable {
    package struct Outcome: Sendable {
        package var name: String
        package var condition: TypedRoutine
        package init(name: String, condition: TypedRoutine) {
            self.name = name
            self.condition = condition
        }
    }
    package struct Expectation: Sendable {
        package indirect enum Form: Sendable {
            case always, never, finally, possible
            case eventually(within: Int?)
            case eventuallyAlways(within: Int?)
            /// See `LibraryProperty.Form`.
            case alwaysSome, lastingSome
            case lasting(settled: TypedRoutine, half: Bool)
            case probability(CompiledExpectation.Comparison)
            case fractionOfTime(CompiledExpectation.Comparison)
            case mean(CompiledExpectation.Unit, CompiledExpectation.Comparison)
            case quantile(q: Double, CompiledExpectation.Unit, CompiledExpectation.Comparison)
            /// The condition is `from`.
            case leadsTo(LeadsTo)
            /// The condition is that on the first execution; these are those on the others.
            case indistinguishable(node: Int, [TypedRoutine], atAnyState: Bool)
        }
        package struct LeadsTo: Sendable {
            package struct Variable: Sendable {
                package var name: String
                package var type: ValueType
                /// Gives a list or set. Its parameters are the variables before this one.
                package var domain: TypedRoutine
            }
            package var variables: [Variable]
            /// Its parameters, like those of `from`, are the variables.
            package var to: TypedRoutine
            /// ns
            package var within: Int?
        }
        package var name: String
        package var formName: String
        package var text: String
        package var form: Form
        package var condition: TypedRoutine
        package var expectsHolds: Bool
        package var span: SourceSpan
        /// The conditions on executions as written.
        package var executions: [String] = []
        package init(
            name: String, formName: String, text: String, form: Form, condition: TypedRoutine,
            expectsHolds: Bool, span: SourceSpan
        ) {
            self.name = name
            self.formName = formName
            self.text = text
            self.form = form
            self.condition = condition
            self.expectsHolds = expectsHolds
            self.span = span
        }
    }
    package var parameters: [CompiledCase.Parameter]
    package var types: TypeTable
    package var system: SystemModel
    package var algorithm: TypedAlgorithm
    package var outcomes: [Outcome]
    package var expectations: [Expectation]
    package var plan: RunPlan
    /// What faulty nodes run in place of the algorithm.
    package var alternatives: [TypedAlgorithm] = []
    /// Facts and those who know them as written, by their places.
    package var knowledgeTexts: [SourceSpan: String] = [:]
    /// What `Timeline` refers to by index.
    package var timelineObservers: [TypedRoutine] = []
    package init(
        parameters: [CompiledCase.Parameter], types: TypeTable, system: SystemModel,
        algorithm: TypedAlgorithm, outcomes: [Outcome], expectations: [Expectation], plan: RunPlan
    ) {
        self.parameters = parameters
        self.types = types
        self.system = system
        self.algorithm = algorithm
        self.outcomes = outcomes
        self.expectations = expectations
        self.plan = plan
    }
}
