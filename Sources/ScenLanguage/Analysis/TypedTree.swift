package import ScenDiagnostics
package import ScenModel

/// An expression of one case with every name resolved and every type known. Compilation turns it into the flat program;
/// `ConstantEvaluator` evaluates what has to be known before there is a program (node counts, bounds, initial values).
/// A test demands that both give the same value for the same pure expression.
package struct TypedExpression: Sendable {
    package indirect enum Kind: Sendable {
        case constant(Value)
        /// Slot of a local variable or parameter of the routine.
        case local(Int)
        /// A variable of the node that runs: index in `TypedAlgorithm.variables`.
        case variable(Int)
        case own(OwnFact)
        /// Observers only: a variable of some node.
        case variableOf(TypedExpression, Int)
        case factOf(TypedExpression, NodeFact)
        case global(GlobalFact)
        /// Observers only: how many messages of one kind were sent; nil: of any kind. One for each recipient.
        case sentCount(message: Int?)
        /// Observers only: whether the adversary on the links can say it.
        case knownToAdversary(TypedExpression)
        /// Observers only: how many messages the node has received.
        case receivedCount(TypedExpression)
        case not(TypedExpression)
        case and(TypedExpression, TypedExpression)
        case or(TypedExpression, TypedExpression)
        case implies(TypedExpression, TypedExpression)
        case conditional(condition: TypedExpression, then: TypedExpression, otherwise: TypedExpression)
        case operation(Operation, [TypedExpression])
        /// Index in `TypedAlgorithm.functions`.
        case call(Int, [TypedExpression])
        /// Elements in any order, duplicates allowed: `set` sorts them.
        case make(Constructor, [TypedExpression])
        /// `low..high` as a list of whole numbers; loops and `in` need not build it.
        case range(TypedExpression, TypedExpression)
        /// A field of a tuple, record or message; of what is signed or sealed the node, then the value.
        case field(TypedExpression, Int)
        case comprehension(TypedComprehension)
        /// Leaving `low..high` is the run-time error `range-violated`.
        case checkRange(TypedExpression, low: Int, high: Int)
        /// Of a whole number, or of a duration (its ns).
        case toReal(TypedExpression)
        /// Evaluates the first once, keeps it in the local, and gives the value of the second.
        case binding(local: Int, TypedExpression, in: TypedExpression)
        /// Observers only: what nodes know.
        case knowledge(TypedKnowledge)
        /// A value of `maybe T` where a T is needed: `none` is the run-time error `none-used`.
        case unwrap(TypedExpression)
    }
    package var kind: Kind
    package var type: ValueType
    package var span: SourceSpan
    package init(_ kind: Kind, _ type: ValueType, at span: SourceSpan) {
        self.kind = kind
        self.type = type
        self.span = span
    }
}

/// What a node knows about itself.
package enum OwnFact: Sendable, Hashable {
    case me
    /// All nodes but `me`: a set.
    case others
    /// Those to which it has a link: a set.
    case neighbours
    /// ns; the node's clock.
    case now
    case input
    /// `maybe T`.
    case decision
    /// A list.
    case delivered
}

package enum NodeFact: Sendable, Hashable {
    case up, crashed, input, decision, delivered, neighbours
    /// ns for which it has been up, or down, without a break; 0 if it is not.
    case upFor, downFor
    case history(History)
    /// How often the node has executed `decide`.
    case decisions
}

/// What only an observer sees.
package enum GlobalFact: Sendable, Hashable {
    case faulty, correct
    /// ns since the start.
    case time
    /// Index of the outcome that holds at the end of the run (first match), or none.
    /// Its type is `maybe int`.
    case outcome
}

package enum Constructor: Sendable, Hashable {
    case tuple, list, set
    /// Elements are key, value, key, value ..
    case map
    case record(Int)
    case message(Int)
    /// A node and a value: who signs it, and for whom it is sealed.
    case signed, sealed
}

/// Operations on evaluated operands; the types of the operands are known and need no conversion. Operands stand in the
/// order in which they are written, with the collection first where there is one: `containsSet` is (set, element),
/// `lookUp` (map, key), `adding` (set, element).
package enum Operation: String, Sendable, Hashable, CaseIterable {
    // Whole numbers and durations; overflow is a run-time error. `div` and `mod` floor.
    case addInt, subtractInt, multiplyInt, divInt, modInt, powerInt, negateInt, absInt
    case addReal, subtractReal, multiplyReal, divideReal, powerReal, negateReal, absReal
    /// Towards minus infinity / plus infinity / nearest, halves away from zero; gives a whole number.
    case floorReal, ceilReal, roundReal
    /// duration times real, rounded to whole ns.
    case scaleDuration
    // Comparison in value order: numbers, then text by bytes, then element by element; `none` comes first.
    case equal, notEqual, less, lessOrEqual
    case lessReal, lessOrEqualReal
    // Collections: the collection is the first operand, also of `contains..`; `isSubset` asks whether the first lies in
    // the second. `length` of a text counts code points.
    case length
    case concatenateLists, concatenateStrings
    case union, intersection, difference
    /// Every element of the first is in the second.
    case isSubset
    case containsList, containsSet, containsMap, containsString
    /// list, index: negative indices count from the end, as in Python; outside is `index-outside-list`.
    case elementAt
    /// list, from, to: as Python's slices, clipped. Missing ends are constants 0 and the largest number.
    case slice
    /// map, key: missing is `missing-map-key`.
    case lookUp
    /// map, key, default
    case lookUpOr
    /// map, key -> maybe value
    case lookUpMaybe
    /// A set; a list in the order of the keys; a list of (key, value) in that order.
    case keys, values, items
    /// Of a list or a set (smallest and largest element); `sorted` gives a list. Empty: `empty-collection`.
    case first, last, sorted, reversed
    /// Of one list or set, or of several operands. A `sum` may be of durations; of nothing it is zero.
    case minimum, maximum, sum, sumReal, minimumReal, maximumReal
    case listToSet, setToList
    /// list, default: the value that more than half of the elements have, else the default.
    case majority
    // New versions of values
    /// `removingFromList` removes the first element that is equal. What is absent is not removed.
    case adding, removing, removingFromList, removingFromMap, appending
    /// list, index, value / map, key, value
    case replacingElement, insertingIntoMap
    /// composite, constant field index, value
    case replacingField
    /// sealed value, node -> maybe value: `none` if it is sealed for another
    case open
}

package struct TypedComprehension: Sendable {
    package enum Result: Sendable, Hashable {
        case list, set, map
        case all, any, count
        case sum, sumReal
        /// Of an empty collection: `empty-collection`.
        case minimum, maximum, minimumReal, maximumReal
    }
    package struct Clause: Sendable {
        package var pattern: TypedPattern
        /// A list or set, or `range`.
        package var collection: TypedExpression
        package var conditions: [TypedExpression]
        package init(pattern: TypedPattern, collection: TypedExpression, conditions: [TypedExpression]) {
            self.pattern = pattern
            self.collection = collection
            self.conditions = conditions
        }
    }
    package var result: Result
    package var clauses: [Clause]
    /// For `count` the constant true.
    package var element: TypedExpression
    /// Of a map.
    package var value: TypedExpression?
    package init(
        result: Result, clauses: [Clause], element: TypedExpression, value: TypedExpression? = nil
    ) {
        self.result = result
        self.clauses = clauses
        self.element = element
        self.value = value
    }
}

package indirect enum TypedPattern: Sendable {
    case local(Int)
    case wildcard
    case tuple([TypedPattern])
    /// Headers only.
    case equals(TypedExpression)
}
