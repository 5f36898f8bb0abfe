import ScenDiagnostics
import ScenLanguage
import ScenModel
import Testing

@Suite struct TimingModelTests {
    private typealias Latency = ScenModel.Distribution
    private let ms = 1_000_000

    private func timing(_ keys: String) throws -> TimingModel { try onlyCase(wholeScenario(keys)).system.timing }

    @Test func standards() throws {
        let model = try timing("")
        #expect(model.kind == .asynchronous && model.bound == nil && !model.lockstep)
        #expect(model.latency == .exponential(mean: 1e7))
        let synchronous = try timing("timing: synchronous")
        #expect(synchronous.bound == 10 * ms && synchronous.latency == .uniform(low: 0, high: 10 * ms))
    }

    @Test func boundsAndLatencies() throws {
        let bounded = try timing("timing: {model: synchronous, bound: 20ms}")
        #expect(bounded.bound == 20 * ms && bounded.latency == .uniform(low: 0, high: 20 * ms))
        let ranged = try timing("timing: {model: synchronous, latency: 1ms..7ms}")
        #expect(ranged.bound == 7 * ms && ranged.latency == .uniform(low: ms, high: 7 * ms))
        let both = try timing("timing: {model: synchronous, latency: 5ms, bound: 20ms}")
        #expect(both.bound == 20 * ms && both.latency == .constant(5 * ms))
        let parameter = try timing("parameters: {bound: [40ms]}\ntiming: {model: synchronous, latency: 1ms..bound}")
        #expect(parameter.bound == 40 * ms)
    }

    @Test func distributions() throws {
        let written: [(String, Latency)] = [
            ("5ms", .constant(5 * ms)),
            ("2 * 3ms", .constant(6 * ms)),
            ("1ms..10ms", .uniform(low: ms, high: 10 * ms)),
            ("exponential(2ms)", .exponential(mean: 2e6)),
            ("exponential(mean=2ms)", .exponential(mean: 2e6)),
            ("normal(5ms, 1ms)", .normal(mean: 5e6, deviation: 1e6)),
            ("lognormal(median=5ms, sigma=0.5)", .lognormal(median: 5e6, sigma: 0.5)),
            ("pareto(shape=1.5, scale=5ms)", .pareto(scale: 5e6, shape: 1.5)),
            ("empirical([1ms, 3ms, 1ms])", .empirical([ms, 3 * ms, ms])),
            ("empirical([i * 1ms for i in 1..2])", .empirical([ms, 2 * ms])),
        ]
        for (text, expected) in written {
            #expect(try timing("timing:\n  model: asynchronous\n  latency: \(text)").latency == expected, "\(text)")
        }
    }

    @Test func wrongDistributions() {
        func wrong(_ latency: String, _ code: DiagnosticCode, sourceLocation: SourceLocation = #_sourceLocation) {
            expectLoading(
                wholeScenario("timing:\n  model: asynchronous\n  latency: \(latency)"), code, sourceLocation: sourceLocation)
        }
        wrong("⟦uniform⟧(1ms, 2ms)", .unknownFunction)
        wrong("⟦exponental⟧(1ms)", .unknownFunction)
        wrong("⟦exponential()⟧", .wrongArguments)
        wrong("⟦exponential(1ms, 2ms)⟧", .wrongArguments)
        wrong("⟦normal(mean=1ms, mean=2ms)⟧", .wrongArguments)
        wrong("lognormal(⟦mean⟧=1ms, sigma=1)", .wrongArguments)
        wrong("exponential(⟦10⟧)", .typeMismatch)
        wrong("exponential(⟦0ms⟧)", .outOfRange)
        wrong("pareto(scale=1ms, shape=⟦0⟧)", .outOfRange)
        wrong("⟦-1ms⟧", .outOfRange)
        wrong("⟦100y⟧", .outOfRange)
        wrong("⟦10ms..1ms⟧", .outOfRange)
        wrong("empirical(⟦[]⟧)", .outOfRange)
        wrong("empirical([1ms, ⟦-2ms⟧])", .outOfRange)
        wrong("⟦10⟧", .typeMismatch)
    }

