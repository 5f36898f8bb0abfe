import ScenModel

/// What one node holds, as a vector of words: which node, its input, its status, its variables as the program lays them
/// out, and the timers that are set, ascending.
enum LocalState {
    static let node = 0
    static let input = 1
    static let status = 2
    static let variables = 3

    /// A node that is down has the lowest bit; above it stands how often it has crashed, where that has a limit; and from bit 32 on
    /// the clock (ticks), in a vector that is asked for its steps at that moment.
    static func isDown(_ vector: UnsafeBufferPointer<Int>) -> Bool { vector[status] & 1 != 0 }
    static func crashes(_ vector: UnsafeBufferPointer<Int>) -> Int { vector[status] >> 1 }
    static let clockShift = 32
}

/// What happens to a node, as one number: with its local state it fixes what may come of it.
struct LocalEvent: Hashable {
    let bits: Int

    /// A message on its way: to whom, from whom and, in the lower half, its id in the arena. In this order messages in flight
    /// are sorted.
    static func delivery(to: Int, from: Int, message: Word) -> LocalEvent {
        LocalEvent(bits: to << 48 | from << 32 | Int(message.compositeID))
    }
    static func firing(of timer: Word) -> LocalEvent { LocalEvent(bits: tagged(1, Int(timer.compositeID))) }
    static func round(_ number: Int) -> LocalEvent { LocalEvent(bits: tagged(2, number)) }
    static let start = LocalEvent(bits: tagged(3, 0))
    static let crash = LocalEvent(bits: tagged(4, 0))
    static let recovery = LocalEvent(bits: tagged(5, 0))
    /// Time passes: so many ticks. An event of no node.
    static func tick(_ ticks: Int) -> LocalEvent { LocalEvent(bits: tagged(6, ticks)) }

    init(bits: Int) { self.bits = bits }

    private static func tagged(_ tag: Int, _ content: Int) -> Int { Int.min | tag << 48 | content }

    var isDelivery: Bool { bits >= 0 }
    var recipient: Int { bits >> 48 }
    var sender: Int { bits >> 32 & 0xFFFF }
    /// Sender and recipient: messages of one link stand together.
    var link: Int { bits >> 32 }
    var message: Word { .composite(UInt32(truncatingIfNeeded: bits)) }

    /// As the world is asked for it.
    func choice(of node: Int) -> Choice {
        if isDelivery { return .deliver(message, from: sender, to: node) }
        let content = bits & 0xFFFF_FFFF_FFFF
        switch bits >> 48 & 0x7FFF {
        case 1: return .fire(.composite(UInt32(truncatingIfNeeded: content)), of: node)
        case 2: return .round(node)
        case 3: return .start(node)
        case 4: return .crash(node)
        default: return .recover(node)
        }
    }

    var isFiring: Bool { !isDelivery && bits >> 48 & 0x7FFF == 1 }
    /// Of an event of kind `tick`; else 0.
    var ticks: Int { !isDelivery && bits >> 48 & 0x7FFF == 6 ? bits & 0xFFFF_FFFF_FFFF : 0 }

    /// Of an event of kind `round`; else 0.
    var round: Int { !isDelivery && bits >> 48 & 0x7FFF == 2 ? bits & 0xFFFF_FFFF_FFFF : 0 }
}
