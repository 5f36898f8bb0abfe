import ScenLanguage

/// Which cases of the enumerations of the syntax trees occur in some trees.
struct SyntaxKinds {
    private(set) var found: Set<String> = []

    /// Every case there is. One that is missing here shows when a sentence makes it.
    static let all: Set<String> = Set(
        cases.flatMap { type, cases in cases.split(separator: " ").map { "\(type).\($0)" } })

    private static let cases: [String: String] = [
        "Expression.Kind": """
        integer real percentage duration string bool none name list emptyBraces set map tuple range not negate \
        binary comparison conditional call method member index slice comprehension
        """,
        "Expression.StringPart": "text expression",
        "Expression.ComprehensionKind": "list set map generator",
        "BinaryOperator": list(BinaryOperator.allCases),
        "ComparisonOperator": list(ComparisonOperator.allCases),
        "AssignmentOperator": list(AssignmentOperator.allCases),
        "Pattern": "name wildcard tuple value",
        "Statement.Kind": """
        assign bind add remove append send setTimer cancelTimer decide deliver respond branch loop returns assert \
        log choose call raise
        """,
        "Target.Step": "index field",
        "TypeSyntax.Kind": "name range maybe tuple list set map signed sealed",
        "AlgorithmSyntax.FunctionBody": "expression block",
        "AlgorithmSyntax.Trigger": "start recover message timer round request layerSend indication when",
        "ScenarioSyntax.Selection.Kind": "all first after every number share",
    ]

    private static func list<Case>(_ cases: [Case]) -> String {
        cases.map { "\($0)" }.joined(separator: " ")
    }

    mutating func collect(_ value: Any) {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .enum {
            let type = String(reflecting: mirror.subjectType).drop { $0 != "." }.dropFirst()
            found.insert("\(type).\(mirror.children.first?.label ?? "\(value)")")
        }
        for child in mirror.children { collect(child.value) }
    }
}
