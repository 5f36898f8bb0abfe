import ArgumentParser
import Glibc
import ScenLanguage

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the properties of the library, with one line each.")

    func run() {
        let width = KeyTable.properties.map(\.text.count).max() ?? 0
        var text = "properties:\n"
        for word in KeyTable.properties {
            let name = word.text + String(repeating: " ", count: width - word.text.count)
            let later = word.support == .later ? " (not in this version)" : ""
            text += "  \(name)  \(KeyTable.meaning(of: word.text))\(later)\n"
        }
        text += "\nalgorithms: none in this version\n"
        DescriptorWriting.write(text, to: STDOUT_FILENO)
    }
}
