import ScenDiagnostics
import ScenLanguage
import Testing

@Suite struct YAMLGoldenTests {
    @Test(arguments: Goldens.names(in: "yaml"))
    func golden(name: String) throws {
        try Goldens.check(name, in: "yaml") { file, bag in
            if let root = YAMLReader.read(file, into: &bag) { bag.report(contentsOf: flowSplits(root)) }
        }
    }
}
