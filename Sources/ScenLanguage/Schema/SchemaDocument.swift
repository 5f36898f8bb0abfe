/// The JSON Schema (draft 7) of the scenario file, from the table of keys: `grammar/scenario.schema.json`, and what
/// `scen schema` prints.
///
/// To scen every scalar is text. Editors read `3` as a number and `true` as a truth value, so any of the three is
/// allowed wherever a scalar stands. What this version does not carry out yet is part of the schema, as it is part of
/// the language.
package enum SchemaDocument {
    package static func json() -> String { document.rendered() + "\n" }

    private static var document: JSONText {
        var definitions: [(key: String, value: JSONText)] = [
            ("text", .object([("type", scalarTypes), ("pattern", .string(notBlank))]))
        ]
        for rule in NameRule.allCases {
            definitions.append((
                definitionName(rule),
                .object([
                    ("type", .string("string")), ("pattern", .string(rule.pattern)),
                    ("not", .object([("enum", .strings(rule.reserved))])),
                ])
            ))
        }
        for (section, _) in KeyTable.sections where section.path != KeyTable.root.path {
            definitions.append((section.path, .object(members(section))))
        }
        return .object(
            [
                ("$schema", .string("http://json-schema.org/draft-07/schema#")),
                ("title", .string("A scenario of scen")),
            ] + members(KeyTable.root) + [("definitions", .object(definitions))])
    }

    static let notBlank = "[^ \\t\\r\\n]"
    private static let scalarTypes = JSONText.strings(["string", "number", "boolean"])

    private static func definitionName(_ rule: NameRule) -> String { "name of \(rule)" }

    private static func reference(_ definition: String) -> JSONText {
        .object([("$ref", .string("#/definitions/" + definition.split(separator: " ").joined(separator: "%20")))])
    }

    // MARK: Sections

    private static func members(_ section: Section) -> [(key: String, value: JSONText)] {
        var members: [(key: String, value: JSONText)] = [("type", .string("object"))]
        members.append(("properties", .object(section.keys.map { ($0.name, property($0)) })))
        let required = section.keys.filter(\.required).map(\.name)
        if !required.isEmpty { members.append(("required", .strings(required))) }
        if let handlers = section.handlers {
            members.append((
                "patternProperties", .object([("^(on|when)[ \\t]+" + notBlank, schema(handlers.body))])
            ))
        }
        if let open = section.open {
            members.append(("propertyNames", propertyNames(open)))
            members.append(("additionalProperties", schema(open.value)))
            if open.atLeastOne { members.append(("minProperties", .integer(1))) }
        } else {
            members.append(("additionalProperties", .bool(false)))
        }
        let rules = section.rules.map(schema)
        if rules.count == 1, case .object(let rule) = rules[0] {
            members += rule
        } else if !rules.isEmpty {
            members.append(("allOf", .array(rules)))
        }
        let dependencies = section.keys.compactMap(dependency)
        if !dependencies.isEmpty { members.append(("dependencies", .object(dependencies))) }
        return members
    }

    private static func schema(_ rule: Rule) -> JSONText {
        switch rule {
        case .exactlyOne(let names), .oneForm(let names):
            .object([("oneOf", .array(names.map { .object([("required", .strings([$0]))]) }))])
        case .atLeastOne(let names): oneRequired(names)
        case .atMostOne(let names):
            .object([
                ("not", .object([("anyOf", .array(pairs(names).map { .object([("required", .strings($0))]) }))]))
            ])
        }
    }

    private static func pairs(_ names: [String]) -> [[String]] {
        names.indices.flatMap { index in names[(index + 1)...].map { [names[index], $0] } }
    }

    private static func oneRequired(_ names: [String]) -> JSONText {
        names.count == 1
            ? .object([("required", .strings(names))])
            : .object([("anyOf", .array(names.map { .object([("required", .strings([$0]))]) }))])
    }

    private static func dependency(_ key: Key) -> (key: String, value: JSONText)? {
        let groups = (key.goesWith.isEmpty ? [] : [key.goesWith]) + key.needs
        switch groups.count {
        case 0: return nil
        case 1: return (key.name, oneRequired(groups[0]))
        default: return (key.name, .object([("allOf", .array(groups.map(oneRequired)))]))
        }
    }

    private static func property(_ key: Key) -> JSONText {
        var text = key.meaning
        if let standard = key.standard { text += " Default: \(standard)." }
        if key.support == .later { text += " Not carried out by this version yet." }
        guard case .object(let members) = schema(key.shape) else { return schema(key.shape) }
        // Draft 7 ignores what stands beside a `$ref`.
        let isReference = members.contains { $0.key == "$ref" }
        return .object(
            [("description", .string(text))] + (isReference ? [("allOf", .array([.object(members)]))] : members))
    }

    // MARK: Shapes

    private static func schema(_ shape: Shape) -> JSONText {
        switch shape {
        case .anything: .object([])
        case .text(let text): schema(text)
        case .list(let list): schema(list)
        case .section(let section): reference(section.path)
        case .entries(let entries): schema(entries, excluding: [])
        case .oneOf(let shapes): .object([("anyOf", .array(alternatives(shapes)))])
        }
    }

    /// A mapping that has a key of one of the sections is measured by that section, so it is not a mapping of names.
    private static func alternatives(_ shapes: [Shape]) -> [JSONText] {
        var taken: [String] = []
        for case .section(let section) in shapes { taken += section.keys.map(\.name) }
        return shapes.map { shape in
            if case .entries(let entries) = shape { return schema(entries, excluding: taken) }
            return schema(shape)
        }
    }

    private static func schema(_ text: TextShape) -> JSONText {
        switch text.kind {
        case .free, .value: return reference("text")
        case .name(let rule): return reference(definitionName(rule))
        case .tag: return .object([("type", scalarTypes), ("pattern", .string("^[^ \\t\\r\\n]+$"))])
        case .verdict:
            return .object([
                ("type", .string("string")),
                ("pattern", .string("^(holds|violated|holds[ \\t\\r\\n]+iff[ \\t\\r\\n]+[^ \\t\\r\\n](.|\\n)*)$")),
            ])
        case .words(let words, let parameter):
            let texts = words.map(\.text)
            let truths: [JSONText] = texts.contains("true") ? [.bool(true), .bool(false)] : []
            let enumeration = texts.map { JSONText.string($0) } + truths
            guard parameter else { return .object([("enum", .array(enumeration))]) }
            return .object([
                ("anyOf", .array([.object([("enum", .array(enumeration))]), reference(definitionName(.parameter))]))
            ])
        }
    }

    private static func schema(_ list: ListShape) -> JSONText {
        var members: [(key: String, value: JSONText)] = [("type", .string("array")), ("items", schema(list.item))]
        if list.count.lowerBound > 0 { members.append(("minItems", .integer(list.count.lowerBound))) }
        if list.count.upperBound < Int.max { members.append(("maxItems", .integer(list.count.upperBound))) }
        if list.distinct { members.append(("uniqueItems", .bool(true))) }
        return .object(members)
    }

    private static func schema(_ entries: Entries, excluding taken: [String]) -> JSONText {
        var members: [(key: String, value: JSONText)] = [("type", .string("object"))]
        var names = propertyNames(entries)
        if !taken.isEmpty {
            names = .object([("allOf", .array([names, .object([("not", .object([("enum", .strings(taken))]))])]))])
        }
        members.append(("propertyNames", names))
        members.append(("additionalProperties", schema(entries.value)))
        if entries.atLeastOne { members.append(("minProperties", .integer(1))) }
        return .object(members)
    }

    private static func propertyNames(_ entries: Entries) -> JSONText {
        switch entries.naming {
        case .free: return .object([("pattern", .string(notBlank))])
        case .name(let rule): return reference(definitionName(rule))
        case .functionHeader:
            let name = NameRule.function.pattern.dropFirst().dropLast()
            let blank = "[ \\t]*"
            let parameters = "(\(name)(\(blank),\(blank)\(name))*)?"
            return .object([
                ("pattern", .string("^\(blank)\(name)\(blank)\\(\(blank)\(parameters)\(blank)\\)\(blank)$"))
            ])
        }
    }
}
