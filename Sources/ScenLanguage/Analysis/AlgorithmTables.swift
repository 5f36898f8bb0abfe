import ScenDiagnostics
import ScenModel

/// What analysis knows about an algorithm and keeps for the expressions that observe it.
struct AlgorithmTables: Sendable {
    struct Variable: Sendable {
        var name: Identifier
        var type: TypeID
        var stable: Bool
    }
    struct Timer: Sendable {
        var name: Identifier
        var arguments: [TypeID]
        var isSet = false
        /// A header has used the types of its arguments as they were then.
        var isObserved = false
        /// Where its handler is, if there is one.
        var handled: SourceSpan?
    }
    /// Where a message is made, and where it is handled, first.
    struct Use: Sendable {
        var made: SourceSpan?
        var handled: SourceSpan?
    }

    var store = TypeStore()
    var names = KnownNames()
    var typeNames: [String: TypeID] = [:]
    var recordNames: [String: Int] = [:]
    var messageNames: [String: Int] = [:]
    var records: [[TypeID]] = []
    var messages: [[TypeID]] = []
    var messageUses: [Use] = []
    var timers: [Timer] = []
    var variables: [Variable] = []
    var input: TypeID?
    var decides: TypeID?
    var delivers: TypeID?
    var functions: [AlgorithmSyntax.Function] = []
    var functionNames: [String: Int] = [:]
    /// The function that `on broadcast` is.
    var broadcast: Int?
    /// The first `deliver` that does not say whose message it is.
    var deliverWithoutSender: SourceSpan?
    var instances: [Instance] = []
    /// It serves a layer above: what it delivers or decides goes there.
    var isLayer = false
    /// False where there is no algorithm: then the scope is searched.
    var hasNames = false

    init() {}
}

/// A function for certain types of its arguments.
struct Instance: Sendable {
    enum Status: Sendable { case running, provisional, done }

    /// Something that only a node has, which the function uses: an observer cannot call it.
    struct NodeUse: Sendable {
        var what: String
        var span: SourceSpan
    }

    var function: Int
    /// The types with which it was asked for.
    var key: [TypeID]
    /// The types that the parameters have; recursion may have widened them.
    var parameters: [TypeID]
    var result: TypeID
    var routine: TypedRoutine
    var diagnostics: [Diagnostic] = []
    /// Other instances that it calls.
    var calls: [Int] = []
    var nodeUse: NodeUse?
    var status = Status.running
    /// Types of locals as found so far, by the place of their declaration.
    var presets: [Int: TypeID] = [:]
    /// The lowest position, on the stack of running instances, of what its types depend on.
    var low = 0
    /// Its types were widened after they had been used.
    var changed = false
    /// To be analysed again, because what it depends on has changed.
    var stale = false
}
