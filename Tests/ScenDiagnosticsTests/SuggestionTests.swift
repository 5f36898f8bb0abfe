import ScenDiagnostics
import Testing

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("genaral1", ["general2", "general1"], "general1"),
        ("Network", ["networks", "network"], "network"),
        ("fair_loss", ["fairloss", "fair-loss"], "fair-loss"),
        ("netwrok", ["nodes", "network"], "network"),
        ("loss", ["lose", "lost"], "lose"),
        ("ndoes", ["nodes"], "nodes"),
        ("algorthm", ["algorithms", "algorithm"], "algorithm"),
        ("ab", ["abc"], "abc"),
    ])
    func near(word: String, among: [String], nearest: String) {
        #expect(Suggestion.nearest(word, among: among) == nearest)
    }

    @Test(arguments: [
        ("x", ["y"]), ("zebra", ["nodes", "network"]), ("", ["a"]), ("timing", []), ("ab", ["cd"]),
        (String(repeating: "a", count: 1_000_000), ["a"]), ("a", [String(repeating: "a", count: 1_000_000)]),
    ])
    func tooFar(word: String, among: [String]) {
        #expect(Suggestion.nearest(word, among: among) == nil)
    }
}
