import ScenDiagnostics
import ScenModel

extension Checker {
    /// Types, constants, messages, variables and functions, before any handler is read.
    func declare(_ syntax: AlgorithmSyntax) {
        knowOthers()
        let declared = declareTypes(syntax.types)
        tables.names = KnownNames(scope, &tables.store, declared: declared)
        tables.hasNames = true
        for layer in syntax.uses { tables.names[layer.name.text] = .broken }
        checkWords(syntax.types)
        declareConstants(syntax.constants)
        declareRecords(syntax.types)
        for type in syntax.types { _ = findType(type.name.text) }
        for constant in syntax.constants { _ = pendingConstant(constant.name.text) }
        tables.input = syntax.input.map { resolve($0) }
        tables.decides = syntax.decides.map { resolve($0) }
        tables.delivers = syntax.delivers.map { resolve($0) }
        declareMessages(syntax.messages)
        declareFunctions(syntax.functions)
        declareBroadcast(syntax.handlers)
        declareVariables(syntax.variables)
    }

    /// Gives back the enumerations among them.
    private func declareTypes(_ types: [AlgorithmSyntax.Named<AlgorithmSyntax.TypeDefinition>]) -> Set<Int> {
        var enumerations: Set<Int> = []
        for type in types {
            let name = type.name.text
            if Self.builtinType(name) != nil {
                report(.duplicateName(name, what: "a type of the language", at: type.name.span))
                continue
            }
            switch type.content {
            case .enumeration(let words):
                let enumeration = TypeTable.Enumeration(name: name, words: words.map(\.text))
                let index = other(enumeration) ?? scope.types.enumerations.count
                tables.typeNames[name] = tables.store.enumeration(index)
                enumerations.insert(index)
                if index == scope.types.enumerations.count { scope.types.enumerations.append(enumeration) }
            case .record:
                let index = scope.types.records.firstIndex { $0.name == name } ?? scope.types.records.count
                tables.typeNames[name] = tables.store.record(index)
                tables.recordNames[name] = index
                guard index == scope.types.records.count else { break }
                tables.records.append([])
                scope.types.records.append(.init(name: name, fields: []))
            case .alias:
                pending.types[name] = type
            }
        }
        return enumerations
    }

    /// Words may be shared by enumerations, but not with other values.
    private func checkWords(_ types: [AlgorithmSyntax.Named<AlgorithmSyntax.TypeDefinition>]) {
        for type in types {
            guard case .enumeration(let words) = type.content else { continue }
            for word in words {
                if let reserved = Reserved(rawValue: word.text) {
                    report(.duplicateName(word.text, what: everywhere(.reserved(reserved)), at: word.span))
                } else if let known = tables.names[word.text] {
                    if case .words = known { continue }
                    report(.duplicateName(word.text, what: everywhere(known), at: word.span))
                }
            }
        }
    }

    /// What a name stands for, wherever that may be.
    private func everywhere(_ known: KnownName) -> String {
        if let meaning = meaning(of: known) { return meaning }
        return "a name of the language"
    }

    private func declareConstants(_ constants: [AlgorithmSyntax.Named<Expression>]) {
        for constant in constants {
            if let known = tables.names[constant.name.text] {
                report(.duplicateName(constant.name.text, what: everywhere(known), at: constant.name.span))
            } else {
                pending.constants[constant.name.text] = constant
            }
        }
    }

    private func declareRecords(_ types: [AlgorithmSyntax.Named<AlgorithmSyntax.TypeDefinition>]) {
        for type in types {
            guard case .record(let fields) = type.content, let index = tables.recordNames[type.name.text] else { continue }
            let (types, shapes) = resolveFields(fields)
            let known = scope.types.records[index].fields
            if !known.isEmpty, known != shapes { reportOther("the record '\(type.name.text)'", known, at: type.name.span) }
            tables.records[index] = types
            scope.types.records[index].fields = shapes
        }
        var sizes = [Int?](repeating: nil, count: tables.records.count)
        for type in types {
            guard let index = tables.recordNames[type.name.text] else { continue }
            var seen: Set<Int> = []
            if contains(record: index, in: tables.records[index], &seen) {
                report(.infiniteType(type.name.text, at: type.name.span))
            } else if size(ofRecord: index, &sizes) > TypeStore.sizeMax {
                report(.nestedTooDeeply(at: type.name.span))
            } else {
                continue
            }
            tables.typeNames[type.name.text] = .error
            tables.records[index] = tables.records[index].map { _ in .error }
        }
    }

