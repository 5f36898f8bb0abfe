package import ScenModel

/// From the typed tree of one case to its flat program.
package enum Compiler {
    package static func compile(_ typed: TypedCase) -> CompiledCase {
        CompiledCase(
            parameters: typed.parameters, system: typed.system, program: Program(), outcomes: [],
            expectations: [], plan: typed.plan)
    }
}
