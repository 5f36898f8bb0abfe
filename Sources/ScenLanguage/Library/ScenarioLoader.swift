import ScenDiagnostics
import ScenModel

package enum ScenarioLoader {
    /// A value for a parameter from the command line: `--set n=4`. The case list is narrowed to it (a value that the scenario
    /// does not list is allowed if it has the right type).
    package struct Override: Sendable, Hashable {
        package var name: String
        package var value: String
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Reads, parses and analyses every case.
    package static func load(path: String, bytes: [UInt8], overrides: [Override] = []) -> LoadedScenario {
        var load = ScenarioLoad(source: SourceFile(id: .scenario, path: path, bytes: bytes))
        load.read(overrides)
        return load.result
    }
}

/// One scenario on its way from bytes to cases.
private struct ScenarioLoad {
    let source: SourceFile
    var sources: [SourceFile]
    var bag = DiagnosticBag()
    var title: String?
    var tags: [String] = []
    var cases: [TypedCase] = []

    init(source: SourceFile) {
        self.source = source
        sources = [source, PropertyLibrary.standard.source]
    }

    var result: LoadedScenario {
        // What the node model excludes is not merely to come.
        let excluded = Set(bag.all.filter { $0.code == .faultNotInNodeModel }.map(\.span))
        let diagnostics = bag.sorted.filter { $0.code != .notSupported || !excluded.contains($0.span) }
        return LoadedScenario(
            title: title, tags: tags, diagnostics: diagnostics, sources: sources, cases: bag.hasErrors ? [] : cases)
    }

    mutating func read(_ overrides: [ScenarioLoader.Override]) {
        guard let root = YAMLReader.read(source, into: &bag) else { return }
        title = root["scenario"]?.scalar?.text
        tags = (root["tags"]?.items ?? root["tags"].map { [$0] } ?? []).compactMap(\.scalar?.text)
        guard let syntax = ScenarioReader.read(root, into: &bag) else { return }
        let (domains, base) = parameters(syntax, of: root, overrides)
        var list = CaseList(
            source: source, domains: domains, condition: syntax.condition, base: base, mayBeEmpty: !bag.hasErrors)
        let combinations = list.combinations()
        bag.report(contentsOf: list.bag.all)
        readCases(combinations, syntax, base)
    }

    /// Parameters whose values are wrong are known to the rest as broken, so that each mistake is told once.
    private mutating func parameters(
        _ syntax: ScenarioSyntax, of root: YAMLNode, _ overrides: [ScenarioLoader.Override]
    ) -> ([ParameterDomain], CaseScope) {
        var reader = ParameterReader(source: source)
        let read = reader.read(syntax.parameters)
        var domains = read.compactMap { $0 }
        bag.report(contentsOf: reader.bag.all)
        var base = reader.scope
        let sound = domains.map(\.name.text)
        let written = (root["parameters"]?.entries ?? []).map(\.key.text)
        for (position, override) in overrides.enumerated() {
            let id = SourceID(UInt16(clamping: position + 2))
            let override = ParameterOverride(override, id: id)
            sources.append(override.source)
            override.apply(to: &domains, types: &base.types, known: written, into: &bag)
        }
        base.broken = written.filter { !sound.contains($0) } + syntax.refused
        return (domains, base)
    }

    private mutating func readCases(_ combinations: [Combination], _ syntax: ScenarioSyntax, _ base: CaseScope) {
        let hadErrors = bag.hasErrors
        var found = CaseDiagnostics()
        var left = CaseBudget()
        var applied = Set<Int>()
        for combination in combinations {
            var reader = CaseReader(syntax, source: source, combination: combination, base: base)
            if let typed = reader.read(left: &left) { cases.append(typed) }
            found.add(reader.bag.all, inCase: combination.title)
            applied.formUnion(reader.applied)
        }
        let merged = found.merged(cases: combinations.count, known: bag.all)
        let consequences = Consequences(of: syntax.refused, reading: hadErrors, in: source)
        bag.report(contentsOf: merged.filter { !consequences.include($0) })
        guard !bag.hasErrors else { return }
        for (index, expectation) in syntax.expectations.enumerated() {
            if let when = expectation.when, !applied.contains(index) {
                bag.report(.appliesNowhere(expectation.name.text, at: when.span))
            }
        }
    }
}
