/// What is kept of the broadcasts and deliveries of a node, apart from its state: no crash ends it, and no handler reads it.
package enum History: Int, Sendable, Hashable, CaseIterable {
    /// For each broadcast, in order: what, its direct causes as in `deliveries`, and when (ns). The causes are the broadcast of
    /// the node before it and what the node has delivered since then.
    case broadcasts
    /// For each delivery of something that had been broadcast, in order: by whom, and the number of that broadcast among the
    /// broadcasts of that node, from 1. Each broadcast stands here once.
    case deliveries
    /// How often it delivered what it had delivered before.
    case repeats
    /// How often it delivered what had not been broadcast.
    case inventions
    /// How many of `deliveries` came before its last broadcast.
    case seen
}
