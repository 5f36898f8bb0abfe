import ScenDiagnostics
import ScenModel

/// Values that only one node can make, and values that only one node can read.
extension Checker {
    /// `sign(v)`: by the node that runs.
    func checkSign(_ name: Identifier, _ value: Expression, _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool) -> Term {
        let content = checkContent(value, hint, soft)
        guard let me = checkMe(name) else { return .broken(span) }
        return term(.make(.signed, [me, content.node]), tables.store.signed(content.type), span)
    }

    /// `seal(v, for=q)`
    func checkSeal(
        _ name: Identifier, _ arguments: [Expression.Argument], _ span: SourceSpan, _ hint: TypeID?, _ soft: Bool
    ) -> Term {
        guard arguments.count == 2, arguments[0].label == nil, arguments[1].label?.text == "for" else {
            for argument in arguments { _ = check(argument.value, soft: true) }
            report(.sealTakesReader(at: span))
            return .broken(span)
        }
        let content = checkContent(arguments[0].value, hint, soft)
        let reader = check(arguments[1].value, as: .node, for: "'for' of 'seal'")
        return term(.make(.sealed, [reader, content.node]), tables.store.sealed(content.type), span)
    }

    /// `open(s)`: `none` for a node that cannot.
    func checkOpen(_ name: Identifier, _ value: Expression, _ span: SourceSpan) -> Term {
        let sealed = unwrapped(check(value))
        guard let me = checkMe(name) else { return .broken(span) }
        switch tables.store[sealed.type] {
        case .sealed(let content): return term(.operation(.open, [sealed.node, me]), tables.store.maybe(content), span)
        case .unknown, .error, .emptyBraces: return .broken(span).vague(sealed.type)
        default:
            report(.notSealed(self.name(sealed.type), at: value.span))
            return .broken(span)
        }
    }

    /// `s.value`, `s.signer`
    func checkSignedMember(_ signed: TypedExpression, _ content: TypeID, _ name: Identifier, _ span: SourceSpan) -> Term {
        switch name.text {
        case "signer": return term(.field(signed, 0), .node, span)
        case "value": return term(.field(signed, 1), content, span)
        default:
            report(.unknownMember(name.text, of: "a signed value", at: name.span, known: ["value", "signer"]))
            return .broken(span)
        }
    }

    /// What is signed or sealed, as the place of the whole wants it.
    private func checkContent(_ value: Expression, _ hint: TypeID?, _ soft: Bool) -> Term {
        var wanted: TypeID?
        if let hint {
            switch tables.store[tables.store.withoutMaybe(hint)] {
            case .signed(let content), .sealed(let content): wanted = content
            default: break
            }
        }
        let content = check(value, hint: wanted, soft: soft)
        guard let wanted, !tables.store.isOpen(wanted), tables.store.fit(content.type, to: wanted) != .never else {
            return content
        }
        return Term(node: convert(content, to: wanted, for: ""), type: wanted)
    }

    /// Nil, after a report, where no node runs.
    private func checkMe(_ name: Identifier) -> TypedExpression? {
        guard place == .handler || place == .initial else {
            report(.nobodySigns(name.text, observer: place == .observer, at: name.span))
            return nil
        }
        noteNodeUse("'\(name.text)'", name.span)
        return TypedExpression(.own(.me), .node, at: name.span)
    }
}
