import ScenLanguage

/// Which of the scenarios that were named are run.
struct Selection: Sendable {
    /// Part of the title or of the path, whatever the case of its letters.
    var filter: String?
    /// Any of these.
    var tags: [String]

    var isEverything: Bool { filter == nil && tags.isEmpty }

    /// A file that is too broken to have a title is selected unless its path was asked for: whether it would match cannot be
    /// known, and passing over it in silence could make a test pass.
    func selects(_ loaded: LoadedScenario, file: String) -> Bool {
        guard let title = loaded.title else { return true }
        if let filter {
            let wanted = filter.lowercased()
            guard title.lowercased().contains(wanted) || file.lowercased().contains(wanted) else { return false }
        }
        return tags.isEmpty || tags.contains { loaded.tags.contains($0) }
    }
}
