/// Explorations of every run.
struct Explorations {
    let scen: String
    let folder: String
    let tiny: Bool

    func measure() throws(BenchFailure) {
        let oral = folder + "/oral-messages.yaml"
        try measureRate("OM(1), n = 5, states per CPU second", oral, states: tiny ? 4_550 : 589_032, smaller: "n=4", wanted: "at least 0.5 M")
        let commit = folder + "/two-phase-commit.yaml"
        try measureRate("two-phase commit, n = 7, states per CPU second", commit, states: tiny ? 414 : 840_054, smaller: "n=3", wanted: "")
        try measureWorkers(commit)
        let knowledge = try run(folder + "/knowledge.yaml", jobs: 1, smaller: "messages=2")
        Console.show(
            name: "three levels of knowledge in a million states, CPU time", figure: Median.text(knowledge.cpuSeconds, "s"),
            wanted: "at most 10 s", hash: ContentHash.text(knowledge.output))
    }

    private func measureRate(
        _ name: String, _ path: String, states: Int, smaller: String, wanted: String
    ) throws(BenchFailure) {
        var rates: [Double] = []
        var last: ChildProcess?
        for _ in 0..<(tiny ? 1 : 5) {
            let run = try run(path, jobs: 1, smaller: smaller)
            guard String(decoding: run.output, as: UTF8.self).replacing(",", with: "").contains("all \(states) states") else {
                throw BenchFailure("\(path) has another number of states")
            }
            rates.append(Double(states) / max(run.cpuSeconds, 1e-9) / 1e6)
            last = run
        }
        guard let last else { return }
        Console.show(name: name, figure: Median.text(Median.of(rates), "M"), wanted: wanted, hash: ContentHash.text(last.output))
        let bytes = last.peakMegabytes * 1_048_576 / Double(states)
        Console.show(name: "  peak memory of the whole process, a state", figure: Median.text(bytes, "B"), wanted: "", hash: "")
    }

    private func measureWorkers(_ path: String) throws(BenchFailure) {
        var ratios: [Double] = []
        var outputs: Set<[UInt8]> = []
        for _ in 0..<(tiny ? 1 : 5) {
            let one = try run(path, jobs: 1, smaller: "n=3")
            let two = try run(path, jobs: 2, smaller: "n=3")
            ratios.append(one.wallSeconds / two.wallSeconds)
            outputs.formUnion([one.output, two.output])
        }
        guard let output = outputs.first, outputs.count == 1 else {
            throw BenchFailure("\(path): the number of workers changes the result")
        }
        Console.show(
            name: "the same, two workers against one", figure: Median.text(Median.of(ratios), "times"),
            wanted: "at least 1.6 times", hash: ContentHash.text(output))
    }

    private func run(_ path: String, jobs: Int, smaller: String) throws(BenchFailure) -> ChildProcess {
        let run = try ChildProcess([scen, "run", "-j", "\(jobs)", "--no-reduction"] + (tiny ? ["--set", smaller] : []) + [path])
        guard run.status == 0 else { throw BenchFailure("scen run \(path) did not pass") }
        return run
    }
}
