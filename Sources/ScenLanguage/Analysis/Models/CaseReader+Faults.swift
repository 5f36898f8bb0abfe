import ScenDiagnostics
import ScenModel

extension CaseReader {
    mutating func readFaults(_ model: NodeModel) -> FaultModel {
        for key in syntax.faultKeys { checkFault(key, model.kind) }
        var crash = [FaultModel.CrashMoment](repeating: .any, count: nodes.count)
        switch syntax.faulty {
        case .nobody:
            return FaultModel(who: .nobody, crash: crash)
        case .list(let names):
            let these = gather(names.map { ($0, ()) }).map(\.node)
            return FaultModel(who: these.isEmpty ? .nobody : .these(these.sorted()), crash: crash)
        case .some(let expression, let exactly, let group, let moment, _):
            let candidates = group.map { members($0) } ?? Array(0..<nodes.count)
            if let moment = moment.map({ read($0) }) {
                for node in candidates ?? [] { crash[node] = moment }
            }
            guard let candidates, let count = faultyCount(expression, of: candidates.count, in: group) else {
                return FaultModel(who: .nobody, crash: crash)
            }
            return FaultModel(who: .some(count: count, exactly: exactly, candidates: candidates), crash: crash)
        case .each(let faults):
            let these = gather(faults.map { ($0.name, $0.content) })
            var moments: [Int: FaultModel.CrashMoment] = [:]
            for (index, fault) in faults.enumerated() { moments[index] = read(fault.content) }
            for (node, index, _) in these { crash[node] = moments[index] ?? .any }
            return FaultModel(who: these.isEmpty ? .nobody : .these(these.map(\.node).sorted()), crash: crash)
        }
    }

    /// What stands in the file is what the model would have to allow; words that vary are judged case by case.
    private mutating func checkFault(_ key: Identifier, _ kind: NodeModel.Kind) {
        let needs: [NodeModel.Kind]
        switch key.text {
        case "recover", "mttr": needs = [.crashRecovery, .byzantine]
        default: needs = [.byzantine]
        }
        guard !needs.contains(kind) else { return }
        bag.report(
            .faultNotInNodeModel(
                key.text, model: kind.rawValue, needs: needs[0].rawValue, at: key.span, modelAt: syntax.nodes.model?.span))
    }

    /// The nodes behind names of nodes and groups, each with the number of the name; a node that is named twice is a
    /// mistake.
    mutating func gather<Content>(
        _ names: [(Identifier, Content)], expected: String = "a node or group"
    ) -> [(node: Int, index: Int, content: Content)] {
        var gathered: [(node: Int, index: Int, content: Content)] = []
        var first: [Int: SourceSpan] = [:]
        for (index, (name, content)) in names.enumerated() {
            guard let members = members(name, expected: expected) else { continue }
            if let double = members.first(where: { first[$0] != nil }), let before = first[double] {
                bag.report(.nodeNamedTwice(nodes.name(double), by: name.text, at: name.span, first: before))
                continue
            }
            for node in members {
                first[node] = name.span
                gathered.append((node, index, content))
            }
        }
        return gathered
    }

    private mutating func faultyCount(_ expression: Expression, of candidates: Int, in group: Identifier?) -> Int? {
        guard let count = wholeNumber(expression) else { return nil }
        guard count >= 0 else {
            bag.report(.outOfRange("the number of faulty nodes", is: "\(count)", expected: "0 or more", at: expression.span))
            return nil
        }
        guard count <= candidates else {
            bag.report(.tooManyFaulty(count, of: candidates, in: group?.text, at: expression.span))
            return nil
        }
        return count
    }

    private mutating func read(_ crash: ScenarioSyntax.Crash) -> FaultModel.CrashMoment {
        switch crash.moment {
        case .any: return .any
        case .at(let moment): return duration(moment, "the moment").map { .at($0) } ?? .any
        case .between(let range):
            guard case .range(let low, let high) = range.kind else {
                bag.report(.notARangeOfMoments(at: range.span))
                return .any
            }
            guard let first = duration(low, "the moment"), let last = duration(high, "the moment") else { return .any }
            guard first <= last else {
                bag.report(
                    .emptyRange("moments", low: DurationText.exact(first), high: DurationText.exact(last), at: range.span))
                return .any
            }
            return .between(first, last)
        }
    }
}
