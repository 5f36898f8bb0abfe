import ArgumentParser

enum OutputFormat: String, CaseIterable, Sendable {
    case pretty, json

    private static let later = ["junit", "tap", "github"]

    @Sendable static func parse(_ text: String) throws -> OutputFormat {
        if let format = OutputFormat(rawValue: text) { return format }
        let known = "use 'pretty' or 'json'"
        if later.contains(text) { throw ValidationError("format '\(text)' is not in this version; \(known)") }
        throw ValidationError("there is no format '\(text)'; \(known)")
    }
}

extension Terminal.ColorChoice: ExpressibleByArgument {}