    @Test func synchronousLatencyIsBounded() {
        expectLoading(wholeScenario("timing: {model: synchronous, latency: ⟦exponential(1ms)⟧}"), .timingMismatch)
        expectLoading(wholeScenario("timing: {model: synchronous, latency: ⟦1ms..10ms⟧, bound: ⟪5ms⟫}"), .timingMismatch)
        expectLoading(wholeScenario("timing: {model: synchronous, latency: ⟦0ms⟧}"), .outOfRange)
        expectLoading(wholeScenario("timing: {model: synchronous, bound: ⟦0ms⟧}"), .outOfRange)
        expectLoading(wholeScenario("timing: {model: ⟪asynchronous⟫, bound: ⟦5ms⟧}"), .timingMismatch)
    }

    @Test func timingMayVary() {
        let all = cases(wholeScenario("parameters: {t: [synchronous, asynchronous]}\ntiming: {model: t, bound: 5ms}"))
        #expect(all.map(\.system.timing.bound) == [5 * ms, nil])
    }

    @Test func roundsNeedSynchrony() throws {
        let rounds = "  on round r: return"
        #expect(try onlyCase(wholeScenario("timing: synchronous", algorithm: rounds)).system.timing.lockstep)
        expectLoading(wholeScenario("timing: ⟪asynchronous⟫", algorithm: "  ⟦on round r⟧: return"), .timingMismatch)
        expectLoading(wholeScenario("", algorithm: "  ⟦on round r⟧: return"), .timingMismatch)
    }

    @Test func aParameterCalledBound() {
        expectLoading(wholeScenario("parameters: {⟦bound⟧: [1ms]}\ntiming: synchronous"), .parameterShadows)
        expectLoading(wholeScenario("parameters: {⟦bound⟧: [10ms]}\ntiming: asynchronous"), .parameterShadows)
        #expect(!cases(wholeScenario("parameters: {bound: [10ms]}\ntiming: synchronous")).isEmpty)
        #expect(!cases(wholeScenario("parameters: {bound: [1ms]}\ntiming: {model: synchronous, bound: bound}")).isEmpty)
    }

