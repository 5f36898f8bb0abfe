import ScenModel

/// What is fixed from the beginning of a run: who is faulty, and the inputs. Every combination is explored.
struct Beginnings {
    struct Beginning {
        /// Ascending.
        var faulty: [Int]
        /// By node: index in the node's possible inputs.
        var inputs: [Int]
    }
    private let sets: [[Int]]
    /// By node: how many inputs are possible, at least 1.
    private let choices: [Int]
    /// Nil: more than can be told apart.
    let count: Int?

    init(_ system: SystemModel, sizeMax: Int = 1 << 24) {
        choices = (0..<system.nodes.count).map { node in
            guard node < system.inputs.sources.count, case .any(let values) = system.inputs.sources[node] else { return 1 }
            return max(1, values.count)
        }
        var combinations: Int? = 1
        for choice in choices {
            combinations = combinations.flatMap { $0 * choice <= sizeMax ? $0 * choice : nil }
        }
        guard let combinations, let sets = Self.faultySets(system.faults.who, sizeMax: sizeMax / combinations) else {
            sets = []
            count = nil
            return
        }
        self.sets = sets
        count = sets.count * combinations
    }

    /// In the order of the faulty sets, smaller ones first, then of the inputs.
    func beginning(_ number: Int) -> Beginning {
        var left = number / sets.count
        let faulty = sets[number % sets.count]
        var inputs = [Int](repeating: 0, count: choices.count)
        for node in choices.indices.reversed() {
            inputs[node] = left % choices[node]
            left /= choices[node]
        }
        return Beginning(faulty: faulty, inputs: inputs)
    }

    /// That in which the nodes have changed places. Inputs are the same in whichever node.
    func number(of beginning: Beginning, _ permutation: Permutation) -> Int? {
        let faulty = beginning.faulty.map { permutation[$0] }.sorted()
        var inputs = beginning.inputs
        for node in inputs.indices { inputs[permutation[node]] = beginning.inputs[node] }
        var number = 0
        for node in choices.indices { number = number * choices[node] + inputs[node] }
        return sets.firstIndex(of: faulty).map { number * sets.count + $0 }
    }

    /// Nil if there are more than `sizeMax`.
    private static func faultySets(_ who: FaultModel.Who, sizeMax: Int) -> [[Int]]? {
        switch who {
        case .nobody: return [[]]
        case .these(let nodes): return [nodes.sorted()]
        case .some(let count, let exactly, let candidates):
            let candidates = candidates.sorted()
            let most = min(max(0, count), candidates.count)
            var sets: [[Int]] = []
            for size in (exactly ? most : 0)...most {
                guard add(size, of: candidates, to: &sets, sizeMax) else { return nil }
            }
            return sets
        }
    }

    /// Subsets of that size in lexicographic order.
    private static func add(_ size: Int, of nodes: [Int], to sets: inout [[Int]], _ sizeMax: Int) -> Bool {
        var places = Array(0..<size)
        while true {
            guard sets.count < sizeMax else { return false }
            sets.append(places.map { nodes[$0] })
            var index = size - 1
            while index >= 0, places[index] == nodes.count - size + index { index -= 1 }
            guard index >= 0 else { return true }
            places[index] += 1
            for later in index + 1..<max(index + 1, size) { places[later] = places[later - 1] + 1 }
        }
    }
}
