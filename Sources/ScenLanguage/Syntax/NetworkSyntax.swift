package import ScenDiagnostics

/// Links and what becomes of messages on them, as they were written.
extension ScenarioSyntax {
    /// `a -> b`, `a <-> b`. Either end is a node, a group, or `nodes` or `others`, which both mean all of them.
    package struct Link: Sendable {
        package var from: Identifier
        package var to: Identifier
        /// Both ways.
        package var both: Bool
        package var span: SourceSpan
        package init(from: Identifier, to: Identifier, both: Bool, span: SourceSpan) {
            self.from = from
            self.to = to
            self.both = both
            self.span = span
        }
    }
    package struct Adversary: Sendable {
        package var powers: [Expression]
        package var span: SourceSpan
        package init(powers: [Expression], span: SourceSpan) {
            self.powers = powers
            self.span = span
        }
    }
    package enum Topology: Sendable {
        case word(Expression)
        case edges([Link], SourceSpan)
    }
    /// `1000 per second`
    package struct Rate: Sendable {
        package var count: Expression
        /// ns
        package var unit: Int
        package var span: SourceSpan
        package init(count: Expression, unit: Int, span: SourceSpan) {
            self.count = count
            self.unit = unit
            self.span = span
        }
    }
    package struct Bandwidth: Sendable {
        package var rate: Rate
        package var capacity: Expression?
        package var whenFull: Expression?
        package var service: Expression?
        package var span: SourceSpan
        package init(rate: Rate, span: SourceSpan) {
            self.rate = rate
            self.span = span
        }
    }
    package struct LinkOverride: Sendable {
        package var link: Link
        package var loss: Expression?
        package var duplicate: Expression?
        package var latency: Expression?
        package var bandwidth: Bandwidth?
        package init(link: Link) { self.link = link }
    }
    /// `first 3`
    package struct Selection: Sendable {
        package enum Kind: Sendable {
            case all
            case first(Expression)
            case after(Expression)
            case every(Expression)
            case number(Expression)
            case share(Expression)
        }
        package var kind: Kind
        package var span: SourceSpan
        package init(_ kind: Kind, span: SourceSpan) {
            self.kind = kind
            self.span = span
        }
    }
    package struct Rule: Sendable {
        package enum Action: Sendable {
            case drop
            case delay(Expression)
            case duplicate
        }
        package var message: Identifier?
        package var from: Identifier?
        package var to: Identifier?
        package var action: Action
        package var selection: Selection
        /// Of the action's key.
        package var span: SourceSpan
        package init(action: Action, selection: Selection, span: SourceSpan) {
            self.action = action
            self.selection = selection
            self.span = span
        }
    }
}
