import Foundation
import ScenLanguage
import ScenModel
import Testing

@testable import ScenEngine

/// What is left out changes no verdict of the scenarios that come with scen, as far as they are small.
@Suite struct ScenarioReductionTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "scenarios")

    private static func cases() throws -> [(file: String, compiled: CompiledCase)] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".yaml") }.sorted()
        return try files.flatMap { file in
            let bytes = try [UInt8](Data(contentsOf: folder.appending(path: file)))
            return ScenarioLoader.load(path: file, bytes: bytes).cases.filter { $0.plan.exploration != nil }
                .map { (file, Compiler.compile($0)) }
        }
    }

    @Test func `all of them`() throws {
        var (compared, reduced, symmetric) = (0, 0, 0)
        for (file, compiled) in try Self.cases() {
            var (options, logical) = (CaseRunner.Options(), compiled)
            options.singleStates = 0
            logical.expectations = compiled.expectations.filter { !($0.form.rule is any StatisticRule) }
            var scope = try #require(compiled.plan.exploration)
            scope.states = min(scope.states ?? .max, 1_500)
            let some = Exploring.report(on: logical, scope: scope, options: options)
            options.reduces = false
            let all = Exploring.report(on: logical, scope: scope, options: options)
            #expect(some.failure?.error.code == all.failure?.error.code, "\(file)")
            for (one, other) in zip(some.expectations, all.expectations) where other.found != .inconclusive {
                #expect(one.found == other.found, "\(file), \(one.expectation.name)")
                #expect(one.story?.steps.count == other.story?.steps.count, "\(file), \(one.expectation.name)")
                compared += 1
                if one.evidence.isReduced { reduced += 1 }
                if one.evidence.isSymmetric { symmetric += 1 }
            }
        }
        #expect(compared > 150)
        #expect(reduced > 10)
        #expect(symmetric > 0)
    }
}
