import ScenDiagnostics
import ScenModel

extension CaseReader {
    mutating func readFaults(_ model: NodeModel) -> FaultModel {
        for key in syntax.faultKeys { checkByzantine(key, model.kind) }
        var faults = FaultModel(
            who: .nobody, courses: .init(repeating: .any, count: nodes.count), recovers: model.kind == .crashRecovery)
        if model.kind == .byzantine { faults.behaviours = .init(repeating: [], count: nodes.count) }
        var these: [Int] = []
        switch syntax.faulty {
        case .nobody: break
        case .list(let names):
            these = gather(names.map { ($0, ()) }).map(\.node)
            let behaviour = behaviour(ScenarioSyntax.Fault(), model.kind)
            for node in these { faults.set(.any, behaviour, of: node) }
        case .some(let expression, let exactly, let group, let fault):
            let candidates = group.map { members($0) } ?? Array(0..<nodes.count)
            if let course = course(fault, model.kind) {
                let behaviour = behaviour(fault, model.kind)
                for node in candidates ?? [] { faults.set(course, behaviour, of: node) }
            }
            guard let candidates, let count = faultyCount(expression, of: candidates.count, in: group) else { break }
            faults.who = .some(count: count, exactly: exactly, candidates: candidates)
        case .each(let each):
            let gathered = gather(each.map { ($0.name, $0.content) })
            let read = each.map { course($0.content, model.kind) }
            let behaviours = each.map { behaviour($0.content, model.kind) }
            for (node, index, _) in gathered { faults.set(read[index] ?? .any, behaviours[index], of: node) }
            these = gathered.map(\.node)
        }
        if !these.isEmpty { faults.who = .these(these.sorted()) }
        if case .each(let each) = syntax.faulty, model.kind == .byzantine { readRoles(each, into: &faults) }
        return faults
    }

    private mutating func checkByzantine(_ key: Identifier, _ kind: NodeModel.Kind) {
        if kind != .byzantine, !varies(syntax.nodes.model) { report(key, excludedBy: kind, needs: .byzantine) }
    }

    private mutating func report(_ key: Identifier, excludedBy kind: NodeModel.Kind, needs: NodeModel.Kind) {
        bag.report(
            .faultNotInNodeModel(
                key.text, model: kind.rawValue, needs: needs.rawValue, at: key.span, modelAt: syntax.nodes.model?.span))
    }

    /// A handler that no node ever comes to.
    mutating func warnOfRecovery(_ kind: NodeModel.Kind) {
        guard kind == .crashStop, !varies(syntax.nodes.model) else { return }
        for handler in syntax.algorithm.handlers {
            guard case .recover = handler.trigger else { continue }
            bag.report(.neverRecovers(at: handler.span, modelAt: syntax.nodes.model?.span))
        }
    }

    // MARK: Courses

    /// Nil if something is wrong, which has been reported.
    private mutating func course(_ fault: ScenarioSyntax.Fault, _ kind: NodeModel.Kind) -> FaultModel.Course? {
        if let crashes = fault.crashes { return counted(crashes, kind) }
        if let mttf = fault.mttf { return lifetimes(mttf, fault.mttr, kind) }
        guard let crash = fault.crash else { return .any }
        let moment = moment(crash)
        guard let recover = fault.recover, allowsRecovery(recover.key, kind) else {
            return moment.map { .crash($0, recovery: nil) }
        }
        guard let recovery = self.moment(recover), let moment else { return nil }
        guard recovery.earliest > moment.latest else {
            bag.report(
                .recoveryBeforeCrash(
                    crash: DurationText.exact(moment.latest), recovery: DurationText.exact(recovery.earliest),
                    at: recover.expression.span, crashAt: crash.expression.span))
            return nil
        }
        return .crash(moment, recovery: recovery)
    }

    private mutating func counted(_ crashes: Expression, _ kind: NodeModel.Kind) -> FaultModel.Course? {
        guard let count = wholeNumber(crashes) else { return nil }
        guard count >= 0 else {
            bag.report(.outOfRange("the number of crashes", is: "\(count)", expected: "0 or more", at: crashes.span))
            return nil
        }
        guard count <= 1 || kind != .crashStop else {
            if varies(syntax.nodes.model) { return .crashes(1) }
            bag.report(.crashesAgain(count, at: crashes.span, modelAt: syntax.nodes.model?.span))
            return nil
        }
        return .crashes(count)
    }

    private mutating func lifetimes(
        _ mttf: Expression, _ mttr: ScenarioSyntax.Named<Expression>?, _ kind: NodeModel.Kind
    ) -> FaultModel.Course? {
        let up = duration(mttf, "the mean time to failure", from: 1).map(Double.init)
        guard let mttr, allowsRecovery(mttr.name, kind) else { return up.map { .lifetimes(mttf: $0, mttr: nil) } }
        guard let down = duration(mttr.content, "the mean time to repair", from: 1), let up else { return nil }
        return .lifetimes(mttf: up, mttr: Double(down))
    }

    /// Whether nodes come back. Where the model varies from case to case, those that do not are left as they are.
    mutating func allowsRecovery(_ key: Identifier, _ kind: NodeModel.Kind) -> Bool {
        if kind != .crashStop { return true }
        if !varies(syntax.nodes.model) { report(key, excludedBy: kind, needs: .crashRecovery) }
        return false
    }

    private mutating func moment(_ given: ScenarioSyntax.Fault.Moment) -> FaultModel.Moment? {
        let expression = given.expression
        guard given.isBetween else { return duration(expression, "the moment").map { .at($0) } }
        guard case .range(let low, let high) = expression.kind else {
            bag.report(.notARangeOfMoments(at: expression.span))
            return nil
        }
        guard let first = duration(low, "the moment"), let last = duration(high, "the moment") else { return nil }
        guard first <= last else {
            bag.report(
                .emptyRange("moments", low: DurationText.exact(first), high: DurationText.exact(last), at: expression.span))
            return nil
        }
        return .between(first, last)
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
}

extension FaultModel {
    /// Byzantine nodes crash only where that is said: to omit everything from some point on looks the same.
    fileprivate mutating func set(_ course: Course, _ behaviour: Behaviour, of node: Int) {
        courses[node] = course
        guard !behaviours.isEmpty else { return }
        behaviours[node] = behaviour
        if course == .any { courses[node] = .crashes(0) }
    }
}

extension FaultModel.Moment {
    fileprivate var earliest: Int {
        switch self {
        case .at(let moment), .between(let moment, _): moment
        }
    }
    fileprivate var latest: Int {
        switch self {
        case .at(let moment), .between(_, let moment): moment
        }
    }
}
