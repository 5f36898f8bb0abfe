import ScenDiagnostics
import ScenEngine
import ScenLanguage
import ScenModel
import ScenReport

/// `scen replay`: from a trace file to what its run shows now.
struct ReplaySession {
    let path: String
    /// In place of the file that the trace names.
    let scenario: String?

    struct Problem: Error {
        let diagnostics: [Diagnostic]
        let sources: [SourceFile]
    }
    /// Apart from those of any scenario.
    private static let sourceID = SourceID(UInt16.max)

    func result() -> Result<ReplayReport, Problem> {
        do throws(Problem) { return .success(try replay()) } catch { return .failure(error) }
    }

    private func replay() throws(Problem) -> ReplayReport {
        let source = SourceFile(id: Self.sourceID, path: path, bytes: try read(path))
        let result = TraceReader.read(source)
        guard let trace = result.trace else { throw Problem(diagnostics: result.diagnostics, sources: [source]) }
        let head = result.head

        let file = scenario ?? trace.origin.file
        let bytes: [UInt8]
        switch FileReading.read(file) {
        case .success(let read): bytes = read
        case .failure(let failure):
            var diagnostic = failure.diagnostic
            if scenario == nil {
                diagnostic.notes.append(
                    .init("this is the scenario that the trace names; '--scenario FILE' takes another", at: head))
            }
            throw Problem(diagnostics: [diagnostic], sources: [source])
        }
        var notes: [Diagnostic] = []
        if Trace.digest(bytes) != trace.origin.digest { notes.append(.scenarioHasChanged(file, at: head)) }

        let overrides = trace.parameters.map { ScenarioLoader.Override(name: $0.name, value: $0.value) }
        let loaded = ScenarioLoader.load(path: file, bytes: bytes, overrides: overrides)
        let sources = loaded.sources + [source]
        guard !loaded.hasErrors else { throw Problem(diagnostics: loaded.diagnostics + notes, sources: sources) }
        guard loaded.cases.count == 1 else {
            let why = "the trace does not say which of \(loaded.cases.count) cases it belongs to: the parameters are others now"
            throw Problem(diagnostics: notes + [.caseDoesNotFit(why, at: head)], sources: sources)
        }
        let compiled = Compiler.compile(loaded.cases[0])
        let replay = Replayer(compiled, trace: trace).replay()
        var report = report(of: replay, trace, compiled)
        report.file = file
        report.title = loaded.title ?? file
        report.sources = sources
        if let misfit = replay.misfit {
            let place = misfit.step.map { result.places[$0] }
            let diagnostic =
                place.map { Diagnostic.traceDoesNotFit(misfit.reason, at: $0) } ?? .caseDoesNotFit(misfit.reason, at: head)
            report.misfit = diagnostic
            notes.append(diagnostic)
        }
        report.diagnostics = loaded.diagnostics + notes
        return report
    }

    private func read(_ path: String) throws(Problem) -> [UInt8] {
        switch FileReading.read(path) {
        case .success(let bytes): return bytes
        case .failure(let failure): throw Problem(diagnostics: [failure.diagnostic], sources: [])
        }
    }

    private func report(of replay: Replay, _ trace: Trace, _ compiled: CompiledCase) -> ReplayReport {
        var expectation: CompiledExpectation?
        if case .expectation(let name, _, _) = trace.shown {
            expectation = compiled.expectations.first { $0.name == name }
        }
        var found = Finding.inconclusive
        if replay.failure != nil { found = .error }
        switch replay.verdict {
        case .satisfies, .vacuous: found = .holds
        case .violates: found = .violated
        case .undecided, .measures, nil: break
        }
        let status: Status =
            switch found {
            case .error: .failed
            case .holds: expectation?.expectsHolds == true ? .passed : .inconclusive
            case .violated: expectation?.expectsHolds == true ? .failed : .passed
            case .inconclusive: .inconclusive
            }
        var report = ReplayReport(
            traceFile: path, trace: trace, file: "", title: "", sources: [], parameters: compiled.parameters,
            expectation: expectation, found: found, status: status, story: replay.story, failure: replay.failure,
            misfit: nil, isSame: replay.hash == trace.hash)
        if found == .violated { report.unmet = expectation.flatMap { replay.unmet(of: $0, compiled) } }
        return report
    }
}
