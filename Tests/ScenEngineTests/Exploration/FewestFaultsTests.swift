import ScenModel
import Testing

@testable import ScenEngine

/// Of the shortest runs that show something the one that is told has the fewest faults: against all runs of that length.
@Suite struct FewestFaultsTests {
    private static func scenario(_ model: String, _ condition: String) -> String {
        """
        scenario: faults
        \(model)
        nodes: {count: 2, model: \(model.contains("behaviour") ? "byzantine" : "crash-recovery")}
        algorithm:
          messages: {Ask: {x: bool}, Answer: {x: bool}}
          state: {asked: 0, answers: 0, doubts: 0}
          on start: |
            if me == n1:
              send Ask(true) to n2
              set timer Again after 1s
          on timer Again: |
            asked += 1
            if asked < 2:
              send Ask(true) to n2
              set timer Again after 1s
          on Ask(x) from p: |
            send Answer(x) to p
          on Answer(x): |
            if x:
              answers += 1
            else:
              doubts += 1
        run: {exhaustive: {duplicates: 1, copies: 1}}
        expect:
          it: {possible: \(condition)}
        """
    }

    @Test(
        arguments: [
            "network: {links: fair-loss, loss: 10%, duplicate: 5%}\nfaulty: {up-to: 1}",
            "network: reliable\nfaulty: {up-to: 2, behaviour: [lie, omit]}",
            "network: {links: arbitrary, adversary: [eavesdrop, modify, drop, replay]}",
        ],
        ["n1.asked == 2 and n1.answers == 1", "n1.answers == 2", "n1.doubts == 1 and n1.asked == 1", "n1.asked == 2 and n1.answers == 0"])
    func `no shortest run has fewer`(model: String, condition: String) throws {
        var text = Self.scenario(model, condition)
        if model.contains("arbitrary") { text.replace("copies: 1", with: "forgeries: 2") }
        let compiled = try #require(exploredCases(text).first)
        let (search, result) = explored(compiled, scope: try #require(compiled.plan.exploration))
        #expect(result.isComplete)
        let exploration = search.exploration
        guard case .possible(let routine) = compiled.expectations[0].form else {
            Issue.record("the scenario asks something else")
            return
        }
        let observation = Observation(exploration)
        func shows(_ state: Int) -> Bool { observation.word(routine, in: state)?.isTrue ?? false }
        guard let first = (0..<exploration.space.count).first(where: shows) else { return }
        let way = try FewestFaults.way(to: first, in: exploration, mayAdd: false, shows: shows)
        #expect(way.count == exploration.way(to: first).count)
        let last = try #require(way.last)
        #expect(shows(last))

        // All runs that are as long, by a table of what is known so far.
        var known: [Int: [(to: Int, faults: Int)]] = [:]
        func steps(_ from: Int) throws -> [(to: Int, faults: Int)] {
            if let steps = known[from] { return steps }
            try exploration.expand(from)
            let steps: [(to: Int, faults: Int)] = try (0..<exploration.successors.count).map { index in
                let to = exploration.space.number(of: exploration.successors.row(index))
                return (try #require(to), exploration.faults(of: exploration.successors.transition(index)))
            }
            known[from] = steps
            return steps
        }
        var fewest: [Int: Int] = try startFaults(exploration)
        let atStart = fewest
        for _ in 1..<way.count {
            var next: [Int: Int] = [:]
            for (from, faults) in fewest {
                for step in try steps(from) { next[step.to] = min(next[step.to] ?? .max, faults + step.faults) }
            }
            fewest = next
        }
        var taken = try #require(atStart[way[0]])
        for (from, to) in zip(way, way.dropFirst()) {
            taken += try #require(steps(from).filter { $0.to == to }.map(\.faults).min())
        }
        #expect(taken == fewest.filter { shows($0.key) }.map(\.value).min())
    }

    private func startFaults(_ exploration: Exploration) throws -> [Int: Int] {
        exploration.keepsTrails = true
        defer { exploration.keepsTrails = false }
        var faults: [Int: Int] = [:]
        for number in 0..<(exploration.beginnings.count ?? 0) {
            let rows = try exploration.firstRows(of: number)
            for index in 0..<rows.count {
                let row = rows.row(index)
                let state = row.withUnsafeBufferPointer { exploration.space.number(of: $0.baseAddress!) }
                faults[try #require(state)] = rows.trail(index).reduce(0) { $0 + exploration.faults(of: $1) }
            }
        }
        return faults
    }
}
