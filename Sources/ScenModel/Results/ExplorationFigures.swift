/// How large an exploration was, and what makes its states many.
package struct ExplorationFigures: Sendable {
    package struct Part: Sendable, Equatable {
        package enum Kind: Sendable, Equatable {
            /// A state variable of a node, with their names.
            case variable(String, of: String)
            /// Which timers are set at a node.
            case timers(of: String)
            /// Messages in flight: the most at once.
            case flight(atOnce: Int)
            /// What is counted: losses, duplications, rounds, messages.
            case counts
        }
        package var kind: Kind
        /// In how many ways it occurs.
        package var values: Int
        /// There were ever more of them as states were found.
        package var isGrowing: Bool
        package init(_ kind: Kind, values: Int, isGrowing: Bool = false) {
            self.kind = kind
            self.values = values
            self.isGrowing = isGrowing
        }
    }
    package var states: Int
    /// Events of the longest of the shortest runs to a state.
    package var depth: Int
    /// States that make no difference were left out.
    package var isReduced: Bool
    /// One state stands for all that only differ in which of some interchangeable nodes is where.
    package var isSymmetric: Bool
    /// Those with the most values first.
    package var parts: [Part]
    package init(states: Int, depth: Int, isReduced: Bool, isSymmetric: Bool = false, parts: [Part]) {
        self.states = states
        self.depth = depth
        self.isReduced = isReduced
        self.isSymmetric = isSymmetric
        self.parts = parts
    }
}
