import Glibc

/// `scen run` of one small scenario, from start to end of the process.
struct StartUp {
    let scen: String
    let path: String
    let tiny: Bool

    func measure() throws(BenchFailure) {
        var times: [Double] = []
        var outputs: Set<[UInt8]> = []
        for _ in 0..<(tiny ? 2 : 20) {
            let run = try ChildProcess([scen, "run", path])
            guard run.status == 0 else { throw BenchFailure("scen run \(path) did not pass") }
            times.append(run.wallSeconds * 1_000)
            outputs.insert(run.output)
        }
        guard let output = outputs.first, outputs.count == 1 else {
            throw BenchFailure("scen run \(path) did not print the same each time")
        }
        Console.show(
            name: "scen run of a small scenario, whole process", figure: Median.text(Median.of(times), "ms"),
            wanted: "at most 15 ms", hash: ContentHash.text(output))
    }
}

/// `scen check` of many generated files.
struct Checking {
    let scen: String
    let tiny: Bool

    func measure() throws(BenchFailure) {
        let count = tiny ? 10 : 1_000
        var template = Array("/tmp/scen-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchFailure("no temporary folder") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let files = (0..<count).map { "\(folder)/generated-\(10_000 + $0).yaml" }
        defer {
            for file in files { unlink(file) }
            rmdir(folder)
        }
        for (index, file) in files.enumerated() { try Files.write(GeneratedScenario.text(index), to: file) }
        var times: [Double] = []
        var outputs: Set<[UInt8]> = []
        for _ in 0..<(tiny ? 1 : 5) {
            let run = try ChildProcess([scen, "check", folder])
            guard run.status == 0 else { throw BenchFailure("scen check found errors in generated files") }
            times.append(run.cpuSeconds)
            outputs.insert(run.output)
        }
        guard let output = outputs.first, outputs.count == 1 else {
            throw BenchFailure("scen check did not print the same each time")
        }
        Console.show(
            name: "scen check of \(count) files of 60 lines, CPU time", figure: Median.text(Median.of(times), "s"),
            wanted: "at most 2 s", hash: ContentHash.text(output))
    }
}
