/// Lists that are each kept once and known by a number; 0 is the empty one.
struct Numbered<Item: Hashable> {
    private(set) var all: [[Item]] = [[]]
    private var numbers: [[Item]: Int] = [[]: 0]

    subscript(number: Int) -> [Item] { all[number] }

    mutating func number(of items: [Item]) -> Int {
        if let number = numbers[items] { return number }
        numbers[items] = all.count
        all.append(items)
        return all.count - 1
    }
}
