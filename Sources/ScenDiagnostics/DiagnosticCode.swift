/// Every code that scen can print, listed once. `scen explain CODE` prints its explanation
/// (`Explanations/`), and a test demands that each has one and that each is raised by some test.
package enum DiagnosticCode: String, CaseIterable, Sendable, Hashable {
    // Reading the file
    case unreadableFile = "unreadable-file"
    case yamlSyntax = "yaml-syntax"
    case invalidEncoding = "invalid-encoding"
    case tabIndentation = "tab-indentation"
    case duplicateKey = "duplicate-key"
    case severalDocuments = "several-documents"
    case emptyFile = "empty-file"
    case fileTooLarge = "file-too-large"
    case nestingTooDeep = "nesting-too-deep"
    case aliasesTooLarge = "aliases-too-large"
    case unknownAlias = "unknown-alias"
    case unsupportedYAML = "unsupported-yaml"
    case flowSplit = "flow-split"

    // Keys and their values
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case wrongKind = "wrong-kind"
    case wrongWord = "wrong-word"
    case invalidName = "invalid-name"
    case conflictingKeys = "conflicting-keys"
    case notSupported = "not-supported"

    // Expressions and statements
    case invalidToken = "invalid-token"
    case syntax = "syntax"
    case indentation = "indentation"
    case invalidUnit = "invalid-unit"
    case numberTooLarge = "number-too-large"
    case expressionTooDeep = "expression-too-deep"

    // Names
    case unknownName = "unknown-name"
    case unknownFunction = "unknown-function"
    case unknownMember = "unknown-member"
    case unknownMessage = "unknown-message"
    case unknownTimer = "unknown-timer"
    case unknownType = "unknown-type"
    case unknownProperty = "unknown-property"
    case unknownOutcome = "unknown-outcome"
    case unknownNode = "unknown-node"
    case unknownAlgorithm = "unknown-algorithm"
    case duplicateName = "duplicate-name"
    case ambiguousName = "ambiguous-name"
    case nameNotAllowedHere = "name-not-allowed-here"
    case unusedHandler = "unused-handler"
    case unhandledMessage = "unhandled-message"

    // Types
    case typeMismatch = "type-mismatch"
    case unknownTypeOfValue = "unknown-type-of-value"
    case wrongArguments = "wrong-arguments"
    case wrongFields = "wrong-fields"
    case notAssignable = "not-assignable"
    case needsInitialValue = "needs-initial-value"
    case missingReturn = "missing-return"
    case infiniteType = "infinite-type"
    case notConstant = "not-constant"

    // Values out of their range, found before anything runs
    case outOfRange = "out-of-range"
    case evaluation = "evaluation"

    // The model
    case lossOnReliableLinks = "loss-on-reliable-links"
    case adversaryMismatch = "adversary-mismatch"
    case faultNotInNodeModel = "fault-not-in-node-model"
    case tooManyFaulty = "too-many-faulty"
    case tooManyNodes = "too-many-nodes"
    case tooManyLinks = "too-many-links"
    case tooManyCases = "too-many-cases"
    case noCases = "no-cases"
    case timingMismatch = "timing-mismatch"
    case assumptionBroken = "assumption-broken"
    case parameterShadows = "parameter-shadows"
    case algorithmsDiffer = "algorithms-differ"
    case nothingToLieAbout = "nothing-to-lie-about"
    case neverHappens = "never-happens"
    case nothingToHeal = "nothing-to-heal"

    // Expectations
    case noForm = "no-form"
    case severalForms = "several-forms"
    case missingComparison = "missing-comparison"
    case needsExploration = "needs-exploration"
    case needsSimulation = "needs-simulation"
    case notOverParameters = "not-over-parameters"

    // While running
    case overflow = "overflow"
    case divisionByZero = "division-by-zero"
    case missingMapKey = "missing-map-key"
    case indexOutsideList = "index-outside-list"
    case emptyCollection = "empty-collection"
    case rangeViolated = "range-violated"
    case assertionFailed = "assertion-failed"
    case noneUsed = "none-used"
    case negativeExponent = "negative-exponent"
    case negativeDelay = "negative-delay"
    case stepBudget = "step-budget"
    case recursionTooDeep = "recursion-too-deep"
    case valueTooLarge = "value-too-large"
    case eventBudget = "event-budget"
    case memoryBudget = "memory-budget"
    case tooManyPending = "too-many-pending"
    case neverReturns = "never-returns"
    case noLink = "no-link"

    // Trace files
    case invalidTrace = "invalid-trace"
    case traceDoesNotFit = "trace-does-not-fit"
    case scenarioChanged = "scenario-changed"
}
