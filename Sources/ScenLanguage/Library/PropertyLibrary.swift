import ScenDiagnostics

/// The properties as they are analysed: parsed once, with a source of their own for places.
struct PropertyLibrary: Sendable {
    let source: SourceFile
    private var conditions: [String: Expression] = [:]
    private var settled: [String: Expression] = [:]

    static let standard = PropertyLibrary(LibraryProperty.all)

    private init(_ properties: [LibraryProperty]) {
        var text = ""
        var places: [(property: String, isSettled: Bool, text: String, start: Int)] = []
        func write(_ condition: String, of property: LibraryProperty, isSettled: Bool) {
            text += "\(property.name)\(isSettled ? ", settled" : ""): "
            places.append((property.name, isSettled, condition, text.utf8.count))
            text += "\(condition)\n"
        }
        for property in properties {
            write(property.condition, of: property, isSettled: false)
            if case .lasting(let settled, _) = property.form { write(settled, of: property, isSettled: true) }
        }
        source = SourceFile(id: .library, path: "<library>", text: text)
        var bag = DiagnosticBag()
        for place in places {
            let scalar = YAMLScalar(
                text: place.text, style: .plain,
                span: SourceSpan(.library, place.start, place.start + place.text.utf8.count),
                pieces: [.init(content: 0, file: place.start)])
            let expression = TextParser(scalar, hyphenated: []).expression(into: &bag)
            if place.isSettled {
                settled[place.property] = expression
            } else {
                conditions[place.property] = expression
            }
        }
    }

    func property(_ name: String) -> (property: LibraryProperty, condition: Expression, settled: Expression?)? {
        guard let property = LibraryProperty.all.first(where: { $0.name == name }), let condition = conditions[name]
        else { return nil }
        return (property, condition, settled[name])
    }
}

extension SourceID {
    static let library = SourceID(1)
}
