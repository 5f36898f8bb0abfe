import ArgumentParser
import Glibc
import ScenDiagnostics

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a diagnostic means, with an example and its mending.",
        discussion: "Without a code, all codes are listed.")

    @Argument(help: "What stands in brackets, such as 'unknown-name'.")
    var code: String?

    func run() throws {
        guard let code else {
            let list = DiagnosticCode.allCases.map(\.rawValue).joined(separator: "\n")
            DescriptorWriting.write(list + "\n", to: STDOUT_FILENO)
            return
        }
        // As it stands in a message: error[unknown-name].
        let bare = code.split(separator: "[").last.map { String($0.prefix { $0 != "]" }) } ?? code
        guard let known = DiagnosticCode(rawValue: bare) else {
            let near = Suggestion.nearest(bare, among: DiagnosticCode.allCases.map(\.rawValue))
            let hint = near.map { "did you mean '\($0)'?" } ?? "'scen explain' lists all"
            throw ValidationError("there is no code '\(DisplayText.line(bare))'; \(hint)")
        }
        DescriptorWriting.write(Self.text(known), to: STDOUT_FILENO)
    }

    private static func text(_ code: DiagnosticCode) -> String {
        var text = code.rawValue + "\n"
        guard let explanation = code.explanation else { return text }
        text += "\n" + wrapped(explanation.meaning)
        if let wrong = explanation.wrong { text += "\nwrong:\n" + indented(wrong) }
        text += (explanation.wrong == nil ? "\nwhat to do:\n" : "\nright:\n") + indented(explanation.right)
        return text
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
    }

    private static func wrapped(_ text: String) -> String {
        var lines = [""]
        for word in text.split(whereSeparator: \.isWhitespace) {
            if lines[lines.count - 1].count + word.count + 1 > 80 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
