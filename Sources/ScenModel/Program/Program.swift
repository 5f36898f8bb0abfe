package import ScenDiagnostics

/// The flat program of one case: immutable, shared by all workers. `Machine` runs it.
package struct Program: Sendable {
    /// Of one routine; an instruction names a few more, which leaves room for operands in a row.
    package static let registersMax = 65_000
    /// Index in `routines`.
    package typealias RoutineID = Int

    package struct Routine: Sendable {
        package var name: String
        /// Index of the first instruction.
        package var entry: Int
        package var parameters: Int
        /// Registers of its frame, parameters first.
        package var registers: Int
        package init(name: String, entry: Int, parameters: Int, registers: Int) {
            self.name = name
            self.entry = entry
            self.parameters = parameters
            self.registers = registers
        }
    }
    /// The same question as its observer's, in parts, so that not all of it needs to be asked again when something has changed.
    package struct Quantified: Sendable, Hashable {
        /// Of all, or of any.
        package var ofAll: Bool
        /// For each variable a routine that gives its values as a list or set. Its parameters are the variables before it.
        package var domains: [RoutineID]
        /// Gives a bool. Its parameters are the variables.
        package var part: RoutineID
        package init(ofAll: Bool, domains: [RoutineID], part: RoutineID) {
            self.ofAll = ofAll
            self.domains = domains
            self.part = part
        }
    }
    /// Another algorithm: the same as below.
    package struct Role: Sendable {
        package var initialise: RoutineID
        package var initialiseStable: RoutineID
        package var onStart: RoutineID?
        package var onRecover: RoutineID?
        package var onMessage: [RoutineID?]
        package var onTimer: [RoutineID?]
        package var onRound: RoutineID?
        package var afterHandler: RoutineID?
        package init(
            initialise: RoutineID, initialiseStable: RoutineID, onStart: RoutineID?, onRecover: RoutineID?,
            onMessage: [RoutineID?], onTimer: [RoutineID?], onRound: RoutineID?, afterHandler: RoutineID?
        ) {
            self.initialise = initialise
            self.initialiseStable = initialiseStable
            self.onStart = onStart
            self.onRecover = onRecover
            self.onMessage = onMessage
            self.onTimer = onTimer
            self.onRound = onRound
            self.afterHandler = afterHandler
        }
    }
    package struct Variable: Sendable {
        package var name: String
        package var type: ValueType
        package var stable: Bool
        package init(name: String, type: ValueType, stable: Bool) {
            self.name = name
            self.type = type
            self.stable = stable
        }
    }
    /// Everything a node holds is `width` words: its variables, then `decision` (none until it decides), the number of
    /// times it has decided, the list of what it has delivered, for each `when` whether its condition held, and where traitors may
    /// use what others have signed, what of that the node has seen.
    package struct Layout: Sendable, Hashable {
        package var variables: Int
        package var whens: Int
        package var decision: Int { variables }
        package var decisions: Int { variables + 1 }
        package var delivered: Int { variables + 2 }
        package var firstWhen: Int { variables + 3 }
        package var keepsSeen: Bool
        package var seen: Int { variables + 3 + whens }
        package var width: Int { variables + 3 + whens + (keepsSeen ? 1 : 0) }
        package init(variables: Int, whens: Int, keepsSeen: Bool = false) {
            self.variables = variables
            self.whens = whens
            self.keepsSeen = keepsSeen
        }
    }
    /// What a run-time error at an instruction has to say about it.
    package struct Note: Sendable, Hashable {
        /// The name of what is worked on: a variable, a function, a timer.
        package var subject: String?
        /// Types of the operands.
        package var types: [ValueType]
        package init(subject: String? = nil, types: [ValueType] = []) {
            self.subject = subject
            self.types = types
        }
    }

    package var code: [Instruction] = []
    /// Parallel to `code`: where a run-time error at that instruction is reported.
    package var places: [SourceSpan] = []
    /// By index in `code`; only where there is something to say.
    package var notes: [Int: Note] = [:]
    /// Types of what is shown: in a log, where something is chosen.
    package var shownTypes: [ValueType] = []
    package var constants: [Value] = []
    package var routines: [Routine] = []
    package var types = TypeTable()

    package var variables: [Variable] = []
    package var layout = Layout(variables: 0, whens: 0)
    package var inputType: ValueType?
    package var decisionType: ValueType?
    /// Of one element of what is delivered.
    package var deliveredType: ValueType?

    /// No parameters; they write the initial value of every variable of the node that runs: those in `state`, and those
    /// in `stable`.
    package var initialise: RoutineID = 0
    package var initialiseStable: RoutineID = 0
    package var onStart: RoutineID?
    package var onRecover: RoutineID?
    /// By message; parameters: the message (a composite), the sender. Nil: it is received and nothing happens.
    package var onMessage: [RoutineID?] = []
    /// By timer; parameter: the timer as a composite of shape `timers[i]` (its index and arguments).
    package var onTimer: [RoutineID?] = []
    /// Parameter: the round, from 1.
    package var onRound: RoutineID?
    /// Runs after every handler where there are `when` handlers: it evaluates all conditions and runs the first, in file
    /// order, whose condition has become true; and again, until none has.
    package var afterHandler: RoutineID?
    /// What faulty nodes may run in place of the algorithm, and by node which: 0 the algorithm, k number k of these; empty where
    /// all run the algorithm.
    package var otherRoles: [Role] = []
    package var roles: [Int] = []
    /// Where `on broadcast` is; nil: there is none, and no history is kept.
    package var broadcast: SourceSpan?
    package var lastNamedRound = 0
    /// After this round `on round` does the same in each; `Int.max`: it may be something else in each.
    package var lastRoundRead = 0
    /// The greatest common divisor of all durations in its code (ns); 0: there are none.
    package var commonDuration = 0
    /// Of observers that ask whether something holds for all, or any, elements of sets that stay the same throughout a run.
    package var quantified: [RoutineID: Quantified] = [:]
    /// What `loadKnown` refers to.
    package var knowledge: [KnowledgeOperator] = []
    package var usesRounds: Bool { onRound != nil }

    package init() {}
}
