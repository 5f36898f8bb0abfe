package import ScenModel

/// What happens at given moments, as it was written.
extension ScenarioSyntax {
    package struct TimelineItem: Sendable {
        package enum Moment: Sendable {
            case at(Expression)
            case when(Expression)
        }
        /// The nodes that something happens to.
        package enum Target: Sendable {
            case expression(Expression)
            case names([Identifier])
        }
        package enum Action: Sendable {
            case nodes(Timeline.NodeAction, Target)
            case partition([[Identifier]])
            case heal
            case cut(Link)
            case latency(Expression, Link?)
            case loss(Expression, Link?)
        }
        package var moment: Moment
        package var action: Action
        /// The action's key.
        package var key: Identifier
        package var duration: Expression?
        package init(moment: Moment, action: Action, key: Identifier, duration: Expression?) {
            self.moment = moment
            self.action = action
            self.key = key
            self.duration = duration
        }
    }
}
