import ScenDiagnostics
import ScenModel

/// Finds nodes and groups by name. Numbered nodes are found by their number: there may be a million.
struct NodeTable {
    /// Nodes `prefix` 1 to `count`, from the index `first` on.
    struct Numbered {
        var prefix: String
        var count: Int
        var first: Int
    }
    private(set) var count = 0
    private var numbered: [Numbered] = []
    private var named: [String: Int] = [:]
    private var groups: [String: [Int]] = [:]

    mutating func add(names: [String]) {
        for name in names where named[name] == nil {
            named[name] = count
            count += 1
        }
    }

    mutating func add(prefix: String, count number: Int, group: Bool) {
        numbered.append(Numbered(prefix: prefix, count: number, first: count))
        if group { groups[prefix] = Array(count..<count + number) }
        count += number
    }

    /// The node of that name.
    func index(of name: String) -> Int? {
        if let index = named[name] { return index }
        for run in numbered where name.utf8.starts(with: run.prefix.utf8) {
            let digits = name.utf8.dropFirst(run.prefix.utf8.count)
            // `n01` is not `n1`.
            guard let first = digits.first, first != UInt8(ascii: "0"), digits.count <= 7,
                digits.allSatisfy({ (0x30...0x39).contains($0) })
            else { continue }
            let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            if number <= run.count { return run.first + number - 1 }
        }
        return nil
    }

    /// The members of the group of that name, or the node of that name alone.
    func members(_ name: String) -> [Int]? {
        if let members = groups[name] { return members }
        return index(of: name).map { [$0] }
    }

    /// All names, in order; the names of groups are not among them.
    var names: [String] {
        var all = [String](repeating: "", count: count)
        for (name, index) in named { all[index] = name }
        for run in numbered {
            for number in 0..<run.count { all[run.first + number] = run.prefix + String(number + 1) }
        }
        return all
    }

    func name(_ index: Int) -> String {
        for run in numbered where index >= run.first && index < run.first + run.count {
            return run.prefix + String(index - run.first + 1)
        }
        return named.first { $0.value == index }?.key ?? ""
    }

    /// Names to suggest: all groups, and as many nodes as anybody would look through.
    var suggestions: [String] {
        groups.keys.sorted() + (0..<min(count, 1_000)).map(name)
    }
}
