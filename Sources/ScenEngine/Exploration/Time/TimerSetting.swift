import ScenModel

/// A timer that a handler has set and left set.
struct TimerSetting: Hashable {
    var word: Int
    var ticks: Int

    /// By timer; or a tick (ns) that divides how long one of them runs, where this one does not.
    static func all(of effects: UnsafeBufferPointer<Effect>, _ tick: Int) -> (settings: [TimerSetting], finerTick: Int?) {
        var set: [TimerSetting] = []
        for effect in effects where effect.kind == .setTimer || effect.kind == .cancelTimer {
            set.removeAll { $0.word == effect.word.bits }
            guard effect.kind == .setTimer else { continue }
            guard effect.amount % tick == 0 else { return ([], ExploredTime.divisor(tick, effect.amount)) }
            set.append(TimerSetting(word: effect.word.bits, ticks: effect.amount / tick))
        }
        return (set.sorted { $0.word < $1.word }, nil)
    }
}
