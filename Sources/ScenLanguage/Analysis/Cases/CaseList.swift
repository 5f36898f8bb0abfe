import ScenDiagnostics
import ScenModel

/// One value for each parameter.
struct Combination {
    var names: [Identifier]
    var values: [ParameterValue]

    /// `n=3, f=1`; empty without parameters.
    var title: String {
        zip(names, values).map { "\($0.text)=\($1.text)" }.joined(separator: ", ")
    }

    var compiled: [CompiledCase.Parameter] {
        zip(names, values).map { CompiledCase.Parameter(name: $0.text, value: $1.value, text: $1.text) }
    }

    var constants: [CaseScope.Constant] {
        zip(names, values).map { CaseScope.Constant(name: $0.text, value: $1.value, type: $1.type) }
    }
}

/// Multiplies parameters out, the last one fastest.
struct CaseList {
    static let casesMax = 10_000

    let source: SourceFile
    let domains: [ParameterDomain]
    let condition: Expression?
    /// What is known everywhere: words of parameters, and parameters that are broken.
    let base: CaseScope
    /// False where a value of a parameter is missing because it is wrong: then nothing follows from finding no case.
    let mayBeEmpty: Bool
    var bag = DiagnosticBag()

    init(source: SourceFile, domains: [ParameterDomain], condition: Expression?, base: CaseScope, mayBeEmpty: Bool) {
        self.source = source
        self.domains = domains
        self.condition = condition
        self.base = base
        self.mayBeEmpty = mayBeEmpty
    }

    /// Empty if there are none or too many, which has been reported.
    mutating func combinations() -> [Combination] {
        guard let total = count() else { return [] }
        // An empty parameter has been reported where it stands.
        guard total > 0 else { return [] }
        var indices = [Int](repeating: 0, count: domains.count)
        var kept: [Combination] = []
        for _ in 0..<total {
            if let combination = combination(indices), satisfiesCondition(combination) { kept.append(combination) }
            advance(&indices)
        }
        if kept.isEmpty, mayBeEmpty, !bag.hasErrors, let condition { bag.report(.nothingLeft(of: total, at: condition.span)) }
        return kept
    }

    private mutating func count() -> Int? {
        if domains.contains(where: { $0.count == 0 }) { return 0 }
        var total = 1
        var overflow = false
        for domain in domains {
            let product = total.multipliedReportingOverflow(by: domain.count)
            overflow = overflow || product.overflow || domain.count == Int.max
            total = product.overflow ? Int.max : product.partialValue
        }
        guard overflow || total > Self.casesMax else { return total }
        let factors = domains.filter { $0.count > 1 }
        let largest = factors.max { $0.count < $1.count }
        bag.report(
            .tooManyCases(
                overflow ? nil : total, max: Self.casesMax, at: largest?.span ?? source.end,
                factors: factors.map { "\($0.count == Int.max ? "more than 2^63" : "\($0.count)") values of '\($0.name.text)'" }))
        return nil
    }

    private func advance(_ indices: inout [Int]) {
        for position in indices.indices.reversed() {
            indices[position] += 1
            if indices[position] < domains[position].count { return }
            indices[position] = 0
        }
    }

    private mutating func combination(_ indices: [Int]) -> Combination? {
        var combination = Combination(names: domains.map(\.name), values: [])
        for (domain, index) in zip(domains, indices) {
            switch domain.content {
            case .values(let values): combination.values.append(values[index])
            case .range(let low, _):
                combination.values.append(
                    ParameterValue(value: .int(low + index), type: .int, text: String(low + index), span: domain.span))
            case .computed(let expression):
                guard let value = computed(expression, after: combination) else { return nil }
                combination.values.append(value)
            }
        }
        return combination
    }

    private mutating func computed(_ expression: Expression, after earlier: Combination) -> ParameterValue? {
        var scope = base
        scope.parameters = earlier.constants
        guard
            let typed = Analyzer.expression(expression, at: .parameters, expecting: nil, in: scope, into: &bag),
            !base.isBroken(expression),
            let value = ConstantEvaluator.evaluate(typed, into: &bag)
        else { return nil }
        return ParameterValue(computed: value, by: expression, types: base.types, into: &bag)
    }

    /// A condition that is wrong keeps every combination, so that mistakes elsewhere are found too.
    private mutating func satisfiesCondition(_ combination: Combination) -> Bool {
        guard let condition, !bag.hasErrors else { return true }
        var scope = base
        scope.parameters = combination.constants
        guard
            let typed = Analyzer.expression(condition, at: .parameters, expecting: .bool, in: scope, into: &bag),
            !base.isBroken(condition),
            let value = ConstantEvaluator.evaluate(typed, into: &bag)
        else { return true }
        return value == .bool(true)
    }
}

extension CaseScope {
    /// Whether the expression speaks of something whose value is wrong, so that it has none.
    func isBroken(_ expression: Expression) -> Bool {
        !broken.isEmpty && expression.firstName(where: broken.contains) != nil
    }
}

extension SourceFile {
    var end: SourceSpan { SourceSpan(id, bytes.count, bytes.count) }
}
