import ScenDiagnostics
import ScenModel

/// Runs that look the same to nodes: side by side, or each beside the one before it.
struct LookAlikesText {
    let lookAlikes: LookAlikes
    let paint: Paint

    func lines() -> [String] {
        guard let unknown = lookAlikes.unknown else { return sideBySide() }
        return chain(unknown)
    }

    private func sideBySide() -> [String] {
        guard let node = lookAlikes.runs.first?.node else { return [] }
        let headings = lookAlikes.runs.enumerated().map { "run \($0.offset + 1): \(DisplayText.line($0.element.text))" }
        return SameView(node: node, stories: lookAlikes.runs.map(\.story), headings: headings, paint: paint).lines()
    }

    private func chain(_ unknown: String) -> [String] {
        let runs = lookAlikes.runs
        var lines = [paint("Why '\(DisplayText.line(unknown))' is false at the end of run 1:", .strong)]
        for (index, run) in runs.enumerated().dropFirst() {
            guard let node = run.node else { continue }
            let name = ValueText(types: run.story.types).node(node)
            let falsehood = run.text.isEmpty ? "" : ", in which '\(DisplayText.line(run.text))' is false"
            lines.append("To \(name), run \(index) looks the same as run \(index + 1)\(falsehood):")
            let table = SameView(
                node: node, stories: [runs[index - 1].story, run.story], headings: ["run \(index)", "run \(index + 1)"], paint: paint)
            lines += table.lines().map { "  " + $0 }
        }
        if lookAlikes.more > 0 { lines.append("… and so on, over \(NumberText.count(lookAlikes.more, "more run"))") }
        return lines
    }
}
