/// The machine's operations.
///
/// `a`, `b`, `c` are registers of the frame unless said otherwise; `wide` is b and c as one signed number. Most operations
/// put their result into `a`. `bits` is a whole word that fits into `wide`: a small number or `none`. A *fork* is followed by
/// a `jump`, which is taken if the condition holds and skipped otherwise. Operations with three operands have them in the
/// registers b, b + 1, b + 2.
public enum Opcode: UInt8, Sendable, Hashable, CaseIterable {
    // Flow
    /// Ends the routine without a value.
    case finish
    /// Ends the routine with the value of `a`.
    case returns
    /// To this place plus `wide`.
    case jump
    /// The same backwards: here budgets are checked.
    case loop
    case jumpIfTrue, jumpIfFalse
    /// Routine `wide`, with its frame from register `a`: there stand its arguments, there it leaves its result.
    case call

    // Forks
    case forkIfEqual, forkIfNotEqual
    /// Of numbers.
    case forkIfLess, forkIfAtMost
    /// Register `a` and `bits`.
    case forkIfEqualSmall, forkIfNotEqualSmall, forkIfLessSmall, forkIfAtLeastSmall
    /// Variable `a` of the node and `bits`.
    case forkIfStateEqual, forkIfStateNotEqual, forkIfStateLess, forkIfStateAtLeast
    /// Loops; the jump is taken at the end. Element number `c` of the list or set `b`, or key of the map.
    case nextElement, nextKey
    /// The number in `b`, up to that in `c`.
    case nextInRange

    // Moving
    case move
    /// Constant `wide`.
    case loadConstant
    /// `bits`
    case loadSmall
    /// Variable `b` of the node that runs.
    case loadState
    /// Variable `a` becomes `b`.
    case storeState
    /// The same, and a crash may come before it.
    case storeStable
    /// Variable `a` becomes `bits`.
    case setState
    /// Word number `c` of the composite `b`.
    case loadField
    case loadMe

    // Numbers
    case addInt, subtractInt
    /// `b` plus `small`, which is a word.
    case addSmall
    /// Variable `a` plus `bits`.
    case addState
    case multiplyInt, divInt, modInt, powerInt, negateInt, absInt
    case addReal, subtractReal, multiplyReal, divideReal, powerReal, negateReal, absReal
    case floorReal, ceilReal, roundReal, scaleDuration, toReal

    // Truth and order
    case equal, notEqual
    /// Of numbers.
    case less, atMost
    /// Of any values.
    case lessValue, atMostValue
    case not

    // Composites. `make..` take `c` registers from `b`.
    case makeTuple, makeList, makeSet
    /// `c` registers: key, value, key, value ..
    case makeMap
    /// Of kind `c`, as many registers as it has fields.
    case makeMessage, makeTimer
    case makeRange
    /// Marks where the gathered values begin; they pile up beside the frames.
    case beginGathering
    case gather, gatherPair
    case gatheredList, gatheredSet, gatheredMap

    // Collections
    case insertIntoState
    case lengthOfState
    case length, lengthOfString, lengthOfMap
    case concatenateLists, concatenateStrings
    case union, intersection, difference
    case isSubset
    case containsList, containsSet, containsMap, containsString
    /// Three operands: low, high, number.
    case isInRange
    case elementAt
    case slice
    case lookUp, lookUpOr, lookUpMaybe
    case keys, keySet, values, valueSet, items, itemSet
    /// `..Key`: of a map.
    case first, last, firstKey, lastKey
    case sorted, reversed
    case minimum, maximum, sum, sumReal
    case listToSet, setToList
    case majority
    case adding, removing, removingFromList, removingFromMap, appending
    case replacingElement, insertingIntoMap
    /// Three operands; the second is the number of the word.
    case replacingField

    // What comprehensions gather. `accumulate..`: `a` becomes the less, or greater, of itself and `b`.
    case loadUnset
    case accumulateMinimum, accumulateMaximum
    /// `empty-collection` if it is.
    case checkSet

    // Checks
    /// `a` lies between constants `wide` and `wide` + 1.
    case checkRange
    case checkNotNone
    /// `a` is a delay: not negative.
    case checkDelay
    case failAssertion
    /// The routine has more registers than an instruction can name.
    case failTooLarge
    /// The end of a function that should have returned a value.
    case failNoValue

    /// The node that runs has a link to node `a`; to each of the list or set `a`.
    case checkLink, checkLinks

    // What a handler asks of the world
    /// Message `a` to node `b`; to each of the list or set `b`.
    case send, sendMany
    /// Timer `a` after `b`.
    case setTimer
    case cancelTimer
    case decide
    /// `a`; from node `b` if `c` is 1.
    case deliver
    /// `a`.
    case broadcast
    /// From the list or set `b`; from the keys of the map `b`; from the range `b` to `c`. Except in a range the type of what is
    /// chosen is `Program.shownTypes[c]`.
    case choose, chooseKey, chooseInRange
    case beginLog
    /// Text: constant `wide`.
    case logText
    /// `a`, whose type is `Program.shownTypes[wide]`.
    case logValue
    case endLog

    // What a node and an observer read
    case loadOthers, loadNeighbours, loadNow, loadInput
    /// Of node `b`.
    case loadUp, loadCrashed, loadInputOf, loadNeighboursOf
    /// Node `b` has been up, or down, for so long.
    case loadUpFor, loadDownFor
    /// `History` number `c` of node `b`.
    case loadHistory
    /// Variable `c` of node `b`.
    case loadStateOf
    case loadFaulty, loadCorrect, loadTime, loadOutcome
    /// How many messages of kind `wide` were sent; -1: of any.
    case loadSent
    /// How many messages node `b` has received.
    case loadReceived
    /// The adversary on the links knows `b`, whose type is `Program.shownTypes[c]`.
    case loadAdversaryKnows
    /// What operator `c` of `Program.knowledge` says: register b holds its node or set of nodes, those behind it what its fact is
    /// given.
    case loadKnown
}
