import Foundation
import Testing

/// What may stand where a scenario is named.
struct PathTests {
    private static let broken = "scenario: [\n"

    @Test(arguments: [
        (["gone.yaml"], "there is no file or folder 'gone.yaml'"),
        (["a.yml"], "did you mean 'a.yaml'?"),
        (["sub/B.yaml"], "did you mean 'sub/b.yaml'?"),
        (["empty"], "no scenario in folder 'empty'"),
        (["*.toml"], "no file matches '*.toml'"),
        (["**/nothing*"], "no file matches '**/nothing*'"),
        ([""], "an empty text is not a path"),
        (["/dev/null"], "'/dev/null' is a device, not a file"),
        (["dangling.yaml"], "cannot read 'dangling.yaml': no such file or directory"),
    ])
    func cannotBeRead(_ arguments: [String], _ message: String) throws {
        let scratch = try Scratch(["a.yaml": Self.broken, "sub/b.yaml": Self.broken, "empty/note.txt": ""])
        try FileManager.default.createSymbolicLink(
            at: scratch.folder.appending(path: "dangling.yaml"), withDestinationURL: URL(filePath: "/nowhere/at/all"))
        for command in ["run", "check"] {
            let result = try ScenProcess.run([command] + arguments, in: scratch.folder)
            #expect(result.status == 2)
            #expect(result.err.contains("error[unreadable-file]: "))
            #expect(result.err.contains(message))
        }
    }

    @Test func pipesAreNotWaitedFor() throws {
        let scratch = try Scratch()
        let pipe = scratch.folder.appending(path: "pipe.yaml").path()
        #expect(mkfifo(pipe, 0o644) == 0)
        let result = try scratch.run("check", pipe)
        #expect(result.status == 2)
        #expect(result.err.contains("is a pipe, not a file"))
        // In a folder it is no scenario.
        #expect(try scratch.run("check", ".").err.contains("no scenario in folder"))
    }

    @Test func foldersAreWalkedInTheOrderOfTheirBytes() throws {
        let scratch = try Scratch([
            "b.yaml": Self.broken, "a.yml": Self.broken, "B.yaml": Self.broken, "sub/deep/c.yaml": Self.broken,
            ".hidden/d.yaml": Self.broken, "note.txt": "", "é.yaml": Self.broken,
        ])
        try FileManager.default.createSymbolicLink(
            at: scratch.folder.appending(path: "sub/loop"), withDestinationURL: scratch.folder)
        #expect(try files(scratch, ".") == ["B.yaml", "a.yml", "b.yaml", "sub/deep/c.yaml", "é.yaml"])
        #expect(try files(scratch, "sub/") == ["sub/deep/c.yaml"])
        #expect(try files(scratch, "b.yaml", ".", "./b.yaml") == ["b.yaml", "B.yaml", "a.yml", "sub/deep/c.yaml", "é.yaml"])
    }

    @Test func patterns() throws {
        let scratch = try Scratch([
            "a.yaml": Self.broken, "b.yaml": Self.broken, "x/a.yaml": Self.broken, "x/y/a.yaml": Self.broken,
            "[a].yaml": Self.broken,
        ])
        #expect(try files(scratch, "?.yaml") == ["a.yaml", "b.yaml"])
        #expect(try files(scratch, "**/a.yaml") == ["a.yaml", "x/a.yaml", "x/y/a.yaml"])
        #expect(try files(scratch, "x/**") == ["x/a.yaml", "x/y/a.yaml"])
        #expect(try files(scratch, "[ab].yaml") == ["a.yaml", "b.yaml"])
        #expect(try files(scratch, "[a].yaml") == ["[a].yaml"])
        #expect(try files(scratch, "\(scratch.folder.path())/x/*.yaml").count == 1)
    }

    @Test func namesThatAreNotText() throws {
        let scratch = try Scratch()
        let name: [UInt8] = Array("bad-".utf8) + [0xFF] + Array(".yaml".utf8)
        let whole = Array((scratch.folder.path() + "/").utf8) + name + [0]
        let descriptor = whole.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o644) }
        }
        #expect(descriptor >= 0)
        close(descriptor)
        let result = try scratch.run("check", ".")
        #expect(result.status == 2)
        #expect(result.err.contains("is not valid UTF-8"))
    }

    @Test func standardInput() throws {
        let result = try Scratch().run("check", "-", input: Self.broken)
        #expect(result.status == 2)
        #expect(result.err.contains(" --> -:"))
    }

    @Test func binaryFilesAreRefusedWithAPlace() throws {
        let scratch = try Scratch()
        let bytes = Data((0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ 0x80) })
        try bytes.write(to: scratch.folder.appending(path: "picture.yaml"))
        let result = try scratch.run("check", "picture.yaml")
        #expect(result.status == 2)
        #expect(result.err.contains("error["))
        #expect(result.err.contains("--> picture.yaml:1:"))
    }

    @Test func hugeFilesAreNotRead() throws {
        let scratch = try Scratch()
        let file = scratch.folder.appending(path: "huge.yaml").path()
        let descriptor = open(file, O_CREAT | O_WRONLY, 0o644)
        #expect(ftruncate(descriptor, 1 << 40) == 0)
        close(descriptor)
        let result = try scratch.run("check", "huge.yaml")
        #expect(result.status == 2)
        #expect(result.err.contains("'huge.yaml' is larger than 16 MiB"))
    }

    /// The files that are read, in order: `run --format json` lists them.
    private func files(_ scratch: Scratch, _ paths: String...) throws -> [String] {
        let result = try ScenProcess.run(["run", "--format", "json"] + paths, in: scratch.folder)
        let root = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
        let scenarios = root?["scenarios"] as? [[String: Any]] ?? []
        return scenarios.compactMap { $0["file"] as? String }
    }
}
