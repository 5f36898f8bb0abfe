package import ScenModel

/// What names mean in one case, outside any routine. `models` fills in parameters, nodes and timing; `Analyzer.algorithm` adds
/// what the algorithm declares.
package struct CaseScope: Sendable {
    package struct Constant: Sendable {
        package var name: String
        package var value: Value
        package var type: ValueType
        package init(name: String, value: Value, type: ValueType) {
            self.name = name
            self.value = value
            self.type = type
        }
    }
    /// Words that parameters hold (`links: [reliable, fair-loss]`) are an enumeration per parameter in `types`.
    package var types = TypeTable()
    package var parameters: [Constant] = []
    package var constants: [Constant] = []
    package var groups: [NodeModel.Group] = []
    /// ns; nil where the timing model has none.
    package var bound: Int?
    package var outcomes: [String] = []
    /// Set while another algorithm of the same case is analysed: how many of `types` are no algorithm's, and so known by name.
    var ownTypes: Int?
    /// Parameters and constants whose value is wrong, which has been reported: they are known, and fit everywhere.
    package var broken: [String] = []
    package init() {}
}
