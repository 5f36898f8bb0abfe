/// How values of one type become values of another.
enum Fit: Comparable {
    /// The same words stand for them.
    case same
    /// With code that computes them, or checks them.
    case converts
    case never
}

extension TypeStore {
    /// The smallest type that takes values of both; nil if there is none.
    mutating func join(_ a: TypeID, _ b: TypeID) -> TypeID? {
        if a == b { return a }
        switch (self[a], self[b]) {
        case (.error, _), (.unknown, _): return b
        case (_, .error), (_, .unknown): return a
        case (.range, .int), (.int, .range), (.range, .range): return .int
        case (.int, .real), (.real, .int), (.range, .real), (.real, .range): return .real
        case (.maybe(let x), .maybe(let y)): return join(x, y).map { maybe($0) }
        case (.maybe(let x), _): return b == .nothing ? nil : join(x, b).map { maybe($0) }
        case (_, .maybe(let y)): return a == .nothing ? nil : join(a, y).map { maybe($0) }
        case (.emptyBraces, .set), (.emptyBraces, .map): return b
        case (.set, .emptyBraces), (.map, .emptyBraces): return a
        case (.list(let x), .list(let y)): return join(x, y).map { list($0) }
        case (.set(let x), .set(let y)): return join(x, y).map { set($0) }
        case (.map(let k, let x), .map(let l, let y)):
            guard let key = join(k, l), let value = join(x, y) else { return nil }
            return map(key, value)
        case (.tuple(let x), .tuple(let y)):
            guard x.count == y.count else { return nil }
            var parts: [TypeID] = []
            for (p, q) in zip(x, y) {
                guard let part = join(p, q) else { return nil }
                parts.append(part)
            }
            return tuple(parts)
        case (.signed(let x), .signed(let y)): return joinAsIs(x, y).map { signed($0) }
        case (.sealed(let x), .sealed(let y)): return joinAsIs(x, y).map { sealed($0) }
        default: return nil
        }
    }

    /// What is signed or sealed stays as it is: values of both must be values of the result already.
    private mutating func joinAsIs(_ a: TypeID, _ b: TypeID) -> TypeID? {
        guard let type = join(a, b), fit(a, to: type, inside: true) == .same, fit(b, to: type, inside: true) == .same else { return nil }
        return type
    }

    /// `maybe T` becomes T on the outside only: there the place of a missing value can be told.
    func fit(_ from: TypeID, to: TypeID, inside: Bool = false) -> Fit {
        if from == to || isVague(from) || isVague(to) { return .same }
        switch (self[from], self[to]) {
        case (.range, .int): return .same
        case (.int, .real), (.range, .real), (.int, .range): return .converts
        case (.range(let low, let high), .range(let least, let most)):
            return least <= low && high <= most ? .same : .converts
        case (.maybe(let a), .maybe(let b)): return fit(a, to: b, inside: true)
        case (_, .maybe(let b)): return from == .nothing ? .never : fit(from, to: b, inside: inside)
        case (.maybe(let a), _):
            guard !inside, a != .unknown, fit(a, to: to) != .never else { return .never }
            return .converts
        case (.emptyBraces, .set), (.emptyBraces, .map): return .same
        case (.list(let a), .list(let b)), (.set(let a), .set(let b)): return fit(a, to: b, inside: true)
        case (.map(let k, let a), .map(let l, let b)):
            return max(fit(k, to: l, inside: true), fit(a, to: b, inside: true))
        case (.tuple(let x), .tuple(let y)):
            guard x.count == y.count else { return .never }
            return zip(x, y).map { fit($0, to: $1, inside: true) }.max() ?? .same
        case (.signed(let a), .signed(let b)), (.sealed(let a), .sealed(let b)):
            return fit(a, to: b, inside: true) == .same ? .same : .never
        default: return .never
        }
    }
}
