/// The one table of keys: what may stand where in a scenario, what it means, and whether this version carries it out.
///
/// It drives reading (`ShapeChecker`), the JSON Schema (`SchemaDocument`) and the key reference (`KeyReference`).
/// To carry out what is refused so far, change its `.later`.
package enum KeyTable {
    package static let root = Section(
        "", "at the top level", [
            scenario, description, tags, parameters, filter,
            network, timing, nodes, faulty, timeline,
            algorithm, algorithms, inputs, workload, outcomes,
            run, expect, exercise,
        ])

    /// Every section, outer ones first, and whether this version carries it out.
    package static let sections: [(section: Section, support: Support)] = {
        var found: [(section: Section, support: Support)] = []
        var queue: [(shape: Shape, support: Support)] = [(.section(root), .now)]
        var next = 0
        while next < queue.count {
            let (shape, support) = queue[next]
            next += 1
            switch shape {
            case .text, .anything: break
            case .list(let list): queue.append((list.item, support))
            case .entries(let entries): queue.append((entries.value, support))
            case .oneOf(let shapes): queue += shapes.map { ($0, support) }
            case .section(let section):
                if found.contains(where: { $0.section.path == section.path }) { continue }
                found.append((section, support))
                for key in section.keys { queue.append((key.shape, support == .now ? key.support : .later)) }
                if let open = section.open { queue.append((open.value, support)) }
                if let handlers = section.handlers { queue.append((handlers.body, support)) }
            }
        }
        return found
    }()

    /// Where `name` is a key: at most two places, those below `here` if there are any, else outer ones first.
    package static func places(knowing name: String, _ support: Support, from here: Section) -> [String] {
        var (inside, places): ([String], [String]) = ([], [])
        for (section, outer) in sections {
            let key = section.key(name)
            let isHandler = section.handlers != nil && HandlerKeys.looksLike(name)
            guard key != nil || isHandler else { continue }
            let found: Support = outer == .now && key?.support ?? .now == .now ? .now : .later
            guard found == support, section.place != here.place else { continue }
            places.append(section.place)
            if section.path.hasPrefix(here.path + ".") { inside.append(section.place) }
        }
        return Array((inside.isEmpty ? places : inside).prefix(2))
    }

    /// Every key that this version carries out, outer ones first.
    package static let supportedNames: [String] = sections.flatMap { section, support in
        support == .now ? section.keys.filter { $0.support == .now }.map(\.name) : []
    }
}

extension HandlerKeys {
    package static func looksLike(_ key: String) -> Bool {
        for start in ["on", "when"] where key.hasPrefix(start) {
            let rest = key.utf8.dropFirst(start.utf8.count)
            if let first = rest.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") { return true }
        }
        return false
    }
}

/// Shorthands for the tables.
extension Shape {
    static func code(_ expected: String) -> Shape { .text(TextShape(.free, expected)) }

    static func value(_ expected: String) -> Shape { .text(TextShape(.value, expected)) }

    static func name(_ rule: NameRule) -> Shape { .text(TextShape(.name(rule), rule.what)) }

    static func words(_ words: [AllowedWord], parameter: Bool = false) -> Shape {
        let texts = words.map(\.text)
        let list = Wording.list(texts, "or")
        let expected = (texts.count == 1 ? "the word " : "one of the words ") + list
        return .text(
            TextShape(
                .words(words, parameter: parameter),
                parameter ? expected + ", or the name of a parameter" : expected))
    }

    static func words(_ texts: String..., parameter: Bool = false) -> Shape {
        words(texts.map { AllowedWord($0) }, parameter: parameter)
    }
}
