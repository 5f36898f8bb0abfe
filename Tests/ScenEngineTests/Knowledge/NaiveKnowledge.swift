import ScenModel

@testable import ScenEngine

/// A formula of knowledge, as text for a scenario and as a tree for the naive checker.
indirect enum Formula {
    /// Number of a condition that needs no knowledge.
    case atom(Int)
    case not(Formula)
    case and(Formula, Formula)
    case or(Formula, Formula)
    case knows(Int, Formula)
    /// Number of a set of nodes.
    case everyone(Int, Formula)
    case common(Int, Formula)

    func text(_ atoms: [String], _ sets: [String]) -> String {
        func text(_ formula: Formula) -> String { formula.text(atoms, sets) }
        return switch self {
        case .atom(let number): "(\(atoms[number]))"
        case .not(let part): "(not \(text(part)))"
        case .and(let a, let b): "(\(text(a)) and \(text(b)))"
        case .or(let a, let b): "(\(text(a)) or \(text(b)))"
        case .knows(let node, let part): "knows(n\(node + 1), \(text(part)))"
        case .everyone(let set, let part): "everyone_knows(\(sets[set]), \(text(part)))"
        case .common(let set, let part): "common_knowledge(\(sets[set]), \(text(part)))"
        }
    }
}

/// Knowledge by its definition: explicit histories, and states compared with all others.
struct NaiveKnowledge<View: Hashable> {
    /// By state, by node.
    let views: [[View]]
    /// By atom, by state.
    let atoms: [[Bool]]
    /// By set, by state.
    let members: [[Set<Int>]]
    /// By node: states with each view.
    private let classes: [[View: [Int]]]

    init(views: [[View]], nodes: Int, atoms: [[Bool]], members: [[Set<Int>]]) {
        self.views = views
        self.atoms = atoms
        self.members = members
        classes = (0..<nodes).map { node in Dictionary(grouping: views.indices) { views[$0][node] } }
    }

    private func lookingTheSame(as state: Int, to node: Int) -> [Int] { classes[node][views[state][node]] ?? [] }

    func truth(of formula: Formula) -> [Bool] {
        switch formula {
        case .atom(let number): return atoms[number]
        case .not(let part): return truth(of: part).map { !$0 }
        case .and(let a, let b): return zip(truth(of: a), truth(of: b)).map { $0 && $1 }
        case .or(let a, let b): return zip(truth(of: a), truth(of: b)).map { $0 || $1 }
        case .knows(let node, let part):
            let fact = truth(of: part)
            return views.indices.map { lookingTheSame(as: $0, to: node).allSatisfy { fact[$0] } }
        case .everyone(let set, let part): return everyone(members[set], truth(of: part))
        case .common(let set, let part):
            // The greatest fixed point of: everybody knows the fact, and that it is common knowledge.
            let fact = truth(of: part)
            var common = views.map { _ in true }
            while true {
                let next = everyone(members[set], zip(fact, common).map { $0 && $1 })
                if next == common { return common }
                common = next
            }
        }
    }

    /// Each member knows: if I am a member, then the fact.
    private func everyone(_ members: [Set<Int>], _ fact: [Bool]) -> [Bool] {
        views.indices.map { state in
            members[state].allSatisfy { node in
                lookingTheSame(as: state, to: node).allSatisfy { !members[$0].contains(node) || fact[$0] }
            }
        }
    }
}
