// swift-tools-version: 6.2
import PackageDescription

// A house of floors: a target may import only what stands below it. `docs/architecture.md` has the
// plan, and `Tests/ArchitectureTests` holds the sources to it.
let package = Package(
  name: "backstep",
  products: [.executable(name: "backstep", targets: ["backstep"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // Ground floor: what a formula is.
    .target(name: "Language"),
    // First floor: what a formula computes, forward and backward.
    .target(name: "Engine", dependencies: ["Language"]),
    // Also on the ground: where boxes and wires go, whatever they mean.
    .target(name: "Drawing"),
    // Second floor: how a computation is told, and what a lesson file says.
    .target(name: "Typesetting", dependencies: ["Language", "Engine", "Drawing"]),
    .target(name: "Lessons", dependencies: ["Language"]),
    // Third floor: questions with numbers, and what is right and wrong about answers.
    .target(
      name: "Exercises", dependencies: ["Language", "Engine", "Typesetting", "Lessons"]),
    // Fourth floor: how it is written for others: as a picture, a page, a sheet, a question bank.
    .target(
      name: "Export",
      dependencies: ["Language", "Engine", "Drawing", "Typesetting", "Lessons", "Exercises"],
      resources: ["drawing.js", "panels.js", "stepper.js", "questions.js", "page.css"].map {
        .embedInCode("Page/\($0)")
      } + [.embedInCode("Paper/paper.css")]),
    // Fifth floor: how a learner talks to it.
    .target(
      name: "Console",
      dependencies: ["Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export"]),
    // Top floor: the terminal, files and the command line. Only these perform input and output.
    .target(name: "CLineEdit", linkerSettings: [.linkedLibrary("readline")]),
    .target(name: "Terminal", dependencies: ["CLineEdit", "Language"]),
    .executableTarget(
      name: "backstep",
      dependencies: [
        "Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export", "Console",
        "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "PseudoTerminal", path: "Tests/PseudoTerminal"),
    // Measured, not tested: `Tests/Benchmarks` says how.
    .executableTarget(
      name: "FrontBenchmark", dependencies: ["Language", "Engine"], path: "Tests/Benchmarks/Front"),
    .target(name: "TestSupport", path: "Tests/Support"),
    .testTarget(
      name: "LanguageTests", dependencies: ["Language", "TestSupport"], exclude: ["Oracle"]),
    .testTarget(
      name: "EngineTests", dependencies: ["Language", "Engine", "TestSupport"], exclude: ["Oracle"]),
    .testTarget(name: "DrawingTests", dependencies: ["Drawing", "TestSupport"]),
    .testTarget(name: "LessonsTests", dependencies: ["Language", "Lessons"]),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Language", "Engine", "Typesetting", "Lessons", "Export", "Console", "TestSupport",
      ],
      exclude: ["Golden", "Slides"]),
    .testTarget(
      name: "ExportTests",
      dependencies: [
        "Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export", "TestSupport",
      ]),
    .testTarget(
      name: "ExercisesTests",
      dependencies: ["Language", "Engine", "Typesetting", "Lessons", "Exercises", "TestSupport"]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(
      name: "EndToEndTests", dependencies: ["backstep", "PseudoTerminal", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.name != "CLineEdit" && target.name != "PseudoTerminal" {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
  if target.type != .test {
    target.swiftSettings?.append(.enableUpcomingFeature("InternalImportsByDefault"))
  }
}
