/// What is said of paths on the command line, before there is any text.
extension Diagnostic {
    private static func unreadable(_ message: String, note: String? = nil) -> Diagnostic {
        Diagnostic(
            .unreadableFile, message, at: SourceSpan(.scenario, 0, 0),
            notes: note.map { [Note($0)] } ?? [])
    }

    /// `reason` is the operating system's: `permission denied`.
    package static func cannotRead(_ path: String, reason: String) -> Diagnostic {
        unreadable("cannot read '\(path)': \(reason)")
    }

    package static func noSuchFile(_ path: String, nearest: String?) -> Diagnostic {
        unreadable("there is no file or folder '\(path)'", note: nearest.map { "did you mean '\($0)'?" })
    }

    package static func notAFile(_ path: String, is kind: String) -> Diagnostic {
        unreadable(
            "'\(path)' is \(kind), not a file", note: "'-' reads a scenario from standard input")
    }

    package static func fileTooLarge(_ path: String, bytesMax: Int) -> Diagnostic {
        Diagnostic(
            .fileTooLarge, "'\(path)' is larger than \(bytesMax >> 20) MiB", at: SourceSpan(.scenario, 0, 0),
            notes: [Note("a scenario is written by hand and far smaller")])
    }

    package static func noScenarios(in folder: String) -> Diagnostic {
        unreadable(
            "no scenario in folder '\(folder)'",
            note: "looked for *.yaml and *.yml, in its subfolders too, but for hidden ones")
    }

    package static func globMatchesNothing(_ pattern: String) -> Diagnostic {
        unreadable("no file matches '\(pattern)'", note: "'**' stands for any folders, '*' and '?' stop at '/'")
    }

    package static func pathNotUTF8(_ path: String) -> Diagnostic {
        unreadable("the name of '\(path)' is not valid UTF-8")
    }

    package static func emptyPath() -> Diagnostic {
        unreadable("an empty text is not a path")
    }
}
