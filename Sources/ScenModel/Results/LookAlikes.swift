/// Runs of which each looks the same to some node as the one before it: why that node does not know which of them it is in.
package struct LookAlikes: Sendable {
    package struct Run: Sendable {
        /// To whom it looks the same as the run before it; of the first run nothing.
        package var node: Int?
        package var story: Story
        /// Of an execution, the condition that it satisfies; of a chain, what is false in this run and was to be known. May be empty.
        package var text: String
        package init(node: Int?, story: Story, text: String) {
            self.node = node
            self.story = story
            self.text = text
        }
    }
    /// Of a chain: what is not known in the first run, as it would be asked. Nil: runs for the conditions of `executions`, all with
    /// the same view of one node.
    package var unknown: String?
    package var runs: [Run]
    /// How many links of the chain follow that are not told.
    package var more = 0
    package init(unknown: String?, runs: [Run]) {
        self.unknown = unknown
        self.runs = runs
    }
}
