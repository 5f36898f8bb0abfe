package import ScenModel

/// What a whole command came to.
package struct RunSummary: Sendable, Hashable {
    /// Expectations.
    package private(set) var passed = 0
    package private(set) var failed = 0
    package private(set) var inconclusive = 0
    /// Files that could not be run, and cases that stopped with a run-time error.
    package private(set) var errors = 0
    package private(set) var invalidFiles = 0
    package private(set) var scenarios = 0
    package private(set) var cases = 0

    package init() {}

    package mutating func addScenario() { scenarios += 1 }

    package mutating func addInvalidFile() {
        errors += 1
        invalidFiles += 1
    }

    package mutating func add(_ report: CaseReport) {
        cases += 1
        if report.failure != nil { errors += 1 }
        for expectation in report.expectations {
            switch expectation.status {
            case .passed: passed += 1
            case .failed: failed += 1
            case .inconclusive: inconclusive += 1
            }
        }
    }

    package var exitCode: Int32 {
        if invalidFiles > 0 { return ExitStatus.invalid }
        if failed > 0 || errors > 0 { return ExitStatus.failed }
        if inconclusive > 0 { return ExitStatus.inconclusive }
        return passed > 0 ? ExitStatus.passed : ExitStatus.nothingSelected
    }
}

/// What the process tells its caller.
package enum ExitStatus {
    package static let passed: Int32 = 0
    package static let failed: Int32 = 1
    /// An invalid scenario, or wrong usage.
    package static let invalid: Int32 = 2
    package static let inconclusive: Int32 = 3
    package static let nothingSelected: Int32 = 5
}

extension CaseReport {
    package var hasFailed: Bool {
        failure != nil || expectations.contains { $0.status == .failed }
    }
    var hasPassed: Bool {
        failure == nil && expectations.allSatisfy { $0.status == .passed }
    }
}
