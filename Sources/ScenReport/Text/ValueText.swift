import ScenDiagnostics
import ScenModel

/// Values for a terminal. Messages and timers name their fields: a reader of events has not their declarations in mind.
struct ValueText: Sendable {
    let types: TypeTable
    private let printer: ValuePrinter

    init(types: TypeTable) {
        self.types = types
        printer = ValuePrinter(types)
    }

    func callAsFunction(_ value: Value) -> String {
        if case .message(let type, let fields) = value, types.messages.indices.contains(type) {
            return shape(types.messages[type], fields)
        }
        return DisplayText.line(printer.text(value), scalarsMax: Self.lengthMax)
    }

    func node(_ index: Int) -> String {
        types.nodeNames.indices.contains(index) ? DisplayText.line(types.nodeNames[index]) : "node \(index)"
    }

    func timer(_ index: Int, _ arguments: [Value]) -> String {
        types.timers.indices.contains(index) ? shape(types.timers[index], arguments) : "timer \(index)"
    }

    /// Far more than is ever shown; what is too long is cut by those who know the columns.
    private static let lengthMax = 10_000

    private func shape(_ shape: TypeTable.Shape, _ values: [Value]) -> String {
        let fields = values.enumerated().map { position, value in
            // What a timer carries has a place and no name.
            let name = shape.fields.indices.contains(position) ? shape.fields[position].name : ""
            return name.isEmpty || name.allSatisfy(\.isNumber) ? self(value) : "\(name)=\(self(value))"
        }
        return "\(shape.name)(\(fields.joined(separator: ", ")))"
    }
}
