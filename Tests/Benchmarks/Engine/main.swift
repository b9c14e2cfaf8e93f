import Glibc

// Measures the compiled engine, from typed formulas on; the argument is the folder with the data.
let folder = CommandLine.arguments.dropFirst().first ?? "."
let wanted = Set(CommandLine.arguments.dropFirst(2))
func isWanted(_ workload: String) -> Bool { wanted.isEmpty || wanted.contains(workload) }

if isWanted("W1") { try circuit() }
if isWanted("W2") { try randomNodes(folder + "/w2.bin", "W2") }
if isWanted("W2b") { try randomNodes(folder + "/w2b.bin", "W2b") }
if isWanted("W3") { try moons(folder) }
if isWanted("W4") { try exclusiveOr(folder) }
if isWanted("W5") { try convolution(folder) }
