import ScenModel

/// What became of a variable: both values, or only the difference where they are long.
struct ValueChange {
    let from: Value
    let to: Value
    let values: ValueText

    func text(columns: Int) -> String {
        let whole = "\(values(from)) -> \(values(to))"
        if whole.count <= columns { return whole }
        if let difference { return Paint.shortened(difference, to: columns) }
        return Paint.shortened(values(from), to: columns / 2) + " -> "
            + Paint.shortened(values(to), to: columns / 2)
    }

    private var difference: String? {
        switch (from, to) {
        case (.set(let old), .set(let new)):
            let before = Set(old), after = Set(new)
            return changes(
                added: new.filter { !before.contains($0) }.map { values($0) },
                removed: old.filter { !after.contains($0) }.map { values($0) },
                count: new.count, noun: "element")
        case (.list(let old), .list(let new)):
            if new.starts(with: old) {
                let added = new[old.count...].map { values($0) }
                return "appended \(added.joined(separator: ", ")); \(NumberText.count(new.count, "element"))"
            }
            if old.count == new.count {
                let changed = new.indices.filter { old[$0] != new[$0] }
                    .map { "[\($0)] \(values(old[$0])) -> \(values(new[$0]))" }
                return changed.joined(separator: ", ")
            }
            return nil
        case (.map(let old), .map(let new)):
            let before = Set(old), after = Set(new)
            return changes(
                added: new.filter { !before.contains($0) }.map { "\(values($0.key)): \(values($0.value))" },
                removed: old.filter { !after.contains($0) }.map { "\(values($0.key)): \(values($0.value))" },
                count: new.count, noun: "entry", plural: "entries")
        case (.record(let type, let old), .record(_, let new)) where old.count == new.count:
            let names = values.types.records.indices.contains(type) ? values.types.records[type].fields : []
            return new.indices.filter { old[$0] != new[$0] }
                .map { index in
                    let name = names.indices.contains(index) ? names[index].name : "\(index)"
                    return "\(name): \(values(old[index])) -> \(values(new[index]))"
                }
                .joined(separator: ", ")
        default: return nil
        }
    }

    private func changes(
        added: [String], removed: [String], count: Int, noun: String, plural: String? = nil
    ) -> String {
        var parts: [String] = []
        if !added.isEmpty { parts.append("with " + added.joined(separator: ", ")) }
        if !removed.isEmpty { parts.append("without " + removed.joined(separator: ", ")) }
        return parts.joined(separator: ", ") + "; \(NumberText.count(count, noun, plural: plural))"
    }
}
