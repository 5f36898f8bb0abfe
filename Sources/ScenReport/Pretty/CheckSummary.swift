/// The last line of `scen check`.
package struct CheckSummary: Sendable {
    let checked: Int
    let broken: Int
    let errors: Int
    let warnings: Int

    package init(checked: Int, broken: Int, errors: Int, warnings: Int) {
        self.checked = checked
        self.broken = broken
        self.errors = errors
        self.warnings = warnings
    }

    package var text: String {
        let files = NumberText.count(checked, "scenario")
        let doubts = warnings > 0 ? ", \(NumberText.count(warnings, "warning"))" : ""
        guard errors > 0 else { return "\(files) checked: no errors\(doubts)" }
        return "\(files) checked: \(NumberText.count(errors, "error")) in \(NumberText.count(broken))\(doubts)"
    }
}
