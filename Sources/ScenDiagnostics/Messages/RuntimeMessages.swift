/// What run-time errors say. Values arrive as the language writes them.
package enum RuntimeMessages {
    package static func overflow(_ calculation: String?) -> String {
        (calculation.map { "\($0) is too large: " } ?? "the number is too large: ")
            + "whole numbers lie between -2^62 and 2^62 - 1"
    }
    package static func notFinite(_ calculation: String?) -> String {
        "\(calculation ?? "the result") is no number: infinite or undefined"
    }
    package static func divisionByZero(_ calculation: String?) -> String {
        calculation.map { "division by zero: \($0)" } ?? "division by zero"
    }
    package static func negativeExponent(_ calculation: String) -> String {
        "\(calculation): a whole number has no negative power"
    }
    package static func missingMapKey(map: String?, key: String) -> String {
        "\(named("the map", map)) has no key \(key)"
    }
    package static func indexOutsideList(list: String?, index: Int, count: Int) -> String {
        let size = count == 0 ? "it is empty" : count == 1 ? "it has 1 element" : "it has \(count) elements, counted from 0"
        return "\(named("the list", list)) has no element \(index): \(size)"
    }
    /// `function`: as it is called in the language.
    package static func emptyCollection(function: String, of subject: String?) -> String {
        "'\(function)' of nothing has no value" + (subject.map { ": '\($0)' is empty" } ?? "")
    }
    package static func nothingToChoose() -> String { "there is nothing to choose from" }
    package static func rangeViolated(variable: String?, value: String, low: String, high: String) -> String {
        "\(value) is outside \(low)..\(high)" + (variable.map { ", the range of '\($0)'" } ?? "")
    }
    package static func noneUsed(_ subject: String?) -> String {
        subject.map { "'\($0)' is none where a value is needed" } ?? "none where a value is needed"
    }
    package static func negativeDelay(timer: String?, delay: String) -> String {
        "\(named("the timer", timer)) would go off in the past: its delay is \(delay)"
    }
    package static func assertionFailed() -> String { "the assertion does not hold" }
    /// `neighbours`: some of those that there are. `isBack`: there is a link the other way.
    package static func noLink(from: String, to: String, isBack: Bool, neighbours: [String], count: Int) -> String {
        let there = "'\(from)' has no link to '\(to)'"
        if isBack { return "\(there), only one from '\(to)': a link 'a -> b' carries nothing back" }
        guard let last = neighbours.last else { return "\(there), nor to any other node" }
        let names =
            count > neighbours.count
            ? neighbours.joined(separator: ", ") + " and \(grouped(count - neighbours.count)) more"
            : (neighbours.dropLast().joined(separator: ", ") + (count > 1 ? " and " : "") + last)
        return "\(there): 'neighbours', to which it can send, \(count == 1 ? "is" : "are") \(names)"
    }
    package static func neverReturns(function: String?) -> String {
        "\(named("the function", function)) ends without returning a value"
    }
    package static func tooManyRegisters(routine: String, max: Int) -> String {
        "'\(routine)' has more local values than the \(grouped(max)) that are possible"
    }
    package static func stepBudget(_ steps: Int) -> String { "this has not ended after \(grouped(steps)) steps" }
    package static func recursionTooDeep(function: String, depth: Int) -> String {
        "'\(function)' is called while \(grouped(depth)) calls wait for it: the recursion is too deep"
    }
    package static func adversaryHasSeenTooMuch(_ max: Int) -> String {
        "the adversary on the links has seen more than \(grouped(max)) values"
    }
    package static func valueTooLarge(count: Int, max: Int) -> String {
        "a value of \(grouped(count)) elements is too large: at most \(grouped(max)) are allowed"
    }
    package static func gatheredTooMuch() -> String { "what is gathered here is too large" }
    package static func nestedTooDeep(max: Int) -> String { "a value nested more than \(max) deep is too large" }
    package static func memoryBudget(bytes: Int) -> String {
        "the values of this run need more than \(grouped(bytes >> 20)) MB"
    }

    package static func eventBudget(_ events: Int) -> String {
        "the run is not over after \(grouped(events)) events, the most that a run may have: messages or timers keep each other going without end"
    }
    package static func momentBudget(_ events: Int) -> String {
        "after \(grouped(events)) events at one moment the run goes on without any time passing: messages that take none, or timers of 0s, keep each other going without end"
    }
    /// `most`: the message or timer of which most are pending, `count` of them.
    package static func tooManyPending(messages: Int, timers: Int, most: String, isMessage: Bool, count: Int) -> String {
        let share = count == messages + timers ? "all" : grouped(count)
        let kind = isMessage ? "messages '\(most)'" : "timers '\(most)'"
        var all: [String] = []
        if messages > 0 { all.append("\(grouped(messages)) messages in flight") }
        if timers > 0 { all.append("\(grouped(timers)) timers set") }
        return "there are \(all.joined(separator: " and ")), more than a run may have; \(share) of them are \(kind), "
            + (isMessage ? "which are sent faster than they are handled" : "which are set faster than they fire")
    }
    package static func tooManyEffects(max: Int) -> String {
        "this handler asks for more than \(grouped(max)) messages and timers, more than one handler may"
    }
    /// `largest`: the largest variable, of which node, and its elements.
    package static func tooMuchWork(
        _ elements: Int, large: Int, largest: (variable: String, node: String, count: Int)?
    ) -> String {
        let example = largest.map { ": '\($0.variable)' of \($0.node) has \(grouped($0.count)) by now" } ?? ""
        return "this run has gone through \(grouped(elements)) elements of values with more than \(grouped(large))" + example
            + "; each step makes such a value anew"
    }
    package static func tooManyLinksUsed(_ links: Int) -> String {
        "messages have gone over more than \(grouped(links)) links, more than there is memory for"
    }

    private static func named(_ kind: String, _ name: String?) -> String { name.map { "\(kind) '\($0)'" } ?? kind }

    /// With a comma between thousands.
    package static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
            place -= 3
        }
        return number < 0 ? "-" + digits : digits
    }
}
