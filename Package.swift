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
    // Ground floor: loops over numbers that know nothing of formulas. The sweeps over lanes are one
    // folder compiled for three kinds of processors; the other two are links to it.
    .target(name: "CProcessor"),
    .target(name: "Kernels", dependencies: ["CProcessor"]),
    .target(name: "KernelsBaseline", dependencies: ["CProcessor", "Kernels"]),
    .target(name: "KernelsAVX2", dependencies: ["CProcessor", "Kernels"]),
    .target(name: "KernelsAVX512", dependencies: ["CProcessor", "Kernels"]),
    // Also on the ground: what a formula is.
    .target(name: "Language", dependencies: ["Kernels"]),
    // First floor: what a formula computes, forward and backward.
    .target(
      name: "Engine",
      dependencies: ["Language", "Kernels", "KernelsBaseline", "KernelsAVX2", "KernelsAVX512"]),
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

    // What `make bench` measures from inside.
    .executableTarget(
      name: "EngineBenchmark", dependencies: ["Language", "Kernels", "Engine"],
      path: "Tests/Benchmarks/Engine"),

    .target(name: "PseudoTerminal", path: "Tests/PseudoTerminal"),
    // Measured, not tested: `Tests/Benchmarks` says how.
    .executableTarget(
      name: "FrontBenchmark", dependencies: ["Language", "Engine"], path: "Tests/Benchmarks/Front"),
    .target(name: "TestSupport", path: "Tests/Support"),
    .testTarget(
      name: "LanguageTests", dependencies: ["Language", "TestSupport"], exclude: ["Oracle"]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "TestSupport"]),
    .testTarget(
      name: "EngineTests", dependencies: ["Language", "Kernels", "Engine", "TestSupport"],
      exclude: ["Oracle"]),
    .testTarget(name: "DrawingTests", dependencies: ["Drawing", "TestSupport"]),
    .testTarget(name: "LessonsTests", dependencies: ["Language", "Lessons"]),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Language", "Kernels", "Engine", "Typesetting", "Lessons", "Export", "Console",
        "TestSupport",
      ],
      exclude: ["Golden", "Slides"]),
    .testTarget(
      name: "ExportTests",
      dependencies: [
        "Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export", "Console",
        "TestSupport",
      ]),
    .testTarget(
      name: "ExercisesTests",
      dependencies: ["Language", "Engine", "Typesetting", "Lessons", "Exercises", "TestSupport"]),
    .testTarget(name: "ArchitectureTests"),
    // What `Tests/Fuzz`, a package of its own, feeds to a fuzzer; the tests feed it what was kept.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export", "Console",
      ], path: "Tests/Fuzz/Targets"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["backstep", "PseudoTerminal", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

// What a kernel is compiled for; no other processor has these. It is the machine that builds which is asked: the package is
// not made for building on x86-64 what runs on ARM.
#if arch(x86_64)
  let processors = ["KernelsAVX2": "x86-64-v3", "KernelsAVX512": "x86-64-v4"]
#else
  let processors: [String: String] = [:]
#endif

for target in package.targets
where !["CLineEdit", "CProcessor", "PseudoTerminal"].contains(target.name) {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
  if target.type != .test {
    target.swiftSettings?.append(.enableUpcomingFeature("InternalImportsByDefault"))
  }
  // Loops over numbers are optimised in every build: tests train networks too.
  if target.name.hasPrefix("Kernels") {
    let processor = processors[target.name].map { ["-Xcc", "-march=\($0)"] } ?? []
    target.swiftSettings?.append(.unsafeFlags(["-O"] + processor))
  }
}
