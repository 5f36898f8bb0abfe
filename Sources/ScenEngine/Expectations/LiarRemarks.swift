import ScenModel

extension CompiledCase {
    private static let fieldsMax = 3

    /// Which fields liars leave as they are, since nobody could go through the values of their types: a verdict that nothing
    /// contradicts rests on it. Nil if there are none, or no liars.
    var untouchedFields: String? {
        guard system.faults.who != .nobody, system.faults.behaviours.contains(where: \.canLie) else { return nil }
        let fields = Falsehoods(program.types).untouched
        guard !fields.isEmpty else { return nil }
        var names = fields.prefix(Self.fieldsMax).map { "'\($0.field)' of \($0.message)" }
        if fields.count > names.count { names.append("\(fields.count - names.count) more fields") }
        let list = names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        return "liars leave \(list) as \(fields.count == 1 ? "it is" : "they are")"
    }
}
