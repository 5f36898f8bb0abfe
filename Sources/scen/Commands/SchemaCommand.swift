import ArgumentParser
import Glibc
import ScenLanguage

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of the scenario file, for editors.")

    func run() {
        DescriptorWriting.write(SchemaDocument.json(), to: STDOUT_FILENO)
    }
}
