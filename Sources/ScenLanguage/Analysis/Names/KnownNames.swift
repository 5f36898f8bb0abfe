import ScenModel

/// What a name outside any routine means.
enum KnownName: Sendable {
    enum Role: String, Sendable { case parameter, constant, node, group }

    case value(Role, Value, TypeID)
    /// Values of enumerations; a node may have the same name.
    case words([Word], node: Int?)
    case variable(Int)
    case reserved(Reserved)
    /// What it stands for is wrong, which has been reported.
    case broken

    /// Nodes do not know it, so they may have state of that name.
    var isObserved: Bool {
        switch self {
        case .reserved(.faulty), .reserved(.correct), .reserved(.outcome), .reserved(.time): true
        default: false
        }
    }

    struct Word: Sendable {
        var type: Int
        var word: Int
    }
}

/// Names that the language itself gives a meaning.
enum Reserved: String, Sendable, CaseIterable {
    case me, nodes, others, neighbours, n, now, bound
    case input, decision, delivered
    case faulty, correct, outcome, time
}

/// All names of values of one case, for quick look-up.
struct KnownNames: Sendable {
    private(set) var table: [String: KnownName] = [:]
    /// Shared by every use of `nodes`.
    private(set) var allNodes = Value.set([])

    init() {}

    /// Without state variables, which an algorithm adds. `declared`: enumerations of another algorithm that this one declares too.
    init(_ scope: CaseScope, _ store: inout TypeStore, declared: Set<Int> = []) {
        allNodes = .set(scope.types.nodeNames.indices.map { .node($0) })
        table.reserveCapacity(
            scope.types.nodeNames.count + scope.parameters.count + scope.constants.count + 24)
        for reserved in Reserved.allCases { table[reserved.rawValue] = .reserved(reserved) }
        for (index, enumeration) in scope.types.enumerations.enumerated() {
            if let own = scope.ownTypes, index >= own, !declared.contains(index) { continue }
            for (word, name) in enumeration.words.enumerated() {
                addWord(name, KnownName.Word(type: index, word: word))
            }
        }
        for (index, name) in scope.types.nodeNames.enumerated() { addNode(name, index) }
        let nodeSet = store.set(.node)
        for group in scope.groups {
            table[group.name] = .value(.group, .set(group.members.map { .node($0) }), nodeSet)
        }
        for constant in scope.constants {
            table[constant.name] = .value(.constant, constant.value, store.id(constant.type))
        }
        for parameter in scope.parameters {
            table[parameter.name] = .value(.parameter, parameter.value, store.id(parameter.type))
        }
        for name in scope.broken { table[name] = .broken }
    }

    subscript(name: String) -> KnownName? {
        get { table[name] }
        set { table[name] = newValue }
    }

    mutating func addWord(_ name: String, _ word: KnownName.Word) {
        switch table[name] {
        case .words(let words, let node)?: table[name] = .words(words + [word], node: node)
        case .value(.node, .node(let node), _)?: table[name] = .words([word], node: node)
        default: table[name] = .words([word], node: nil)
        }
    }

    private mutating func addNode(_ name: String, _ index: Int) {
        if case .words(let words, _)? = table[name] {
            table[name] = .words(words, node: index)
        } else {
            table[name] = .value(.node, .node(index), .node)
        }
    }
}

extension CaseScope {
    /// The same without a table, for the few names of an expression of the system model.
    func find(_ name: String, _ store: inout TypeStore) -> KnownName? {
        if broken.contains(name) { return .broken }
        if let parameter = parameters.first(where: { $0.name == name }) {
            return .value(.parameter, parameter.value, store.id(parameter.type))
        }
        if let constant = constants.first(where: { $0.name == name }) {
            return .value(.constant, constant.value, store.id(constant.type))
        }
        if let group = groups.first(where: { $0.name == name }) {
            return .value(.group, .set(group.members.map { .node($0) }), store.set(.node))
        }
        let node = types.nodeNames.firstIndex(of: name)
        var words: [KnownName.Word] = []
        for (type, enumeration) in types.enumerations.enumerated() {
            if let word = enumeration.words.firstIndex(of: name) {
                words.append(KnownName.Word(type: type, word: word))
            }
        }
        if !words.isEmpty { return .words(words, node: node) }
        if let node { return .value(.node, .node(node), .node) }
        return Reserved(rawValue: name).map { .reserved($0) }
    }
}
