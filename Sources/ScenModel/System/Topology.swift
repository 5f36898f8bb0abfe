/// Which links there are, where not every node has one to every other. Rows of neighbours stand one after another, so
/// that memory grows with the number of links. A node needs no link to itself.
package struct Topology: Sendable, Hashable {
    /// One direction.
    package struct Link: Sendable, Hashable {
        package var from: Int32
        package var to: Int32
        package init(from: Int, to: Int) {
            self.from = Int32(truncatingIfNeeded: from)
            self.to = Int32(truncatingIfNeeded: to)
        }
    }
    package enum Shape: String, Sendable, CaseIterable {
        case complete, ring, line, star, grid, tree
    }

    /// The links of node i go to `targets[first[i] ..< first[i + 1]]`, ascending.
    private let first: [Int32]
    private let targets: [Int32]

    package var nodeCount: Int { first.count - 1 }
    /// Each direction counts.
    package var linkCount: Int { targets.count }

    /// A link that is given twice is one.
    package init(nodeCount: Int, links: [Link]) {
        var next = [Int32](repeating: 0, count: nodeCount + 1)
        for link in links { next[Int(link.from) + 1] += 1 }
        for node in 0..<nodeCount { next[node + 1] += next[node] }
        let rows = next
        var gathered = [Int32](repeating: 0, count: links.count)
        for link in links {
            gathered[Int(next[Int(link.from)])] = link.to
            next[Int(link.from)] += 1
        }
        var first: [Int32] = [0]
        first.reserveCapacity(nodeCount + 1)
        var targets: [Int32] = []
        targets.reserveCapacity(links.count)
        for node in 0..<nodeCount {
            let row = gathered[Int(rows[node])..<Int(rows[node + 1])].sorted()
            for (index, target) in row.enumerated() where index == 0 || row[index - 1] != target {
                targets.append(target)
            }
            first.append(Int32(truncatingIfNeeded: targets.count))
        }
        self.first = first
        self.targets = targets
    }

    /// Nil for `complete`, which needs no list.
    package init?(_ shape: Shape, nodeCount: Int) {
        guard shape != .complete else { return nil }
        var links: [Link] = []
        links.reserveCapacity(4 * nodeCount)
        func join(_ a: Int, _ b: Int) {
            links.append(Link(from: a, to: b))
            links.append(Link(from: b, to: a))
        }
        let columns = Self.columns(nodeCount)
        for node in 0..<nodeCount {
            let next = node + 1
            switch shape {
            case .complete: break
            case .ring: if nodeCount > 1 { join(node, next % nodeCount) }
            case .line: if next < nodeCount { join(node, next) }
            case .star: if node > 0 { join(0, node) }
            case .grid:
                if next < nodeCount, next % columns != 0 { join(node, next) }
                if node + columns < nodeCount { join(node, node + columns) }
            case .tree: if node > 0 { join((node - 1) / 2, node) }
            }
        }
        self.init(nodeCount: nodeCount, links: links)
    }

    /// The smallest number of columns with which the rows of a grid are not more than its columns.
    package static func columns(_ nodeCount: Int) -> Int {
        var columns = 1
        while columns * columns < nodeCount { columns += 1 }
        return columns
    }

    package func neighbours(of node: Int) -> ArraySlice<Int32> {
        targets[Int(first[node])..<Int(first[node + 1])]
    }

    /// Of two different nodes.
    package func hasLink(from: Int, to: Int) -> Bool {
        var low = Int(first[from])
        var high = Int(first[from + 1])
        while low < high {
            let middle = (low + high) / 2
            if Int(targets[middle]) < to { low = middle + 1 } else { high = middle }
        }
        return low < Int(first[from + 1]) && Int(targets[low]) == to
    }
}