    @Test func pausesAndSteps() throws {
        let both = try timing("timing: {pauses: {every: exponential(5s), for: 10ms..300ms}, step: 1ms}")
        #expect(
            both.pauses
                == Pauses(every: .exponential(mean: 5e9), length: .uniform(low: 10 * ms, high: 300 * ms)))
        #expect(both.step == .constant(ms))
        #expect(try timing("timing: {step: 0ms}").step == nil)
        #expect(try timing("timing: {model: synchronous, step: 1ms}").step == .constant(ms))
        let varied = cases(
            wholeScenario("parameters: {t: [synchronous, asynchronous]}\ntiming: {model: t, pauses: {every: 1s, for: 1s}}"))
        #expect(varied.map { $0.system.timing.pauses == nil } == [true, false])
        expectLoading(
            wholeScenario("timing: {model: ⟪synchronous⟫, ⟦pauses⟧: {every: 1s, for: 1s}}"), .timingMismatch)
        expectLoading(wholeScenario("timing: {pauses: {every: ⟦0ms⟧, for: 1s}}"), .outOfRange)
        expectLoading(wholeScenario("timing: {pauses: {every: 1s, for: ⟦-1s⟧}}"), .outOfRange)
        expectLoading(wholeScenario("timing: {pauses: {every: ⟦3s..1s⟧, for: 1s}}"), .outOfRange)
        expectLoading(wholeScenario("timing: {step: ⟦-1ms⟧}"), .outOfRange)
        expectLoading(
            wholeScenario("timing: {model: synchronous, step: ⟦1ms⟧}", algorithm: "  on round r: return"),
            .timingMismatch)
    }

    @Test func badPeriods() throws {
        let standard = try timing("timing: partially-synchronous")
        #expect(standard.kind == .partiallySynchronous && standard.bound == 10 * ms && !standard.lockstep)
        #expect(standard.latency == .uniform(low: 0, high: 10 * ms))
        #expect(standard.badPeriods == .initial(meanLength: 1e9, latency: .exponential(mean: 1e8)))
        let given = try timing(
            """
            timing:
              model: partially-synchronous
              latency: 1ms..4ms
              asynchronous:
                - {from: 5s, for: 1s}
                - {from: 1s, for: 4s, latency: 20 * bound}
            """)
        #expect(
            given.badPeriods
                == .given([
                    BadPeriod(begin: 1_000 * ms, end: 5_000 * ms, latency: .constant(80 * ms)),
                    BadPeriod(begin: 5_000 * ms, end: 6_000 * ms, latency: .exponential(mean: 4e7)),
                ]))
        let random = try timing(
            "timing: {model: partially-synchronous, asynchronous: {mean-every: 10s, mean-for: 1s, latency: 1s..2s}}")
        #expect(
            random.badPeriods
                == .recurring(
                    meanEvery: 1e10, meanLength: 1e9, latency: .uniform(low: 1_000 * ms, high: 2_000 * ms)))
        let varied = cases(
            wholeScenario(
                """
                parameters: {t: [synchronous, partially-synchronous, asynchronous]}
                timing: {model: t, asynchronous: {mean-every: 10s, mean-for: 1s}}
                """))
        #expect(varied.map { $0.system.timing.badPeriods != nil } == [false, true, false])
    }

    @Test func wrongBadPeriods() {
        func wrong(_ keys: String, _ code: DiagnosticCode, sourceLocation: SourceLocation = #_sourceLocation) {
            expectLoading(
                wholeScenario("timing: {model: partially-synchronous, \(keys)}"), code, sourceLocation: sourceLocation)
        }
        wrong("latency: ⟦exponential(1ms)⟧", .timingMismatch)
        wrong("latency: ⟦1ms..10ms⟧, bound: ⟪5ms⟫", .timingMismatch)
        wrong("asynchronous: [⟪{from: 1s, for: 2s}⟫, ⟦{from: 2s, for: 2s}⟧]", .outOfRange)
        wrong("asynchronous: [{from: 1s, for: ⟦0s⟧}]", .outOfRange)
        wrong("asynchronous: [{from: ⟦-1s⟧, for: 1s}]", .outOfRange)
        wrong("asynchronous: [{from: ⟦61s⟧, for: 1s}]", .neverHappens)
        wrong("asynchronous: {mean-every: ⟦0s⟧, mean-for: 1s}", .outOfRange)
        wrong("asynchronous: {mean-every: 1s, mean-for: 1s, latency: ⟦2s..1s⟧}", .outOfRange)
        expectLoading(
            wholeScenario("timing: {⟦asynchronous⟧: [{from: 1s, for: 1s}]}"), .timingMismatch)
        expectLoading(
            wholeScenario("timing: {model: ⟪synchronous⟫, ⟦asynchronous⟧: [{from: 1s, for: 1s}]}"), .timingMismatch)
        expectLoading(
            wholeScenario("timing: ⟪partially-synchronous⟫", algorithm: "  ⟦on round r⟧: return"), .timingMismatch)
    }

    @Test func assumedTimings() {
        let order = ["synchronous", "partially-synchronous", "asynchronous"]
        for (i, assumed) in order.enumerated() {
            for (j, given) in order.enumerated() {
                let loaded = load(
                    wholeScenario("timing: \(given)", algorithm: "  assumes: {timing: \(assumed)}\n  on start: return"))
                #expect(loaded.diagnostics.map(\.code) == (j > i ? [.assumptionBroken] : []), "\(assumed) \(given)")
            }
        }
    }

    @Test func clocks() throws {
        #expect(
            try timing("timing: {clock: {skew: 50ms, drift: 100 ppm}}").clocks
                == ClockModel(skew: 50 * ms, drift: 0.0001))
        #expect(try timing("timing: {model: synchronous, clock: {drift: 1%}}").clocks == ClockModel(skew: 0, drift: 0.01))
        #expect(try timing("timing: {clock: {skew: 0ms, drift: 0 ppm}}").clocks == nil)
        let rounds = try onlyCase(
            wholeScenario("timing: {model: synchronous, clock: {skew: 5ms}}", algorithm: "  on round r: return"))
        #expect(rounds.system.timing.clocks != nil && rounds.system.timing.lockstep)
        expectLoading(wholeScenario("timing: {clock: {skew: ⟦-5ms⟧}}"), .outOfRange)
        expectLoading(wholeScenario("timing: {clock: {drift: ⟦100⟧}}"), .outOfRange)
        expectLoading(wholeScenario("timing: {clock: {drift: ⟦100%⟧}}"), .outOfRange)
        expectLoading(wholeScenario("timing: {clock: {drift: ⟦-1 ppm⟧}}"), .outOfRange)
        expectLoading(wholeScenario("timing: {clock: {drift: ⟦5ms⟧}}"), .typeMismatch)
    }
}
