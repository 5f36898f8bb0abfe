/// Condenses what happened in a run, word by word, into 64 bits: not against malice, but so that two runs that differ
/// anywhere are told apart on every machine and in every build.
struct RunHash {
    private(set) var value: UInt64 = 0x243F_6A88_85A3_08D3

    @inline(__always)
    mutating func add(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0x9FB2_1C65_1E98_DF25)
        value = (product.high ^ product.low) &+ 0xA409_3822_299F_31D1
    }

    @inline(__always)
    mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }
}
