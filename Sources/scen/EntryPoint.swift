import ArgumentParser
import Glibc
import ScenModel
import ScenReport

@main
struct EntryPoint {
    /// The parser has exit statuses of its own; wrong usage is 2 here.
    static func main() async {
        do {
            try refuseArgumentsThatAreNotText()
            var command = try ScenCommand.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let status as ExitCode {
            exit(status.rawValue)
        } catch {
            let text = ScenCommand.fullMessage(for: error) + "\n"
            if ScenCommand.exitCode(for: error) == .success {
                DescriptorWriting.write(text, to: STDOUT_FILENO)
                exit(ExitStatus.passed)
            }
            Terminal.error(text)
            exit(ExitStatus.invalid)
        }
    }

    private static func refuseArgumentsThatAreNotText() throws {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            let bytes = UnsafeBufferPointer(start: argument, count: strlen(argument)).map { UInt8(bitPattern: $0) }
            guard String(validating: bytes, as: UTF8.self) == nil else { continue }
            let shown = String(decoding: bytes, as: UTF8.self)
            throw ValidationError("argument \(index), '\(shown)', is not valid UTF-8")
        }
    }
}

struct ScenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scen",
        abstract: "Test what distributed systems guarantee, under the models of the textbooks.",
        version: "scen \(ScenVersion.text)",
        subcommands: [
            RunCommand.self, ReplayCommand.self, CheckCommand.self, ListCommand.self, SchemaCommand.self,
            ExplainCommand.self,
        ])
}
