package import ScenDiagnostics
package import ScenModel

/// Runs routines of one program on the memory of one world. One worker owns it.
package final class Machine {
    package enum Outcome: Equatable {
        case finished
        /// `interruption` was reached: the node crashed in the middle of the handler.
        case interrupted
        /// See `failure`.
        case failed
    }
    /// A crash in the middle of a handler. Points are passed before each `send` statement's execution and before each
    /// write to a `stable` variable; `point` counts those of one handler (its `when` handlers included) from 0.
    package struct Interruption: Equatable {
        package var point: Int
        /// If the point is a send: which of its recipients (indices in node order) are still reached. Never all of them.
        package var reached: [Int]
        package init(point: Int, reached: [Int] = []) {
            self.point = point
            self.reached = reached
        }
    }

    package let program: Program
    package let memory: WorldMemory
    package let tape = ChoiceTape()
    package var budgets: RunBudgets
    package var interruption: Interruption?
    /// Set while a run is told: then `log` and `choose` leave effects.
    package var keepsLog = false

    /// Of the last handler, in order: raw memory of the machine, valid until the next handler runs.
    package private(set) var effects = UnsafeBufferPointer<Effect>(start: nil, count: 0)
    package private(set) var logged: [String] = []
    /// Number of recipients at each interruption point that the last handler passed; 0 for a write to `stable`.
    package private(set) var points: [Int] = []
    package private(set) var failure: RuntimeFailure?

    package init(program: Program, memory: WorldMemory, budgets: RunBudgets = RunBudgets()) {
        self.program = program
        self.memory = memory
        self.budgets = budgets
    }

    /// Runs a handler of a node and then its `when` handlers, as often as one of their conditions has become true.
    /// Clears `effects`, `logged` and `points` first. `first` and `second` are its arguments, as many as it has.
    ///
    /// `decide` and `deliver` are written to the node's words here, so that the handler reads them; the first decision
    /// stands.
    package func runHandler(
        _ routine: Program.RoutineID?, node: Int, _ first: Word = .none, _ second: Word = .none
    ) -> Outcome {
        .finished
    }

    /// Initial values of the node's variables; those in `stable` only if asked. Its `when` flags become false.
    package func initialise(node: Int, stable: Bool) -> Outcome { .finished }

    /// Evaluates an observer's routine; nil on failure.
    package func observe(_ routine: Program.RoutineID) -> Word? { nil }

    // Values between trees and words of this worker's arena.
    package func word(_ value: Value) -> Word { .none }
    package func value(_ word: Word, _ type: ValueType) -> Value { .none }
    /// Content hash of a word: equal values have equal hashes in every worker and every process.
    package func hash(_ word: Word) -> UInt64 { 0 }

    /// Index in `TypeTable.messages` of a message, or in `TypeTable.timers` of a timer.
    package func shape(_ word: Word) -> Int { 0 }
    /// What a timer carries.
    package func timerArguments(_ timer: Word) -> [Value] { [] }

    /// Bytes of the arena in use.
    package var arenaBytes: Int { 0 }
    /// Frees what is not reachable from the world's memory, the program's constants and `roots`. Words stay valid.
    package func collect(roots: (_ mark: (Word) -> Void) -> Void) {}
}
