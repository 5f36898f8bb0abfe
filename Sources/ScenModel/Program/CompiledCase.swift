/// One case of a scenario: one value for each parameter, and everything that follows from it.
package struct CompiledCase: Sendable {
    package struct Parameter: Sendable, Hashable {
        package var name: String
        package var value: Value
        /// As on the command line and in reports: `4`, `fair-loss`, `20ms`.
        package var text: String
        package init(name: String, value: Value, text: String) {
            self.name = name
            self.value = value
            self.text = text
        }
    }
    /// An outcome and the observer routine (no parameters, gives a bool) that recognises it.
    package struct Outcome: Sendable {
        package var name: String
        package var condition: Program.RoutineID
        package init(name: String, condition: Program.RoutineID) {
            self.name = name
            self.condition = condition
        }
    }
    package var parameters: [Parameter]
    package var system: SystemModel
    package var program: Program
    package var outcomes: [Outcome]
    /// Those whose `when` holds in this case.
    package var expectations: [CompiledExpectation]
    package var plan: RunPlan
    package init(
        parameters: [Parameter], system: SystemModel, program: Program, outcomes: [Outcome],
        expectations: [CompiledExpectation], plan: RunPlan
    ) {
        self.parameters = parameters
        self.system = system
        self.program = program
        self.outcomes = outcomes
        self.expectations = expectations
        self.plan = plan
    }
}

extension CompiledCase {
    /// Whether states have to tell views apart: nothing may then merge states in which nodes have seen different things.
    package var needsViews: Bool {
        expectations.contains(where: \.comparesRuns)
    }
}
