/// Did you mean ...?
package enum Suggestion {
    /// Comparing two words takes the product of their lengths; nobody mistypes a longer one.
    private static let lengthMax = 64

    /// The word that was probably meant: first one that differs only in case or in '-' and '_', else the one
    /// with the fewest typing slips (a letter too many, too few, wrong, or two swapped), at most a third
    /// of the letters of `word` and at least one. Of equally near words the first stands.
    package static func nearest(_ word: String, among candidates: [String]) -> String? {
        let wanted = folded(word)
        guard !wanted.isEmpty, wanted.count <= lengthMax else { return nil }
        let limit = max(wanted.count / 3, 1)
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            guard candidate.utf8.count <= 4 * lengthMax else { continue }
            let letters = folded(candidate)
            if letters == wanted { return candidate }
            guard abs(letters.count - wanted.count) <= limit, letters.count <= lengthMax else { continue }
            let distance = distance(wanted, letters)
            // A word of which no letter is left is another word, not a slip.
            guard distance <= limit, distance < max(wanted.count, letters.count) else { continue }
            if distance < best?.distance ?? Int.max { best = (distance, candidate) }
        }
        return best?.candidate
    }

    /// Lower case, with '_' as '-'. Empty for a text that is far too long to be a name.
    private static func folded(_ word: String) -> [Unicode.Scalar] {
        guard word.utf8.count <= 4 * lengthMax else { return [] }
        return word.lowercased().unicodeScalars.map { $0 == "_" ? "-" : $0 }
    }

    /// Damerau and Levenshtein's distance without changing one pair twice (optimal string alignment).
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var row = last
        for i in a.indices {
            row[0] = i + 1
            for j in b.indices {
                let change = last[j] + (a[i] == b[j] ? 0 : 1)
                row[j + 1] = min(change, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
                }
            }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return last[b.count]
    }
}
