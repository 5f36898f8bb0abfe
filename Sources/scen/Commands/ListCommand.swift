import ArgumentParser
import Glibc
import ScenLanguage

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the properties of the library, with one line each.")

    func run() {
        let width = LibraryProperty.all.map(\.name.count).max() ?? 0
        var text = "properties:\n"
        for property in LibraryProperty.all {
            let name = property.name + String(repeating: " ", count: width - property.name.count)
            text += "  \(name)  \(property.definition)\n"
        }
        text += "\nalgorithms: none in this version\n"
        DescriptorWriting.write(text, to: STDOUT_FILENO)
    }
}
