import ScenDiagnostics

extension ShapeChecker {
    /// What stands in one mapping, for the checks across its keys.
    private struct Found {
        var written: [String: SourceSpan] = [:]
        /// Keys that unknown ones were probably meant to be.
        var meant: Set<String> = []
        var hasUnknown = false

        func has(_ name: String) -> Bool { written[name] != nil || meant.contains(name) }

        typealias Place = (name: String, span: SourceSpan)

        /// Of those that are written, all but the first, each with the first.
        func extra(_ names: [String]) -> [(other: Place, first: Place)] {
            let places = names.compactMap { name in written[name].map { (name: name, span: $0) } }
                .sorted { $0.span.start < $1.span.start }
            guard let first = places.first else { return [] }
            return places.dropFirst().map { ($0, first) }
        }
    }

    mutating func check(
        _ entries: [YAMLEntry], against section: Section, at span: SourceSpan, _ subject: Subject
    ) -> [YAMLEntry]? {
        var found = Found()
        for entry in entries where section.key(entry.key.text) != nil {
            found.written[entry.key.text] = entry.key.span
        }
        if let open = section.open, open.atLeastOne, entries.isEmpty {
            bag.report(.wrongKind(subject.name, is: "an empty mapping", expected: open.expected, at: span))
            return nil
        }
        var kept: [YAMLEntry] = []
        for entry in entries {
            if let key = section.key(entry.key.text) {
                if let sound = checkKnown(entry, key, found, subject) { kept.append(sound) }
            } else if let handlers = section.handlers, isHeader(entry.key.text, in: section) {
                let inner = Subject(name: "this handler", key: entry.key.span, quiet: subject.quiet)
                if let body = check(entry.value, against: handlers.body, inner) {
                    kept.append(YAMLEntry(key: entry.key, value: body))
                }
            } else if let open = section.open {
                if let sound = checkOpen(entry, open, subject) { kept.append(sound) }
            } else {
                found.hasUnknown = true
                refuseNames(in: entry.value)
                if let meant = reportUnknown(entry.key, in: section) { found.meant.insert(meant) }
            }
        }
        let place = subject.key ?? entries.first?.key.span ?? span
        checkCompanions(section, found)
        for rule in section.rules { check(rule, found, in: section, at: place, subject) }
        for key in section.keys where key.required && !found.has(key.name) {
            bag.report(
                .missingKey(
                    [key.name], in: section.place, at: place,
                    example: key.example.utf8.contains(UInt8(ascii: "\n")) ? nil : key.example))
        }
        return kept
    }

    private mutating func checkKnown(
        _ entry: YAMLEntry, _ key: Key, _ found: Found, _ subject: Subject
    ) -> YAMLEntry? {
        let companion = key.goesWith.contains { found.written[$0] != nil }
        // A key that only adds to another is refused with it.
        if key.support == .later, !subject.quiet, !companion {
            bag.report(.notSupported("'\(key.name)'", at: entry.key.span))
        }
        let inner = Subject(
            name: "'\(key.name)'", key: entry.key.span, quiet: subject.quiet || key.support == .later)
        return check(entry.value, against: key.shape, inner).map { YAMLEntry(key: entry.key, value: $0) }
    }

    private mutating func checkOpen(_ entry: YAMLEntry, _ open: Entries, _ subject: Subject) -> YAMLEntry? {
        if open.besideProperties, case .scalar(let scalar) = entry.value.kind, !Wording.isBlank(scalar.text) {
            let nearest = Suggestion.nearest(entry.key.text, among: KeyTable.properties.map(\.text))
            bag.report(.unknownProperty(entry.key.text, at: entry.key.span, nearest: nearest))
            return nil
        }
        return checkNamed(entry, open, subject)
    }

    /// A header that is merely misspelt is left to the parser, which knows better what is wrong with it.
    private func isHeader(_ key: String, in section: Section) -> Bool {
        HandlerKeys.looksLike(key) || TextParser.isHeader(key) && nearest(key, in: section) == nil
    }

    private func nearest(_ key: String, in section: Section) -> String? {
        Suggestion.nearest(key, among: section.keys.map(\.name) + (section.handlers?.examples ?? []))
    }

    /// Gives back the key that was probably meant.
    private mutating func reportUnknown(_ key: YAMLScalar, in section: Section) -> String? {
        let nearest = nearest(key.text, in: section)
        var notes = section.hint.map { [$0] } ?? []
        if nearest == nil, notes.isEmpty {
            notes = elsewhere(key.text, section).map { [$0] } ?? []
            let names = section.keys.filter { $0.support == .now }.map(\.name)
            if (1...8).contains(names.count) {
                notes.append("\(section.place) has the key\(names.count == 1 ? "" : "s") \(Wording.list(names, "and"))")
            }
        }
        bag.report(.unknownKey(key.text, in: section.place, at: key.span, nearest: nearest, notes: notes))
        return nearest
    }

    /// Where a key of this or nearly this name is known.
    private func elsewhere(_ name: String, _ section: Section) -> String? {
        func places(_ name: String, _ support: Support) -> [String] { KeyTable.places(knowing: name, support, from: section) }
        let exact = places(name, .now)
        if !exact.isEmpty { return Wording.belongs(name, exact) }
        if let near = Suggestion.nearest(name, among: KeyTable.supportedNames) {
            let found = places(near, .now)
            if !found.isEmpty { return Wording.belongs(near, found) }
        }
        let later = places(name, .later)
        return later.isEmpty ? nil : Wording.belongs(name, later)
    }

    private mutating func checkCompanions(_ section: Section, _ found: Found) {
        for key in section.keys {
            guard let span = found.written[key.name] else { continue }
            // An unknown key may be what it goes with.
            if !found.hasUnknown, !key.goesWith.isEmpty, !key.goesWith.contains(where: found.has) {
                let runnable = key.goesWith.filter { section.key($0)?.support == .now }
                bag.report(
                    .misplacedKey(key.name, goesWith: runnable.isEmpty ? key.goesWith : runnable, at: span))
            }
            for needed in key.needs where !needed.contains(where: found.has) {
                bag.report(
                    needed == KeyTable.comparisonNames
                        ? .missingComparison(needed, for: key.name, at: span)
                        : .missingCompanion(needed, for: key.name, at: span))
            }
        }
    }

    private mutating func check(
        _ rule: Rule, _ found: Found, in section: Section, at place: SourceSpan, _ subject: Subject
    ) {
        switch rule {
        case .atLeastOne(let names):
            if !names.contains(where: found.has) {
                bag.report(.missingKey(names, in: section.place, at: place, example: nil))
            }
        case .atMostOne(let names):
            for (other, first) in found.extra(names) {
                bag.report(.conflictingKeys(other.name, first.name, at: other.span, otherAt: first.span))
            }
        case .exactlyOne(let names):
            if !names.contains(where: found.has) {
                bag.report(.missingKey(names, in: section.place, at: place, example: nil))
            }
            for (other, first) in found.extra(names) {
                bag.report(.conflictingKeys(other.name, first.name, at: other.span, otherAt: first.span))
            }
        case .oneForm(let names):
            // An unknown key was probably meant to be the form.
            if !names.contains(where: found.has), !found.hasUnknown {
                bag.report(.noForm(subject.name, at: place, forms: section.hint))
            }
            for (other, first) in found.extra(names) {
                bag.report(.severalForms(other.name, first.name, at: other.span, otherAt: first.span))
            }
        }
    }
}
