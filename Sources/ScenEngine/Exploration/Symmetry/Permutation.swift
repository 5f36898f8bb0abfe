import ScenModel

/// Nodes that change places: four bits for each node say whose place it takes.
struct Permutation: Equatable {
    /// Nonnegative, so that it may be part of a key.
    private(set) var code: Int

    /// Nodes that one word has room for.
    static let nodesMax = 15

    /// Everybody stays.
    init(nodes: Int) {
        code = 0
        for node in 0..<nodes { code |= node << (node * 4) }
    }

    init(nodes: Int, swapping one: Int, _ other: Int) {
        self.init(nodes: nodes)
        set(one, to: other)
        set(other, to: one)
    }

    @inline(__always)
    subscript(node: Int) -> Int { code &>> (node &* 4) & 15 }

    @inline(__always)
    mutating func set(_ node: Int, to place: Int) {
        code = code & ~(15 &<< (node &* 4)) | place &<< (node &* 4)
    }
}

extension Value {
    /// The same with nodes that have changed places.
    func permuted(_ permutation: Permutation) -> Value {
        switch self {
        case .bool, .int, .real, .string, .duration, .enumeration, .none: self
        case .node(let node): .node(permutation[node])
        case .tuple(let values): .tuple(values.map { $0.permuted(permutation) })
        case .list(let values): .list(values.map { $0.permuted(permutation) })
        // Whoever makes a word of it brings elements into their order.
        case .set(let values): .set(values.map { $0.permuted(permutation) })
        case .map(let entries):
            .map(entries.map { Entry(key: $0.key.permuted(permutation), value: $0.value.permuted(permutation)) })
        case .record(let type, let values): .record(type: type, values.map { $0.permuted(permutation) })
        case .message(let type, let values): .message(type: type, values.map { $0.permuted(permutation) })
        case .signed(let node, let content): .signed(by: permutation[node], content.permuted(permutation))
        case .sealed(let node, let content):
            .sealed(for: node < 0 ? node : permutation[node], content.permuted(permutation))
        }
    }

    /// The same for whoever cannot tell nodes of one kind apart: equal for values that only differ in which of them is where.
    /// `kind`: of a node.
    func hash(_ kind: (Int) -> UInt64) -> UInt64 {
        switch self {
        case .none: 0x8EBC_6AF0_9C88_C6E3
        case .bool(let truth): Self.scalar(truth ? 1 : 0)
        case .int(let number), .duration(let number): Self.scalar(number)
        case .enumeration(_, let word): Self.scalar(word)
        case .real(let number): Self.scalar(Int(truncatingIfNeeded: number.bitPattern))
        case .string(let text): text.utf8.reduce(0x51) { mixed($0 ^ UInt64($1), 0xD6E8_FEB8_6659_FD93) }
        case .node(let node): kind(node)
        case .tuple(let values), .list(let values), .record(_, let values): Self.sequence(1, values, kind)
        case .message(let type, let values): Self.sequence(UInt64(truncatingIfNeeded: type &+ 16), values, kind)
        case .set(let values): Self.sum(2, values.map { $0.hash(kind) })
        case .map(let entries): Self.sum(3, entries.map { mixed($0.key.hash(kind), $0.value.hash(kind) ^ 0xE703_7ED1_A0B4_28DB) })
        case .signed(let node, let content): mixed(kind(node), content.hash(kind) ^ 0xA076_1D64_78BD_642F)
        case .sealed(let node, let content): mixed(node < 0 ? 7 : kind(node), content.hash(kind) ^ 0x589B_5A6B_13C4_9DE1)
        }
    }

    private static func scalar(_ number: Int) -> UInt64 {
        mixed(UInt64(bitPattern: Int64(number)) ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
    }

    private static func sequence(_ seed: UInt64, _ values: [Value], _ kind: (Int) -> UInt64) -> UInt64 {
        values.reduce(seed &+ 0xA076_1D64_78BD_642F) { mixed($0 ^ $1.hash(kind), 0xE703_7ED1_A0B4_28DB) &+ 1 }
    }

    private static func sum(_ seed: UInt64, _ hashes: [UInt64]) -> UInt64 {
        mixed(hashes.reduce(seed) { $0 &+ mixed($1 ^ 0x51, 0x9E37_79B9_7F4A_7C15) }, 0xD6E8_FEB8_6659_FD93)
    }
}
