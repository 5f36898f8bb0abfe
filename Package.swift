// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Each worker owns what it changes. Checks of exclusive access would cost half of a run; debug builds, and so the tests, make them.
let engineSettings =
    settings + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

let package = Package(
    name: "scen",
    products: [
        .executable(name: "scen", targets: ["scen"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "ScenDiagnostics", swiftSettings: settings),
        .target(name: "ScenModel", dependencies: ["ScenDiagnostics"], swiftSettings: settings),
        .target(
            name: "ScenLanguage", dependencies: ["CYAML", "ScenDiagnostics", "ScenModel"],
            exclude: ["Schema/README.md"],
            swiftSettings: settings),
        .target(
            name: "ScenEngine", dependencies: ["ScenDiagnostics", "ScenModel"], swiftSettings: engineSettings),
        .target(
            name: "ScenReport", dependencies: ["ScenDiagnostics", "ScenModel"],
            swiftSettings: settings),
        .executableTarget(
            name: "scen",
            dependencies: [
                "ScenDiagnostics", "ScenModel", "ScenLanguage", "ScenEngine", "ScenReport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "scen-bench", dependencies: ["ScenModel", "ScenLanguage", "ScenEngine"],
            path: "Benchmarks/ScenBench", swiftSettings: settings),
        // Only compiled here; Tests/Fuzz/run links it with libFuzzer.
        .target(
            name: "ScenFuzz", dependencies: ["ScenDiagnostics", "ScenModel", "ScenLanguage", "ScenReport"],
            path: "Tests/Fuzz/ScenFuzz", swiftSettings: settings),
        .testTarget(
            name: "ScenDiagnosticsTests", dependencies: ["ScenDiagnostics"],
            swiftSettings: settings),
        .testTarget(
            name: "ScenLanguageTests",
            dependencies: ["ScenLanguage", "ScenDiagnostics", "ScenModel"],
            swiftSettings: settings),
        .testTarget(
            name: "ScenEngineTests",
            dependencies: ["ScenEngine", "ScenLanguage", "ScenDiagnostics", "ScenModel"],
            swiftSettings: settings),
        .testTarget(
            name: "ScenReportTests", dependencies: ["ScenReport", "ScenDiagnostics", "ScenModel"],
            swiftSettings: settings),
        .testTarget(name: "ScenTests", dependencies: ["scen", "scen-bench"], swiftSettings: settings),
    ]
)
