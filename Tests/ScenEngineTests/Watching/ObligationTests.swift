import Testing

@testable import ScenEngine

/// The bookkeeping of `leads-to` against its definition: at every moment at which from holds, to holds within d.
@Suite struct ObligationTests {
    private struct Moment {
        var time: Int
        var from: [Bool]
        var to: [Bool]
    }

    /// For each assignment the first moment at which something came up that was not met in time, by looking ahead.
    private func unmet(_ moments: [Moment], within: Int, _ assignment: Int) -> Int? {
        var owedBefore = false
        for (index, moment) in moments.enumerated() {
            let isDue = moment.from[assignment] && !moment.to[assignment]
            let met = moments[index...].first { $0.to[assignment] }
            if isDue, !owedBefore, (met?.time ?? .max) - moment.time > within { return moment.time }
            owedBefore = false
        }
        return nil
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func asDefined(_ seed: UInt64) {
        var stream = RandomStream(state: seed)
        func chance(_ percent: UInt64) -> Bool { stream.next() % 100 < percent }
        var time = 0
        let count = 3
        let moments = (0..<60).map { _ in
            time += Int(stream.next() % 4)
            return Moment(
                time: time, from: (0..<count).map { _ in chance(15) }, to: (0..<count).map { _ in chance(30) })
        }
        let within = Int(stream.next() % 12)
        let obligations = Obligations(within: within, count: count)
        var found: (deadline: Int, assignment: Int)?
        for moment in moments {
            if let first = obligations.first, let deadline = first.deadline, deadline < moment.time {
                found = (deadline, first.assignment)
                break
            }
            for index in 0..<count {
                if moment.to[index] {
                    if obligations.isOpen(index) { obligations.meet(index) }
                } else if moment.from[index], !obligations.isOpen(index) {
                    obligations.open(index, at: moment.time)
                }
            }
        }
        if found == nil, let first = obligations.first { found = (first.since + within, first.assignment) }
        let expected = (0..<count).compactMap { unmet(moments, within: within, $0).map { $0 + within } }.min()
        #expect(found?.deadline == expected)
    }

    @Test func theEarliestIsDueFirst() throws {
        let obligations = Obligations(within: 10, count: 200)
        for index in 0..<200 { obligations.open(index, at: index) }
        for index in 0..<150 where index != 120 { obligations.meet(index) }
        let first = try #require(obligations.first)
        #expect(first.assignment == 120 && first.since == 120 && first.deadline == 130)
        obligations.meet(120)
        #expect(obligations.first?.assignment == 150)
        // It comes up again, behind the others.
        obligations.meet(150)
        obligations.open(150, at: 300)
        #expect(obligations.first?.assignment == 151)
    }
}