    /// Parts of parts, through other records, up to a little over the limit.
    private func size(ofRecord index: Int, _ sizes: inout [Int?]) -> Int {
        if let known = sizes[index] { return known }
        // Where records go round in a circle, that has been reported.
        sizes[index] = 1
        var size = 1
        for type in tables.records[index] { size = min(size + self.size(type, &sizes), 2 * TypeStore.sizeMax) }
        sizes[index] = size
        return size
    }

    private func size(_ type: TypeID, _ sizes: inout [Int?]) -> Int {
        switch tables.store[type] {
        case .record(let number): size(ofRecord: number, &sizes)
        case .maybe(let inner), .list(let inner), .set(let inner), .signed(let inner), .sealed(let inner): 1 + size(inner, &sizes)
        case .map(let key, let value): 1 + size(key, &sizes) + size(value, &sizes)
        case .tuple(let parts): parts.reduce(1) { min($0 + size($1, &sizes), 2 * TypeStore.sizeMax) }
        default: 1
        }
    }

    private func resolveFields(_ fields: AlgorithmSyntax.Fields) -> ([TypeID], [TypeTable.Field]) {
        var types: [TypeID] = []
        var shapes: [TypeTable.Field] = []
        for field in fields {
            let type = resolve(field.content)
            types.append(type)
            shapes.append(.init(name: field.name.text, type: tables.store.value(type)))
        }
        return (types, shapes)
    }

    /// Whether a value of one of the types can hold a value of the record.
    private func contains(record: Int, in types: [TypeID], _ seen: inout Set<Int>) -> Bool {
        for type in types {
            let inner: [TypeID]
            switch tables.store[type] {
            case .record(let number):
                if number == record { return true }
                guard seen.insert(number).inserted else { continue }
                inner = tables.records[number]
            case .maybe(let part), .list(let part), .set(let part), .signed(let part), .sealed(let part): inner = [part]
            case .map(let key, let value): inner = [key, value]
            case .tuple(let parts): inner = parts
            default: continue
            }
            if contains(record: record, in: inner, &seen) { return true }
        }
        return false
    }

    private func declareMessages(_ messages: [AlgorithmSyntax.Named<AlgorithmSyntax.Fields>]) {
        for message in messages {
            let (types, shapes) = resolveFields(message.content)
            let shape = TypeTable.Shape(name: message.name.text, fields: shapes)
            if let known = scope.types.messages.firstIndex(where: { $0.name == shape.name }) {
                tables.messageNames[shape.name] = known
                if scope.types.messages[known] != shape {
                    reportOther("the message '\(shape.name)'", scope.types.messages[known].fields, at: message.name.span)
                    tables.messages[known] = types
                }
                continue
            }
            tables.messageNames[shape.name] = scope.types.messages.count
            tables.messages.append(types)
            tables.messageUses.append(.init())
            scope.types.messages.append(shape)
            if Builtin(rawValue: message.name.text) != nil {
                report(.duplicateName(message.name.text, what: "a function of the language", at: message.name.span))
            }
        }
    }

    private func declareFunctions(_ functions: [AlgorithmSyntax.Function]) {
        for function in functions {
            let name = function.name
            if Builtin(rawValue: name.text) != nil {
                report(.duplicateName(name.text, what: "a function of the language", at: name.span))
            } else if tables.messageNames[name.text] != nil {
                report(.duplicateName(name.text, what: "a message", at: name.span))
            } else if tables.recordNames[name.text] != nil {
                report(.duplicateName(name.text, what: "a record", at: name.span))
            } else if tables.functionNames[name.text] != nil {
                report(.duplicateName(name.text, what: "another function", at: name.span))
            } else {
                tables.functionNames[name.text] = tables.functions.count
            }
            tables.functions.append(function)
        }
    }
}
