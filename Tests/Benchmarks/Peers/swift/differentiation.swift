// Swift's own differentiation, `_Differentiation`: W1, W4, and one epoch of W3.
import Glibc
import _Differentiation

let who = "Swift _Differentiation"
let folder = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "."
let counting = getenv("BENCH_COUNT") != nil

// MARK: Measuring

/// Called before and after each measured part, for the tool that counts instructions.
@inline(never) func benchMark() { marks &+= 1 }
nonisolated(unsafe) var marks = 0

func seconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + 1e-9 * Double(now.tv_nsec)
}

func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.utf8.count))
}

/// Runs the work and prints its line; the work gives a number to compare with the others'.
func measure(
  _ what: String, repeats: Int, units: Int, _ unit: String, work: () -> Double
) {
  var times: [Double] = []
  var check = 0.0
  for _ in 0..<(counting ? 1 : repeats) {
    benchMark()
    let start = seconds()
    check = work()
    times.append(seconds() - start)
    benchMark()
  }
  times.sort()
  let scale = (unit.hasPrefix("ns") ? 1e9 : 1e6) / Double(units)
  let median = times[times.count / 2] * scale
  let count = counting ? " units \(units)" : ""
  print(
    padded(who, 26), padded(what, 30), "med", median, "min", times[0] * scale, padded(unit, 8),
    "check", "\(check)\(count)")
}

func doubles(_ name: String, from offset: Int, count: Int) -> [Double] {
  guard let file = fopen(folder + "/" + name, "rb") else {
    perror(name)
    exit(2)
  }
  defer { fclose(file) }
  var values = [Double](repeating: 0, count: count)
  guard fseek(file, offset, SEEK_SET) == 0, fread(&values, 8, count, file) == count else {
    print(name, "is too short")
    exit(2)
  }
  return values
}

// MARK: W1

@differentiable(reverse) @inline(never)
func circuit(_ a: Double, _ b: Double, _ c: Double) -> Double { (a + b) * c }

func measureCircuit() {
  let a = folder.isEmpty ? 0.0 : -2.0  // not known when compiling
  let calls = counting ? 1000 : 100_000
  measure("W1 value and gradients", repeats: 9, units: calls, "ns/call") {
    var check = 0.0
    for _ in 0..<calls {
      let (value, g) = valueWithGradient(at: a, 5, -4, of: circuit)
      check = value + 10 * g.0 + 100 * g.1 + 1000 * g.2
    }
    return check
  }
}

// MARK: W4, with a struct for the parameters: arrays are much slower

struct Neuron: Differentiable { var a, b, c: Double }
struct Small: Differentiable {
  var n0, n1, n2, n3: Neuron
  var v0, v1, v2, v3, bias: Double
}

@differentiable(reverse) func curved(_ x: Double) -> Double { tanh(x) }
@derivative(of: curved)
func curvedBackward(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  let t = tanh(x)
  return (t, { $0 * (1 - t * t) })
}

@differentiable(reverse) func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
@derivative(of: sigmoid)
func sigmoidBackward(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  let s = 1 / (1 + exp(-x))
  return (s, { $0 * s * (1 - s) })
}

@differentiable(reverse)
func hidden(_ n: Neuron, _ x: Double, _ y: Double) -> Double { curved(n.c + n.a * x + n.b * y) }

@differentiable(reverse)
func error(_ p: Small, _ x: Double, _ y: Double, _ target: Double) -> Double {
  let first = p.bias + p.v0 * hidden(p.n0, x, y) + p.v1 * hidden(p.n1, x, y)
  let z = first + p.v2 * hidden(p.n2, x, y) + p.v3 * hidden(p.n3, x, y)
  let d = sigmoid(z) - target
  return d * d * 0.25
}

@differentiable(reverse) func xor(_ p: Small) -> Double {
  error(p, 0, 0, 0) + error(p, 0, 1, 1) + error(p, 1, 0, 1) + error(p, 1, 1, 0)
}

func scaled(_ n: Neuron.TangentVector, _ k: Double) -> Neuron.TangentVector {
  .init(a: k * n.a, b: k * n.b, c: k * n.c)
}
func scaled(_ p: Small.TangentVector, _ k: Double) -> Small.TangentVector {
  .init(
    n0: scaled(p.n0, k), n1: scaled(p.n1, k), n2: scaled(p.n2, k), n3: scaled(p.n3, k),
    v0: k * p.v0, v1: k * p.v1, v2: k * p.v2, v3: k * p.v3, bias: k * p.bias)
}

func measureXor() {
  let p = doubles("w4.bin", from: 0, count: 17)
  func neuron(_ i: Int) -> Neuron { Neuron(a: p[i], b: p[i + 1], c: p[i + 2]) }
  let first = Small(
    n0: neuron(0), n1: neuron(3), n2: neuron(6), n3: neuron(9),
    v0: p[12], v1: p[13], v2: p[14], v3: p[15], bias: p[16])
  let epochs = counting ? 100 : 10_000
  measure("W4 epoch", repeats: 5, units: epochs, "ns/epoch") {
    var parameters = first
    var loss = 0.0
    for _ in 0..<epochs {
      let (value, gradient) = valueWithGradient(at: parameters, of: xor)
      parameters.move(by: scaled(gradient, -0.5))
      loss = value
    }
    return loss
  }
}

// MARK: W3, with arrays and loops, as one would write it

@differentiable(reverse) func rectified(_ x: Double) -> Double { x > 0 ? x : 0 }
@derivative(of: rectified)
func rectifiedBackward(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  (x > 0 ? x : 0, { x > 0 ? $0 : 0 })
}

@differentiable(reverse)
func score(_ p: [Double], _ x0: Double, _ x1: Double) -> Double {
  var first: [Double] = []
  for j in 0..<16 { first.append(rectified(p[3 * j + 2] + p[3 * j] * x0 + p[3 * j + 1] * x1)) }
  var second: [Double] = []
  for j in 0..<16 {
    var z = p[64 + 17 * j]
    for i in 0..<16 { z = z + p[48 + 17 * j + i] * first[i] }
    second.append(rectified(z))
  }
  var sum = p[336]
  for i in 0..<16 { sum = sum + p[320 + i] * second[i] }
  return sum
}

func measureMoons() {
  let count = 100
  let x = doubles("w3.bin", from: 4, count: 2 * count)
  let y = doubles("w3.bin", from: 4 + 16 * count, count: count)
  let p = doubles("w3.bin", from: 4 + 24 * count, count: 337)
  measure("W3 epoch, first 1 only", repeats: 3, units: 1, "us/epoch") {
    var gradient = p.map { 2e-4 * $0 }
    var loss = p.reduce(0) { $0 + 1e-4 * $1 * $1 }
    for i in 0..<count {
      let result = valueWithPullback(at: p) { score($0, x[2 * i], x[2 * i + 1]) }
      let margin = 1 - y[i] * result.value
      guard margin > 0 else { continue }
      loss += margin / Double(count)
      let share = result.pullback(-y[i] / Double(count))
      for j in share.base.indices { gradient[j] += share.base[j] }
    }
    return loss
  }
}

@main struct Main {
  static func main() {
    let wanted = CommandLine.arguments.dropFirst(2)
    if wanted.contains("W1") { measureCircuit() }
    if wanted.contains("W3") { measureMoons() }
    if wanted.contains("W4") { measureXor() }
  }
}
