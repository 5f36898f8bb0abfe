import ScenModel
import Testing

@Suite struct TopologyTests {
    private func rows(_ shape: Topology.Shape, _ count: Int) throws -> [[Int]] {
        let topology = try #require(Topology(shape, nodeCount: count))
        return (0..<count).map { topology.neighbours(of: $0).map(Int.init) }
    }

    @Test func `joins nodes as the shapes say`() throws {
        #expect(try rows(.ring, 5) == [[1, 4], [0, 2], [1, 3], [2, 4], [0, 3]])
        #expect(try rows(.ring, 2) == [[1], [0]])
        #expect(try rows(.line, 4) == [[1], [0, 2], [1, 3], [2]])
        #expect(try rows(.star, 4) == [[1, 2, 3], [0], [0], [0]])
        #expect(try rows(.tree, 6) == [[1, 2], [0, 3, 4], [0, 5], [1], [1], [2]])
        // 0 1 2
        // 3 4 5
        // 6 7
        #expect(
            try rows(.grid, 8) == [[1, 3], [0, 2, 4], [1, 5], [0, 4, 6], [1, 3, 5, 7], [2, 4], [3, 7], [4, 6]])
        #expect(Topology(.complete, nodeCount: 5) == nil)
        for shape in Topology.Shape.allCases where shape != .complete { #expect(try rows(shape, 1) == [[]]) }
    }

    @Test func `knows its links`() throws {
        for shape in Topology.Shape.allCases where shape != .complete {
            for count in 1...20 {
                let topology = try #require(Topology(shape, nodeCount: count))
                for a in 0..<count {
                    for b in 0..<count where a != b {
                        let isThere = topology.neighbours(of: a).contains(Int32(b))
                        #expect(topology.hasLink(from: a, to: b) == isThere)
                        #expect(topology.hasLink(from: b, to: a) == isThere, "\(shape) of \(count)")
                    }
                }
            }
        }
    }

    @Test func `takes a link that is given twice for one`() {
        let topology = Topology(
            nodeCount: 3, links: [.init(from: 2, to: 0), .init(from: 2, to: 1), .init(from: 2, to: 0)])
        #expect(topology.linkCount == 2)
        #expect(topology.hasLink(from: 2, to: 0) && !topology.hasLink(from: 0, to: 2))
    }

    /// Four bytes for each direction of a link, and four for each node.
    @Test func `holds a ring of a hundred thousand nodes in little memory`() throws {
        let topology = try #require(Topology(.ring, nodeCount: 100_000))
        #expect(topology.linkCount == 200_000)
        #expect(topology.hasLink(from: 0, to: 99_999))
    }
}
