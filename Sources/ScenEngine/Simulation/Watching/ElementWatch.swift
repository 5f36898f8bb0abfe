import ScenModel

/// Which elements a set has, each with the state from which on it has had it without a break.
struct ElementWatch {
    private var words: [Int] = []
    private var since: [Watched.Moment] = []
    private var isFirst = true

    var isEmpty: Bool { words.isEmpty }
    var oldest: Watched.Moment? { since.min { $0.step < $1.step } }

    /// What the set is now, in the order of its words. Elements that it did not have before are new, if they are to be added.
    mutating func keep(_ set: UnsafeBufferPointer<Int>, since moment: Watched.Moment, addingNew: Bool) {
        if isFirst {
            isFirst = false
            words = Array(set)
            since = set.map { _ in moment }
            return
        }
        if words.elementsEqual(set) { return }
        var kept: [Int] = []
        var moments: [Watched.Moment] = []
        var old = 0
        for word in set {
            while old < words.count, words[old] < word { old += 1 }
            let isOld = old < words.count && words[old] == word
            guard isOld || addingNew else { continue }
            kept.append(word)
            moments.append(isOld ? since[old] : moment)
        }
        words = kept
        since = moments
    }
}

extension Watch {
    var isOfSet: Bool { need == .commonElement || need == .lastingElement }
}
