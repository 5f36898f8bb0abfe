import ScenDiagnostics

/// Which of the alternatives of a shape a node of some kind is measured by.
extension Shape {
    var text: TextShape? {
        switch self {
        case .text(let text): text
        case .oneOf(let shapes): shapes.lazy.compactMap(\.text).first
        default: nil
        }
    }

    var list: ListShape? {
        switch self {
        case .list(let list): list
        case .oneOf(let shapes): shapes.lazy.compactMap(\.list).first
        default: nil
        }
    }

    enum Mapping {
        case section(Section)
        case entries(Entries)
    }

    /// The section that knows one of the keys that are written, else names of the user's, else a section that knows
    /// something like one of the keys: `faulty: {upto: 1}` names no node.
    func mapping(for entries: [YAMLEntry]) -> Mapping? {
        switch self {
        case .section(let section): return .section(section)
        case .entries(let names): return .entries(names)
        case .oneOf(let shapes):
            var sections: [Section] = []
            var open: Entries?
            for case .section(let section) in shapes { sections.append(section) }
            for case .entries(let names) in shapes { open = names }
            guard let open else { return sections.first.map(Mapping.section) }
            for section in sections where entries.contains(where: { section.key($0.key.text) != nil }) {
                return .section(section)
            }
            for section in sections where entries.contains(where: { section.isMeant(by: $0) }) {
                return .section(section)
            }
            return .entries(open)
        default: return nil
        }
    }
}

extension Section {
    /// True for a mistyped key of this section that is hardly a name: hyphens look like the language's own words.
    fileprivate func isMeant(by entry: YAMLEntry) -> Bool {
        let words = keys.map(\.name).filter { $0.utf8.count > 3 }
        return Suggestion.nearest(entry.key.text, among: words) != nil
    }
}
