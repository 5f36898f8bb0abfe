/// One run as the list of the choices that made it, with what identifies its case: what a trace file holds. Carrying out the
/// same choices gives the same run, without any draw.
///
/// Nodes are indices in `nodes`. Values are texts, as the language writes them: they are compared with what comes out, so
/// that an edited scenario is noticed at the first step that differs.
package struct Trace: Sendable, Hashable {
    /// Of the format.
    package static let version = 1

    /// Which file it came from; known to whoever read it.
    package struct Origin: Sendable, Hashable {
        package var file: String
        package var scenario: String
        /// Of the file's bytes.
        package var digest: UInt64
        package init(file: String = "", scenario: String = "", digest: UInt64 = 0) {
            self.file = file
            self.scenario = scenario
            self.digest = digest
        }
    }
    package struct Parameter: Sendable, Hashable {
        package var name: String
        package var value: String
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
    /// What the run shows.
    package enum Shown: Sendable, Hashable {
        case expectation(String, expectsHolds: Bool, found: Finding)
        /// A run-time error: its code.
        case error(String)
    }
    /// What a run was before it was shrunk.
    package struct Shrunk: Sendable, Hashable {
        package var events: Int
        package var faults: Int
        package init(events: Int, faults: Int) {
            self.events = events
            self.faults = faults
        }
    }
    package enum Action: Sendable, Hashable {
        case start(node: Int)
        /// The message with this number, counted from 1 in the order of sending.
        case deliver(number: Int, to: Int)
        /// The adversary lets the message with this number arrive as `text` says.
        case modify(number: Int, to: Int)
        /// It has made up the message that `text` says.
        case spoof(from: Int, to: Int)
        /// It lets the message with this number come once more.
        case replay(number: Int, to: Int)
        /// The timer that `text` names.
        case fire(node: Int)
        case round(node: Int, round: Int)
        case crash(node: Int)
        case recover(node: Int)
        /// As in `Story.Cause`.
        case pause(node: Int, since: Int, until: Int?)
        /// An item of the timeline that is not about nodes, or finds none.
        case timeline(item: Int, Story.Phase)
        /// A message over a link that is cut; held back if it is not lost.
        case cutOff(number: Int, isLost: Bool)
        /// Expectations see the state at this moment: that of the end of a round, or the same state later.
        case observe
        case end(Story.End)
    }
    /// A crash in the middle of the handler: at its point with this number, from 0, and which of the recipients of that send,
    /// in their order, are still reached.
    package struct Crash: Sendable, Hashable {
        package var point: Int
        package var reached: [Int]
        package init(point: Int, reached: [Int]) {
            self.point = point
            self.reached = reached
        }
    }
    /// What became of a message when it was sent.
    package struct Send: Sendable, Hashable {
        package var number: Int
        package var to: Int
        package var fate: Story.Fate
        /// The number of the message that it pushed out of a queue.
        package var pushesOut: Int?
        package init(number: Int, to: Int, fate: Story.Fate, pushesOut: Int? = nil) {
            self.number = number
            self.to = to
            self.fate = fate
            self.pushesOut = pushesOut
        }
    }
    package struct Step: Sendable, Hashable {
        /// ns since the start.
        package var time: Int
        package var action: Action
        /// What `choose` took, by index in value order.
        package var choices: [Int]
        package var crash: Crash?
        /// Of a Byzantine node that does not send all as its handler means to: for each message to another node what becomes of
        /// it, as `honest`, `withheld`, or the number of a variant in value order, from 0.
        package var lies: [Int] = []
        /// The message, cut off after `textMax` code points unless an adversary has made it, or the timer.
        package var text: String
        package var sends: [Send]
        /// Whether expectations see the state after it, where there are no rounds: not if the next step belongs to it.
        package var isObserved = true
        package init(
            time: Int, action: Action, choices: [Int] = [], crash: Crash? = nil, text: String = "",
            sends: [Send] = []
        ) {
            self.time = time
            self.action = action
            self.choices = choices
            self.crash = crash
            self.text = text
            self.sends = sends
        }
    }
    package static let honest = -2
    package static let withheld = -1
    /// Of a message. A message may be long, and it is there for a reader.
    package static let textMax = 200

    package var origin = Origin()
    /// Of scen.
    package var tool: String
    package var parameters: [Parameter]
    package var seed: UInt64
    package var shown: Shown
    package var shrunk: Shrunk?
    /// Over every step with its time and effects, and what nodes hold at the end.
    package var hash: UInt64 = 0
    package var nodes: [String]
    /// By node; empty where the algorithm has no input.
    package var inputs: [String]
    package var faulty: [Int]
    package var steps: [Step]

    package init(
        tool: String = ScenVersion.text, parameters: [Parameter] = [], seed: UInt64 = 0, shown: Shown,
        nodes: [String], inputs: [String] = [], faulty: [Int] = [], steps: [Step] = []
    ) {
        self.tool = tool
        self.parameters = parameters
        self.seed = seed
        self.shown = shown
        self.nodes = nodes
        self.inputs = inputs
        self.faulty = faulty
        self.steps = steps
    }
}

package enum ScenVersion {
    package static let text = "0.1.0-dev"
}

extension Trace {
    /// FNV-1a with 64 bits: tells an edited scenario from the one that was run. No protection against malice.
    package static func digest(_ bytes: [UInt8]) -> UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return digest
    }
}
