/// What can go wrong where an expression is evaluated before anything runs.
package enum EvaluationProblem: Sendable, Hashable {
    case overflow
    case divisionByZero
    /// A real number that is infinite or not a number.
    case notFinite
    case negativeExponent
    case missingKey
    case index(Int, count: Int)
    case empty(String)
    case outsideRange(Int, low: Int, high: Int)
    case noneUsed
    case assertion
    case noReturn
    case steps(Int)
    case depth
    case size(Int)
}

extension Diagnostic {
    package static func evaluation(_ problem: EvaluationProblem, at span: SourceSpan) -> Diagnostic {
        let (message, label): (String, String?) =
            switch problem {
            case .overflow:
                ("the number is too large", "whole numbers lie between -2^62 and 2^62 - 1")
            case .divisionByZero: ("division by zero", nil)
            case .notFinite: ("the result is no number", "infinite or undefined")
            case .negativeExponent:
                ("a whole number has no negative power", "make the base a real number: '2.0 ** -1'")
            case .missingKey: ("the map has no such key", "'m.get(key, default)' gives a default instead")
            case .index(let index, let count):
                ("the list has no element \(index)", count == 0 ? "it is empty" : "it has \(count), counted from 0")
            case .empty(let function): ("'\(function)' of nothing has no value", nil)
            case .outsideRange(let value, let low, let high):
                ("\(value) is outside \(low)..\(high)", nil)
            case .noneUsed: ("'none' where a value is needed", nil)
            case .assertion: ("the assertion does not hold", nil)
            case .noReturn: ("the function ends without a value", nil)
            case .steps(let limit): ("the evaluation does not end within \(limit) steps", nil)
            case .depth: ("the recursion is too deep", nil)
            case .size(let limit): ("the value has more than \(limit) elements", nil)
            }
        return Diagnostic(.evaluation, message, at: span, label: label)
    }

    /// Something that only a run can tell, where a value is needed before anything runs.
    package static func notConstant(at span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .notConstant, "this is not known before a run", at: span,
            label: "only parameters, constants and nodes may stand here")
    }
}
