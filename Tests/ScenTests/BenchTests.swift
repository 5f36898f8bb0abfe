import Foundation
import Testing

struct BenchTests {
    /// The benchmarks run, and check their own results; their figures are for `make bench`.
    @Test func benchmarksRunTiny() throws {
        let bench = ScenProcess.binary.deletingLastPathComponent().appending(path: "scen-bench")
        let result = try ScenProcess.run(
            "--tiny", ScenProcess.binary.path(), "Benchmarks/scenarios", binary: bench)
        #expect(result.status == 0)
        #expect(result.err.isEmpty)
        #expect(result.out.split(separator: "\n").count == 16)
    }
}
