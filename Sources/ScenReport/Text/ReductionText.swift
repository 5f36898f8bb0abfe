/// How fewer states than all were enough.
enum ReductionText {
    static func names(partialOrder: Bool, symmetry: Bool) -> [String] {
        (partialOrder ? ["partial-order"] : []) + (symmetry ? ["symmetry"] : [])
    }

    /// ` with partial-order reduction`, or nothing.
    static func of(partialOrder: Bool, symmetry: Bool) -> String {
        let names = names(partialOrder: partialOrder, symmetry: symmetry)
        return names.isEmpty ? "" : " with \(names.joined(separator: " and ")) reduction"
    }
}
