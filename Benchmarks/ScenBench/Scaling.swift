/// Peak memory of whole runs.
struct Memory {
    let scen: String
    let path: String
    let parameter: String

    static func all(scen: String, folder: String, tiny: Bool) throws(BenchFailure) {
        let ring = Memory(scen: scen, path: folder + "/ring.yaml", parameter: tiny ? "count=1000" : "count=100000")
        let (peak, hash) = try ring.measure()
        Console.show(
            name: "ring of 100,000 nodes, peak memory", figure: Median.text(peak, "MB"), wanted: "at most 1024 MB",
            hash: hash)
        let beats = folder + "/heartbeats.yaml"
        let (short, _) = try Memory(scen: scen, path: beats, parameter: tiny ? "length=1s" : "length=10s").measure()
        let (long, longHash) = try Memory(scen: scen, path: beats, parameter: tiny ? "length=2s" : "length=100s").measure()
        Console.show(
            name: "heartbeats, memory of a run ten times as long", figure: Median.text(long / short, "times"),
            wanted: "about 1", hash: longHash)
    }

    func measure() throws(BenchFailure) -> (megabytes: Double, hash: String) {
        let run = try ChildProcess([scen, "run", "-j", "1", "--set", parameter, path])
        guard run.status == 0 else { throw BenchFailure("scen run \(path) did not pass") }
        return (run.peakMegabytes, ContentHash.text(run.output))
    }
}

/// The same runs on one core and on two.
struct Workers {
    let scen: String
    let path: String
    let tiny: Bool

    func measure() throws(BenchFailure) {
        var ratios: [Double] = []
        var outputs: Set<[UInt8]> = []
        for _ in 0..<(tiny ? 1 : 5) {
            let one = try run(jobs: 1)
            let two = try run(jobs: 2)
            ratios.append(one.wallSeconds / two.wallSeconds)
            outputs.formUnion([one.output, two.output])
        }
        guard let output = outputs.first, outputs.count == 1 else {
            throw BenchFailure("\(path): the number of workers changes the result")
        }
        Console.show(
            name: "1,000 runs, two workers against one", figure: Median.text(Median.of(ratios), "times"),
            wanted: "at least 1.8 times", hash: ContentHash.text(output))
    }

    private func run(jobs: Int) throws(BenchFailure) -> ChildProcess {
        let run = try ChildProcess([scen, "run", "-j", "\(jobs)", "--runs", tiny ? "20" : "1000", path])
        guard run.status == 0 else { throw BenchFailure("scen run \(path) did not pass") }
        return run
    }
}

/// 200 runs of ten years of three replicas that fail and are repaired.
struct Availability {
    let scen: String
    let path: String
    let tiny: Bool

    func measure() throws(BenchFailure) {
        var times: [Double] = []
        var outputs: Set<[UInt8]> = []
        for _ in 0..<(tiny ? 1 : 5) {
            let run = try ChildProcess([scen, "run", "--runs", tiny ? "20" : "200", path])
            guard run.status == 0 || tiny else { throw BenchFailure("scen run \(path) did not pass") }
            times.append(run.cpuSeconds)
            outputs.insert(run.output)
        }
        guard let output = outputs.first, outputs.count == 1 else {
            throw BenchFailure("scen run \(path) did not print the same each time")
        }
        Console.show(
            name: "200 runs of ten years of three replicas, CPU time", figure: Median.text(Median.of(times), "s"),
            wanted: "at most 2 s", hash: ContentHash.text(output))
    }
}
