// swift-tools-version: 6.2
import PackageDescription

// The fuzz targets, in a package of their own: the whole program below the terminal is compiled once
// more, so that the fuzzer sees which ways an input takes. `Sources` holds links to the floors, because
// what they offer each other is not offered to another package. `docs/fuzzing.md` says how to run it.
//
// What each floor may import is declared in the main `Package.swift`; here they are only listed.
let floors: [(name: String, dependencies: [Target.Dependency])] = [
  ("CProcessor", []),
  ("Kernels", ["CProcessor"]),
  ("KernelsBaseline", ["CProcessor", "Kernels"]),
  ("KernelsAVX2", ["CProcessor", "Kernels"]),
  ("KernelsAVX512", ["CProcessor", "Kernels"]),
  ("Language", ["Kernels"]),
  ("Engine", ["Language", "Kernels", "KernelsBaseline", "KernelsAVX2", "KernelsAVX512"]),
  ("Drawing", []),
  ("Typesetting", ["Language", "Engine", "Drawing"]),
  ("Lessons", ["Language"]),
  ("Exercises", ["Language", "Engine", "Typesetting", "Lessons"]),
  ("Console", ["Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export"]),
]

let package = Package(
  name: "backstep-fuzz",
  targets: floors.map { .target(name: $0.name, dependencies: $0.dependencies) } + [
    .target(
      name: "Export",
      dependencies: ["Language", "Engine", "Drawing", "Typesetting", "Lessons", "Exercises"],
      resources: ["drawing.js", "panels.js", "stepper.js", "questions.js", "page.css"].map {
        .embedInCode("Page/\($0)")
      } + [.embedInCode("Paper/paper.css")]),
    // What is fed and what is asserted; the main package compiles it too, for the replay in `make test`.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Language", "Engine", "Typesetting", "Lessons", "Exercises", "Export", "Console",
      ], path: "Targets"),
    .executableTarget(name: "Fuzz", dependencies: ["FuzzTargets"], path: "Runner"),
  ],
  swiftLanguageModes: [.v6]
)

#if arch(x86_64)
  let processors = ["KernelsAVX2": "x86-64-v3", "KernelsAVX512": "x86-64-v4"]
#else
  let processors: [String: String] = [:]
#endif

for target in package.targets where target.name != "CProcessor" {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
  ]
  if let processor = processors[target.name] {
    target.swiftSettings?.append(.unsafeFlags(["-Xcc", "-march=\(processor)"]))
  }
}
