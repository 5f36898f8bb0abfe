import ScenDiagnostics
import ScenModel

/// Reads one case: every number of its system model is evaluated, every name in it becomes a node's index, and its algorithm,
/// outcomes and expectations become typed trees.
struct CaseReader {
    /// A hundred years and more would not fit in 63 bits of ns; sums of two such durations do.
    static let durationMax = 70 * 365 * 86_400 * 1_000_000_000

    let syntax: ScenarioSyntax
    let source: SourceFile
    let combination: Combination
    var scope: CaseScope
    var bag = DiagnosticBag()
    var nodes = NodeTable()
    /// What faulty nodes run in place of the algorithm.
    var alternatives: [AlgorithmSyntax] = []
    /// Which expectations apply to this case, by their number.
    var applied: [Int] = []

    init(_ syntax: ScenarioSyntax, source: SourceFile, combination: Combination, base: CaseScope) {
        self.syntax = syntax
        self.source = source
        self.combination = combination
        scope = base
        scope.parameters = combination.constants
    }

    func parameter(_ name: String) -> (name: Identifier, value: ParameterValue)? {
        guard let index = combination.names.firstIndex(where: { $0.text == name }) else { return nil }
        return (combination.names[index], combination.values[index])
    }

    // MARK: Numbers

    mutating func value(
        _ expression: Expression, expecting type: ValueType?, at place: Analyzer.Place = .model
    ) -> Value? {
        guard
            let typed = Analyzer.expression(expression, at: place, expecting: type, in: scope, into: &bag),
            !scope.isBroken(expression)
        else { return nil }
        return ConstantEvaluator.evaluate(typed, into: &bag)
    }

    mutating func wholeNumber(_ expression: Expression, at place: Analyzer.Place = .model) -> Int? {
        value(expression, expecting: .int, at: place)?.wholeNumber
    }

    /// A duration from `least` on that fits in a run.
    mutating func duration(_ expression: Expression, _ what: String, from least: Int = 0) -> Int? {
        guard let ns = value(expression, expecting: .duration)?.wholeNumber else { return nil }
        guard ns >= least, ns <= Self.durationMax else {
            bag.report(
                .outOfRange(
                    what, is: DurationText.exact(ns),
                    expected: least == 0 ? "a duration from 0 to 70 years" : "a duration above 0, at most 70 years",
                    at: expression.span))
            return nil
        }
        return ns
    }

    mutating func probability(_ expression: Expression, _ what: String) -> Double? {
        guard let number = value(expression, expecting: .real)?.realNumber else { return nil }
        guard number >= 0, number <= 1 else {
            let written = source.text(at: expression.span)
            let value = expression.isLiteral ? written : "\(number)"
            let meant = expression.isNumber && number > 1 && number <= 100 ? written : nil
            bag.report(.notAProbability(what, is: value, percent: meant, at: expression.span))
            return nil
        }
        return number
    }

    mutating func positiveReal(_ expression: Expression, _ what: String) -> Double? {
        guard let number = value(expression, expecting: .real)?.realNumber else { return nil }
        guard number > 0 else {
            bag.report(.outOfRange(what, is: "\(number)", expected: "a number above 0", at: expression.span))
            return nil
        }
        return number
    }

    // MARK: Words

    /// A word of the model, or the word that a parameter of this name holds. `supported` are those that this version
    /// carries out; where another one is written in its place, the reader of the file has said so.
    mutating func word<Word: ModelWord>(_ expression: Expression?, _ what: String) -> Word? {
        guard let expression else { return Word.standard }
        guard case .name(let name) = expression.kind else { return nil }
        guard let (_, parameter) = parameter(name) else {
            if scope.broken.contains(name) { return nil }
            return Word(rawValue: name)
        }
        guard case .enumeration = parameter.value, let word = Word(rawValue: parameter.text) else {
            let words = Word.allCases.map(\.rawValue)
            bag.report(
                .parameterIsNoWord(
                    name, parameter.text, for: what, words: words,
                    nearest: Suggestion.nearest(parameter.text, among: words), at: parameter.span,
                    usedAt: expression.span))
            return nil
        }
        return word
    }

    /// Whether the word varies from case to case, so that what one of its values has no use for is no mistake.
    func varies(_ expression: Expression?) -> Bool {
        guard let expression, case .name(let name) = expression.kind else { return false }
        return parameter(name) != nil || scope.broken.contains(name)
    }
}

/// What `network`, `timing` and `model` may be.
protocol ModelWord: RawRepresentable<String>, CaseIterable {
    static var standard: Self { get }
}

extension NetworkModel.Links: ModelWord {
    static var standard: Self { .reliable }
}

extension AdversaryPower: ModelWord {
    static var standard: Self { .eavesdrop }
}

extension TimingModel.Kind: ModelWord {
    static var standard: Self { .asynchronous }
}

extension NodeModel.Kind: ModelWord {
    static var standard: Self { .crashStop }
}

enum ModelWords {
    static let all =
        NetworkModel.Links.allCases.map(\.rawValue) + TimingModel.Kind.allCases.map(\.rawValue)
        + NodeModel.Kind.allCases.map(\.rawValue)
}

extension Expression {
    /// A number without a unit.
    fileprivate var isNumber: Bool {
        switch kind {
        case .integer, .real: true
        default: false
        }
    }
}
