import ArgumentParser
import Glibc
import ScenLanguage

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the properties of the library: what each says, and where it comes from.")

    func run() {
        var text = "properties:\n"
        for property in LibraryProperty.all {
            text += "  \(property.name)\n      \(property.definition)\n      \(property.origin)\n"
        }
        text += "\nalgorithms: none in this version\n"
        DescriptorWriting.write(text, to: STDOUT_FILENO)
    }
}
