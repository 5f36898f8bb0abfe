import ScenDiagnostics

/// Which keys a mapping has. Few mappings have many; a dictionary for each would cost more than the reading.
struct KeyPlaces {
    private static let listMax = 8
    private var list: [(key: String, place: SourceSpan)] = []
    private var dictionary: [String: SourceSpan] = [:]

    /// The place of the same key, if it is there already.
    mutating func insert(_ key: String, at place: SourceSpan) -> SourceSpan? {
        if let same = list.first(where: { $0.key == key }) { return same.place }
        if list.count < Self.listMax {
            list.append((key, place))
            return nil
        }
        if let same = dictionary[key] { return same }
        dictionary[key] = place
        return nil
    }
}
