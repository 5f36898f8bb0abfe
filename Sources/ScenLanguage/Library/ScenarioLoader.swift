package import ScenDiagnostics

package enum ScenarioLoader {
    /// A value for a parameter from the command line: `--set n=4`. The case list is narrowed to it (a value that the scenario
    /// does not list is allowed if it has the right type).
    package struct Override: Sendable, Hashable {
        package var name: String
        package var value: String
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Reads, parses and analyses every case.
    package static func load(path: String, bytes: [UInt8], overrides: [Override] = []) -> LoadedScenario {
        LoadedScenario(title: nil, tags: [], diagnostics: [], sources: [], cases: [])
    }

}
