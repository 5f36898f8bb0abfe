import ScenModel

/// All values that the variables of a condition take together, one after the other.
struct Assignments: Equatable {
    /// Of one condition.
    static let countMax = 100_000

    private(set) var values: [Word] = []
    private(set) var variables = 0
    private(set) var count = 1

    /// Without variables there is one.
    init() {}

    /// `domains`: for each variable a routine that gives a list or set; its parameters are the variables before it. Nil if
    /// one cannot be evaluated; if there are too many, some of them.
    init?(of domains: [Program.RoutineID], _ machine: Machine) {
        for domain in domains {
            var next = Assignments()
            next.variables = variables + 1
            next.count = 0
            for index in 0..<count where next.count <= Self.countMax {
                let row = row(index)
                guard let set = row.withUnsafeBufferPointer({ machine.observe(domain, $0) }) else { return nil }
                let (start, elements, _) = machine.arena.elements(of: set)
                let taken = min(elements, Self.countMax + 1)
                for element in 0..<taken {
                    next.values += row
                    next.values.append(Word(bits: start[element]))
                }
                next.count += taken
            }
            self = next
        }
    }

    func row(_ index: Int) -> ArraySlice<Word> { values[index * variables..<(index + 1) * variables] }
}
