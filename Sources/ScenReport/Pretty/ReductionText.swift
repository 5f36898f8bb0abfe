import ScenModel

/// How fewer states than all were enough.
enum ReductionText {
    /// ` with partial-order reduction`, or nothing.
    static func of(partialOrder: Bool, symmetry: Bool) -> String {
        switch (partialOrder, symmetry) {
        case (true, true): " with partial-order and symmetry reduction"
        case (true, false): " with partial-order reduction"
        case (false, true): " with symmetry reduction"
        case (false, false): ""
        }
    }
}
