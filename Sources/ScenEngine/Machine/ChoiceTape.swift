/// Where `choose` gets its choices from: first what is prescribed (a replay, or the explorer's branch), then chance if there is a
/// generator, else the first. What was taken is kept, with how many there were to choose from.
package final class ChoiceTape {
    package struct Taken: Hashable, Sendable {
        package var choice: Int
        package var of: Int
    }
    package var prescribed: [Int] = []
    package var random: RandomStream?
    package private(set) var taken: [Taken] = []

    package init() {}

    package func reset(prescribed: [Int] = []) {
        self.prescribed = prescribed
        taken.removeAll(keepingCapacity: true)
    }

    /// `count` is positive; the result is in `0 ..< count`.
    package func choose(of count: Int) -> Int {
        let choice: Int
        if taken.count < prescribed.count {
            choice = min(prescribed[taken.count], count - 1)
        } else if random != nil {
            choice = Int(random!.below(UInt64(count)))
        } else {
            choice = 0
        }
        taken.append(Taken(choice: choice, of: count))
        return choice
    }
}
