import ScenDiagnostics
package import ScenModel

/// Commands that a reader can copy into a shell.
package enum ShellText {
    /// Shows this run of a case again, in full. One that was explored has no seed: it is found again.
    package static func rerun(
        _ story: Story, file: String, parameters: [CompiledCase.Parameter]
    ) -> String {
        var words = ["scen", "run", file]
        for parameter in parameters {
            words += ["--set", "\(parameter.name)=\(parameter.text)"]
        }
        if !story.isExplored { words += ["--seed", "\(story.seed)", "--runs", "1"] }
        words.append("--verbose")
        return words.map(quoted).joined(separator: " ")
    }

    /// Tells the run of a trace file, in full.
    package static func replay(trace: String) -> String {
        ["scen", "replay", trace, "--verbose"].map(quoted).joined(separator: " ")
    }

    /// As one word of a POSIX shell.
    static func quoted(_ word: String) -> String {
        let plain = word.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", "=", ":", ",", "+", "@", "%": true
            default: false
            }
        }
        if plain, !word.isEmpty { return word }
        // Control characters would act on the terminal: such a name cannot be copied anyway.
        let visible = DisplayText.line(word, scalarsMax: 4_096)
        return "'" + visible.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
