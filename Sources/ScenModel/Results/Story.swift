/// One run told step by step: what reports print under a failure. Values are trees; `types` names them.
package struct Story: Sendable {
    package enum Cause: Sendable, Hashable {
        /// Every node's `on start`, in node order, before anything arrives.
        case start(node: Int)
        /// `number` counts sent messages from 1 in the order of sending.
        case delivery(number: Int, message: Value, from: Int, to: Int)
        /// What reached a crashed node.
        case deliveryToCrashed(number: Int, message: Value, from: Int, to: Int)
        /// An adversary has had a hand in what arrives.
        case interference(Interference, message: Value, from: Int, to: Int)
        case timer(node: Int, timer: Int, arguments: [Value])
        case round(node: Int, round: Int)
        case crash(node: Int)
        case recovery(node: Int)
        /// Moments in ns. `until`: nil where it lasts until the node crashes. A pause that comes by itself is told when something has to
        /// wait for its end.
        case pause(node: Int, since: Int, until: Int?)
        /// What the scenario prescribes for this moment, other than to nodes.
        case timeline(Timeline.Item, Phase)
        /// What came over a cut link; held back if it is not lost.
        case cutOff(number: Int, message: Value, from: Int, to: Int, isLost: Bool)
    }
    package enum Phase: UInt8, Sendable, Hashable {
        case begins, ends
        /// It is about nodes, and no node is meant.
        case findsNobody
    }
    package indirect enum Fate: Sendable, Hashable {
        /// ns: when it will arrive.
        case arrives(Int)
        case arrivesTwice(Int, Int)
        /// It is on its way; what becomes of it is told when it happens. So where all runs are explored.
        case inFlight
        case lost
        /// A rule has had a hand in it.
        case ruled(RuleAction, Fate)
        /// It waits for its turn on the link until then (ns).
        case queues(until: Int, Fate)
        /// It waits for its turn, and may be pushed out before. `lost`: if not, it is lost on the link.
        case waits(lost: Bool)
        /// The system is asynchronous until then (ns).
        case sentInBadPeriod(until: Int, Fate)
        /// The queue of the link is full.
        case refused
        /// The link is cut: lost, or this if the link is restored by then.
        case cutOff(Fate)
    }
    package enum RuleAction: Sendable, Hashable { case drop, delay, duplicate }
    package enum Effect: Sendable, Hashable {
        case changed(variable: Int, from: Value, to: Value)
        case sent(number: Int, message: Value, to: Int, Fate)
        /// A Byzantine node sends this message in place of what its handler means to send.
        case lied(number: Int, message: Value, insteadOf: Value, to: Int, Fate)
        /// It leaves out what its handler means to send.
        case withheld(Value, to: Int)
        /// The message with this number has made room in the queue for the one just sent.
        case pushedOut(number: Int)
        case timerSet(timer: Int, arguments: [Value], at: Int)
        case timerCancelled(timer: Int, arguments: [Value])
        case decided(Value)
        case delivered(Value, from: Int?)
        case broadcast(Value)
        case chose(Value)
        case logged(String)
        /// So many more, which were not kept.
        case others(Int)
        /// The crash fell into this handler: what follows in it did not happen.
        case crashed
    }
    package struct Step: Sendable, Hashable {
        /// ns since the start.
        package var time: Int
        package var cause: Cause
        package var effects: [Effect]
        package init(time: Int, cause: Cause, effects: [Effect]) {
            self.time = time
            self.cause = cause
            self.effects = effects
        }
    }
    /// What shrinking has done.
    package struct Shrunk: Sendable, Hashable {
        package var from: Trace.Shrunk
        /// Those that are left.
        package var faults: Int
        package init(from: Trace.Shrunk, faults: Int) {
            self.from = from
            self.faults = faults
        }
    }
    package struct Clock: Sendable, Hashable {
        /// ns: what it shows at the start.
        package var start: Int
        /// How much its rate differs from 1, in 10^-12.
        package var deviation: Int
        package init(start: Int, deviation: Int) {
            self.start = start
            self.deviation = deviation
        }
    }
    package enum End: Sendable, Hashable {
        /// Nothing was left to happen.
        case quiescent
        /// Cut off at the horizon.
        case horizon
        /// Told up to the step that decides: whatever follows changes nothing about it.
        case decided
        case failed
    }
    /// Found by visiting every run, and not by its seed.
    package var isExplored = false
    /// What is lost is an adversary's doing.
    package var hasAdversary = false
    /// The run goes on for ever with what happened from the step with this number, from 0, to the last.
    package var repeatsFrom: Int?
    /// False where the order of steps is all there is to say about time.
    package var isTimed = true
    /// Reruns just this run: `--seed SEED --runs 1`.
    package var seed: UInt64
    package var types: TypeTable
    package var variables: [Program.Variable]
    package var inputs: [Value]
    package var faulty: [Int]
    /// By node; empty where clocks are exact.
    package var clocks: [Clock] = []
    package var steps: [Step]
    /// Number of the first of `steps`, from 0: those before it were not kept.
    package var firstStep = 0
    /// How many came after the last of `steps` and were not kept.
    package var laterSteps = 0
    /// Of the whole run.
    package var events: Int { firstStep + steps.count + laterSteps }
    package var end: End
    /// ns.
    package var endTime: Int
    /// The step, counted from 0 over the whole run (`firstStep` + index in `steps`), after which the expectation was
    /// decided; nil: at the end of the run.
    package var decisiveStep: Int?
    package var outcome: String?
    /// Nil: it is told as it was drawn.
    package var shrunk: Shrunk?
    /// Where its trace was written, if it was.
    package var traceFile: String?

    package init(
        seed: UInt64, types: TypeTable, variables: [Program.Variable], inputs: [Value] = [],
        faulty: [Int] = [], steps: [Step], end: End, endTime: Int, decisiveStep: Int? = nil,
        outcome: String? = nil
    ) {
        self.seed = seed
        self.types = types
        self.variables = variables
        self.inputs = inputs
        self.faulty = faulty
        self.steps = steps
        self.end = end
        self.endTime = endTime
        self.decisiveStep = decisiveStep
        self.outcome = outcome
    }
}
