import ScenDiagnostics
import ScenModel

/// A typed expression with its type as analysis knows it.
struct Term {
    var node: TypedExpression
    var type: TypeID

    /// What stands for an expression in which a mistake has been reported.
    static func broken(_ span: SourceSpan) -> Term {
        Term(node: TypedExpression(.constant(.none), .nothing, at: span), type: .error)
    }
}

/// Checks expressions, statements and routines of one case.
///
/// An expression is checked with a hint of the type that its place wants; only literals, words and what is made of them
/// heed it. Types flow in the order of the text. Where something is used before its type is known (the elements of a list
/// that starts empty, the result of a function that calls itself), the routine is gone through again with what was found
/// the first time, until nothing changes; what was reported on the way is forgotten.
final class Checker {
    /// A name with the type of what it stands for, bound from outside.
    struct Bound {
        var name: Identifier
        var type: TypeID
    }

    enum Place { case parameters, model, initial, handler, observer }

    /// Levels of nesting of everything together: expressions, statements and functions that call functions. A level takes
    /// up to 6 KiB of the stack in a debug build.
    static let depthMax = 250
    /// A function that is called takes more.
    static let levelsOfFunction = 4
    /// Expressions checked in one go. Text that needs more (a few lines can be made to) is refused.
    static let workMax = 500_000

    var scope: CaseScope
    var tables: AlgorithmTables
    var place: Place
    /// Why nothing may be said here about what nodes know; nil where it may.
    var refusesKnowledge: String? = "what nodes know takes every run: expectations such as 'always' and 'possible' ask it"
    var diagnostics: [Diagnostic] = []
    var routine = RoutineState()
    var depth = 0
    var work = 0
    /// Instances that are being analysed, outermost first, and those that depend on one of them.
    var running: [Int] = []
    var provisional: [Int] = []
    var isTooDeep = false
    /// Constants that are being evaluated, and types that are being resolved: a cycle ends there.
    var pending = PendingDeclarations()
    /// Names that may still be compared with unknown ones.
    var comparisonsLeft = 100_000
    /// Part of the text could not be read: what is not used may be used there.
    var isPartial = false
    var typedVariables: [TypedVariable] = []
    /// A timer's arguments were widened after something had used their types.
    var timersChanged = false

    init(scope: CaseScope, tables: AlgorithmTables = AlgorithmTables(), place: Place) {
        self.scope = scope
        self.tables = tables
        self.place = place
    }

    func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    func name(_ type: TypeID) -> String { tables.store.name(type, scope.types) }

    /// A term of a type that is known to the letter.
    func term(_ kind: TypedExpression.Kind, _ type: TypeID, _ span: SourceSpan) -> Term {
        Term(node: TypedExpression(kind, tables.store.value(type), at: span), type: type)
    }

    func constant(_ value: Value, _ type: TypeID, _ span: SourceSpan) -> Term {
        term(.constant(value), type, span)
    }

    /// False, after a report, where text is nested so deeply that going on could exhaust the stack. Goes with `leave`
    /// if it is true.
    func enter(_ span: SourceSpan) -> Bool {
        work += 1
        guard depth < Self.depthMax, work <= Self.workMax else {
            if !isTooDeep { report(.nestedTooDeeply(at: span)) }
            isTooDeep = true
            return false
        }
        depth += 1
        return true
    }

    func leave() { depth -= 1 }
}

/// Constants and types are found out when they are first asked for.
struct PendingDeclarations {
    var constants: [String: AlgorithmSyntax.Named<Expression>] = [:]
    var types: [String: AlgorithmSyntax.Named<AlgorithmSyntax.TypeDefinition>] = [:]
    var running: Set<String> = []
}
