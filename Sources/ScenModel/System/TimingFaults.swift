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

/// When a partially synchronous system is asynchronous (Dwork, Lynch and Stockmeyer 1988). A message that is sent in a bad
/// period may take longer than the bound, but not longer than until the bound has passed since the period's end.
package enum BadPeriods: Sendable, Hashable {
    /// Ascending and apart.
    case given([BadPeriod])
    /// Means of exponential distributions, in ns: of the time from the start or the end of one to the beginning of the next,
    /// and of the length.
    case recurring(meanEvery: Double, meanLength: Double, latency: Distribution)
    /// One from the start, with an exponentially distributed length.
    case initial(meanLength: Double, latency: Distribution)
}

/// ns; the end is not part of it.
package struct BadPeriod: Sendable, Hashable {
    package var begin: Int
    package var end: Int
    package var latency: Distribution
    package init(begin: Int, end: Int, latency: Distribution) {
        self.begin = begin
        self.end = end
        self.latency = latency
    }
}

/// How far the clocks of nodes are off.
package struct ClockModel: Sendable, Hashable {
    /// ns: each clock starts at a moment drawn uniformly from 0 to this.
    package var skew: Int
    /// Each clock runs at a rate drawn uniformly from 1 - drift to 1 + drift. From 0 to below 1.
    package var drift: Double
    package init(skew: Int, drift: Double) {
        self.skew = skew
        self.drift = drift
    }
}
