/// Where the ids of a row stand in 64-bit words: none across two of them, each with as many bits as it has needed so far.
struct PackedRows {
    private struct Place {
        /// In the row.
        var index = 0
        /// The largest id that fits.
        var mask: UInt64 = 0
        var shift: UInt64 = 0
    }
    let width: Int
    /// Of a row; at least 1.
    private(set) var words = 1
    /// By word; those of word w end before `ends[w]`.
    private let places: UnsafeMutablePointer<Place>
    private let ends: UnsafeMutablePointer<Int>

    init(width: Int) {
        self.width = width
        places = .allocate(capacity: width)
        ends = .allocate(capacity: width)
        ends.initialize(repeating: width, count: width)
        for index in 0..<width { (places + index).initialize(to: Place(index: index)) }
    }

    func release() {
        places.deallocate()
        ends.deallocate()
    }

    /// False if an id does not fit.
    @inline(__always)
    func pack(_ row: UnsafePointer<UInt32>, into packed: UnsafeMutablePointer<UInt64>) -> Bool {
        var unfit: UInt64 = 0
        var next = 0
        for word in 0..<words {
            var bits: UInt64 = 0
            let end = ends[word]
            while next < end {
                let id = UInt64(row[places[next].index])
                unfit |= id & ~places[next].mask
                bits |= id &<< places[next].shift
                next &+= 1
            }
            packed[word] = bits
        }
        return unfit == 0
    }

    @inline(__always)
    func unpack(_ packed: UnsafePointer<UInt64>, into row: UnsafeMutablePointer<UInt32>) {
        var next = 0
        for word in 0..<words {
            let (bits, end) = (packed[word], ends[word])
            while next < end {
                row[places[next].index] = UInt32(truncatingIfNeeded: bits &>> places[next].shift & places[next].mask)
                next &+= 1
            }
        }
    }

    /// Of a packed row. Only for tables: it decides nothing that is reported.
    @inline(__always)
    func hash(_ packed: UnsafePointer<UInt64>) -> UInt64 {
        var sum: UInt64 = 0
        var key: UInt64 = 0x8EBC_6AF0_9C88_C6E3
        for index in 0..<words {
            sum &+= mixed(packed[index] ^ key, 0xE703_7ED1_A0B4_28DB)
            key &+= 0x9E37_79B9_7F4A_7C15
        }
        return mixed(sum ^ 0xA076_1D64_78BD_642F, 0xD6E8_FEB8_6659_FD93)
    }

    /// With room for twice the ids of this row. Places that had the same room keep having the same: nodes share their ids, so that
    /// all of them will need it.
    func widened(for row: UnsafePointer<UInt32>) -> PackedRows {
        var bits = [Int](repeating: 0, count: width)
        for place in 0..<width { bits[places[place].index] = 64 - places[place].mask.leadingZeroBitCount }
        for index in 0..<width {
            let needed = 32 - row[index].leadingZeroBitCount
            guard needed > bits[index] else { continue }
            let before = bits[index]
            for other in 0..<width where other == index || (before > 0 && bits[other] == before) {
                bits[other] = min(32, needed + 1)
            }
        }
        // Each where there is room first.
        var used: [Int] = [0]
        var members: [[Place]] = [[]]
        for index in 0..<width {
            let word = used.firstIndex { $0 + bits[index] <= 64 } ?? used.count
            if word == used.count {
                used.append(0)
                members.append([])
            }
            let mask = bits[index] == 0 ? 0 : UInt64.max >> (64 - UInt64(bits[index]))
            members[word].append(Place(index: index, mask: mask, shift: UInt64(used[word] & 63)))
            used[word] += bits[index]
        }
        var new = PackedRows(width: width)
        new.words = used.count
        var next = 0
        for (word, places) in members.enumerated() {
            for place in places {
                new.places[next] = place
                next += 1
            }
            new.ends[word] = next
        }
        return new
    }
}
