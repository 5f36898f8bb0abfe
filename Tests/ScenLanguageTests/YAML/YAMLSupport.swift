import ScenDiagnostics
import ScenLanguage

/// What a reader of the schema does with every list and mapping.
func flowSplits(_ node: YAMLNode) -> [Diagnostic] {
    if let split = FlowSplit.check(node) { return [split] }
    switch node.kind {
    case .scalar: return []
    case .sequence(let items, _): return items.flatMap(flowSplits)
    case .mapping(let entries, _): return entries.flatMap { flowSplits($0.value) }
    }
}

extension YAMLNode {
    /// All scalars, keys included, in the order of the file.
    var scalars: [YAMLScalar] {
        switch kind {
        case .scalar(let scalar): [scalar]
        case .sequence(let items, _): items.flatMap(\.scalars)
        case .mapping(let entries, _): entries.flatMap { [$0.key] + $0.value.scalars }
        }
    }

    /// As JSON with single quotes, for comparison.
    var outline: String {
        switch kind {
        case .scalar(let scalar): "'\(scalar.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎"))'"
        case .sequence(let items, _): "[\(items.map(\.outline).joined(separator: ", "))]"
        case .mapping(let entries, _):
            "{\(entries.map { "\($0.key.text): \($0.value.outline)" }.joined(separator: ", "))}"
        }
    }
}
