import ScenModel

extension JSONReport {
    /// Runs that look the same to a node as the one before; events in the order of the run.
    static func lookAlikes(_ lookAlikes: LookAlikes) -> JSONValue {
        var members: [JSONValue.Member] = []
        if let unknown = lookAlikes.unknown { members.append(.init("unknown", .string(unknown))) }
        members.append(.init("runs", .array(lookAlikes.runs.map(run))))
        if lookAlikes.more > 0 { members.append(.init("more", .int(lookAlikes.more))) }
        return .object(members)
    }

    private static func run(_ run: LookAlikes.Run) -> JSONValue {
        let values = ValueText(types: run.story.types)
        let events = EventText(story: run.story)
        var members: [JSONValue.Member] = []
        if let node = run.node { members.append(.init("looksTheSameTo", .string(values.node(node)))) }
        if !run.text.isEmpty { members.append(.init("condition", .string(run.text))) }
        let inputs = run.story.inputs.enumerated().map { JSONValue.Member(values.node($0), .string(values($1))) }
        if !inputs.isEmpty { members.append(.init("inputs", .object(inputs))) }
        members += [
            .init("faulty", .array(run.story.faulty.map { .string(values.node($0)) })),
            .init("events", .array(run.story.steps.flatMap(events.texts).map { .string($0) })),
            .init("ends", .bool(run.story.end == .quiescent)),
        ]
        return .object(members)
    }
}
