import Engine
import Language
import Testing
import Typesetting

@testable import Console

/// The command `bug`: a mistake made on purpose.
@Suite struct BugTests {
  private static let circuit = ["w1 = -2, w2 = 5, w3 = -4", "q = w1 + w2", "f = q * w3"]

  private func shown(
    _ lines: [String], _ last: String, _ change: (inout Settings) -> Void = { _ in }
  ) -> String {
    let before = transcript(lines, change)
    return String(transcript(lines + [last], change).dropFirst(before.count))
  }

  @Test func `a mistake stands beside the right pass`() {
    #expect(
      shown(Self.circuit, "bug no-swap") == """
        > bug no-swap
        bug no-swap: at a × gate each input gets its own value.

           node  right  with the mistake
           ────  ─────  ────────────────  ──────────────
           f         1                 1
           w3        3                -4  differs
           q        -4                 3  they part here
           w2       -4                 3  differs
           w1       -4                 3  differs

           to q    upstream  × local    = contribution  with the mistake
           ──────  ────────  ─────────  ──────────────  ────────────────
           from f  1         × w3 = -4  = -4            3

           right     ∂f/∂q = -4
           mistaken  ∂f/∂q = 3

           What you would notice: Large weights get large gradients, whatever their
           inputs are.
           Nothing was changed.

        """)
  }

  @Test func `sums are written out where the mistake is in the sum`() {
    let fork = ["x = 3", "f = x*x + 2*x"]
    let cases = [
      ("overwrite", "∂f/∂x = 3"), ("average", "∂f/∂x = (2 + 3 + 3) / 3 = 2.667"),
      ("product", "∂f/∂x = 2 × 3 × 3 = 18"), ("twice", "∂f/∂x = 2 + 3 + 3 + 2 + 3 + 3 = 16"),
    ]
    for (name, line) in cases {
      let card = shown(fork, "bug \(name)")
      #expect(card.contains("right     ∂f/∂x = 2 + 3 + 3 = 8\n"), "\(card)")
      #expect(card.contains("mistaken  \(line)\n"), "\(card)")
    }
    let recursion = shown(["x = 1", "b = 2*x", "e = (b + 1) + 3*b"], "bug recursion")
    #expect(recursion.contains("mistaken  ∂e/∂x = 2 + 8 = 10\n"), "\(recursion)")
  }

  @Test func `what cannot be seen or cannot be is said`() {
    let hidden = shown(["w1 = 1, w2 = 2, w3 = 3", "q = w1 + w2", "f = q * w3"], "bug no-swap")
    #expect(hidden.contains("With these numbers the mistake cannot be seen"))
    let impossible = shown(["x = 2", "f = x + 1"], "bug open-gate")
    #expect(impossible.contains("It cannot occur in this graph."))
    var layers = ["x0 = 1"]
    for layer in 1...40 { layers.append("x\(layer) = x\(layer - 1) + x\(layer - 1)") }
    #expect(shown(layers, "bug recursion").contains("too large to make the mistake in"))
  }

  @Test func `a long graph is shortened, and the place of parting stays`() {
    let layers = ["w = 0.5"] + (1...40).map { "x\($0) = \($0 == 1 ? "w" : "x\($0 - 1)") * 0.9" }
    let card = shown(layers, "bug value")
    #expect(card.contains("and 21 more nodes"))
    let fork = ["w = 0.5"] + (1...40).map { "x\($0) = \($0 == 1 ? "w + w" : "x\($0 - 1)") * 0.9" }
    let overwrite = shown(fork, "bug overwrite")
    #expect(overwrite.contains("they part here") && overwrite.contains("more nodes"))
  }

  @Test func `the list names every mistake, and a wrong name is answered`() throws {
    let list = shown([], "bug")
    for record in Misconception.catalog { #expect(list.contains(record.name)) }
    var session = Session()
    try session.enterAll(Self.circuit)
    let problem = #expect(throws: Problem.self) { try session.enter("bug overwrit") }
    #expect(problem?.code == "unknown-mistake" && problem?.hint == "did you mean overwrite?")
    #expect(
      session.completions(of: "over", in: "bug over", at: 4, lessons: []) == .words(["overwrite"]))
  }

  @Test func `every card fits the screen, in every style`() {
    for record in Misconception.catalog {
      for width in [50, 80] {
        let card = shown(Self.circuit, "bug \(record.name)") { $0.style.width = width }
        #expect(card.split(separator: "\n").allSatisfy { columns(String($0)) <= width }, "\(card)")
      }
      let ascii = shown(Self.circuit, "bug \(record.name)") { $0.style.unicode = false }
      #expect(ascii.utf8.allSatisfy { $0 < 0x80 }, "\(ascii)")
      let speech = shown(Self.circuit, "bug \(record.name)") { $0.style.speech = true }
      #expect(
        !speech.contains("∂") && !speech.contains("──") && !speech.contains(". ."), "\(speech)")
    }
  }

  @Test func `nothing is changed by it`() throws {
    var session = Session()
    try session.enterAll(Self.circuit + ["step"])
    let before = session
    for record in Misconception.catalog { try session.enterAll(["bug \(record.name)"]) }
    #expect(session.leads(to: before))
  }
}
