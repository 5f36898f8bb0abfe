/// Pauses that come by themselves, on every node for itself.
package struct Pauses: Sendable, Hashable {
    /// From the end of one pause, or the start of the run, to the beginning of the next.
    package var every: Distribution
    package var length: Distribution
    package init(every: Distribution, length: Distribution) {
        self.every = every
        self.length = length
    }
}
