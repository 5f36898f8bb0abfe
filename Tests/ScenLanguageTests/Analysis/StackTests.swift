import Foundation
import ScenDiagnostics
import Testing

@testable import ScenLanguage

/// The deepest text that the parser lets through must not exhaust a stack of 2 MiB, which is what a thread has at least.
struct StackTests {
    private static func onSmallStack(_ work: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            work()
            done.signal()
        }
        thread.stackSize = 2 << 20
        thread.start()
        done.wait()
    }

    @Test(arguments: [
        "x = " + String(repeating: "1 + ", count: 198) + "1",
        "x = " + String(repeating: "[", count: 55) + "1" + String(repeating: "]", count: 55),
        "x = " + String(repeating: "len([", count: 25) + "1" + String(repeating: "])", count: 25),
        "x = " + String(repeating: "not ", count: 55) + "true",
        "x = m" + String(repeating: "[0]", count: 190),
        "x = " + String(repeating: "1 if true else ", count: 50) + "2",
        "x = " + String(repeating: "f(", count: 25) + "1" + String(repeating: ")", count: 25),
        "x = " + String(repeating: "[] + ", count: 190) + "[]",
        "x = " + String(repeating: "[y for y in ", count: 25) + "[1]" + String(repeating: "]", count: 25),
        "x = " + String(repeating: "a < ", count: 190) + "b",
    ])
    func deepText(_ statement: String) {
        let text = Wrapped.handler(statement + "\nlog \"{x}\"", "functions:\n  f(y): y")
        Self.onSmallStack { _ = ScenarioLoader.load(path: "a.yaml", bytes: Array(text.utf8)) }
    }

    @Test func deepBlocks() {
        var body = ""
        for depth in 0..<29 { body += String(repeating: " ", count: depth) + "if true:\n" }
        body += String(repeating: " ", count: 29) + "x = " + String(repeating: "[", count: 25) + "1" + String(repeating: "]", count: 25)
        let text = Wrapped.handler(body)
        Self.onSmallStack { _ = ScenarioLoader.load(path: "a.yaml", bytes: Array(text.utf8)) }
    }

    @Test func longChainOfFunctions() {
        var functions = "functions:\n"
        for number in 0..<200 { functions += "  f\(number)(y): [[f\(number + 1)([[y]][0][0])]][0][0]\n" }
        functions += "  f200(y): y"
        let text = Wrapped.handler("x = f0(1)\nlog \"{x}\"", functions)
        Self.onSmallStack { _ = ScenarioLoader.load(path: "a.yaml", bytes: Array(text.utf8)) }
    }
}
