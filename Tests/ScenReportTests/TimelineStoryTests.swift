import ScenModel
import Testing

@testable import ScenReport

@Suite struct TimelineStoryTests {
    private let links = Timeline.Links(from: [0], to: [1], both: false, text: "a -> b")

    /// As one step of a run of a, b, c, d.
    private func told(_ cause: Story.Cause, _ effects: [Story.Effect] = []) -> [String] {
        var types = TypeTable()
        types.nodeNames = ["a", "b", "c", "d"]
        types.messages = [TypeTable.Shape(name: "Ping", fields: [])]
        let story = Story(
            seed: 1, types: types, variables: [], steps: [.init(time: 1_000_000, cause: cause, effects: effects)],
            end: .quiescent, endTime: 1_000_000)
        let teller = StoryTeller(story, paint: Paint(color: false), whole: false, decision: nil)
        return teller.lines().dropLast().map { String($0.drop { $0 == " " }) }
    }

    private func told(_ action: Timeline.Action, _ phase: Story.Phase = .begins) -> [String] {
        told(.timeline(Timeline.Item(moment: .at(1_000_000), action: action), phase))
    }

    @Test func itemsAreStepsOfTheirOwn() {
        #expect(told(.partition([[0, 1], [2, 3]])) == ["1  1 ms  the network splits: {a, b} | {c, d}"])
        #expect(told(.partition([[0], [2]])) == ["1  1 ms  the network splits: {a} | {c}; all sets reach b, d"])
        #expect(told(.partition([[0], [2]]), .ends) == ["1  1 ms  the partition {a} | {c} ends"])
        #expect(told(.heal) == ["1  1 ms  the network heals: no link is cut"])
        #expect(told(.cut(links)) == ["1  1 ms  a -> b is cut"])
        #expect(told(.cut(links), .ends) == ["1  1 ms  the cut of a -> b ends"])
        let latency = Timeline.Action.latency(.constant(5), text: "5ns", nil)
        #expect(told(latency) == ["1  1 ms  latency is now 5ns"])
        #expect(told(latency, .ends) == ["1  1 ms  latency is 5ns no longer"])
        #expect(told(.loss(1, text: "100%", links)) == ["1  1 ms  loss on a -> b is now 100%"])
        #expect(told(.nodes(.crash, .computed(0, .node)), .findsNobody) == ["1  1 ms  nobody to crash"])
    }

    @Test func cutLinksAreNamedWhereTheyStopAMessage() {
        let ping = Value.message(type: 0, [])
        #expect(
            told(.cutOff(number: 3, message: ping, from: 0, to: 1, isLost: true))
                == ["1  1 ms  #3 Ping() from a to b is lost: the link is cut"])
        #expect(
            told(.cutOff(number: 3, message: ping, from: 0, to: 1, isLost: false))
                == ["1  1 ms  #3 Ping() from a to b is held back: the link is cut"])
        #expect(
            told(
                .start(node: 0),
                [
                    .sent(number: 1, message: ping, to: 1, .cutOff(.lost)), .sent(number: 2, message: ping, to: 2, .cutOff(.arrives(9))),
                ]) == [
                    "1  1 ms  a starts",
                    "sends Ping() 2 times: #1 to b lost: the link is cut; #2 to c held back: the link is cut",
                ])
    }
}
