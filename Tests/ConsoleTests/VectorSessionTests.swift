import Engine
import Language
import Testing
import Typesetting

@testable import Console

/// Vectors at the prompt: what once gave a wrong number, or lost one, without a word.
@Suite struct VectorSessionTests {
  private func session(_ lines: [String]) throws -> Session {
    var session = Session()
    try session.enterAll(lines)
    return session
  }

  private func said(_ line: String, _ session: inout Session) throws -> String {
    try session.enter(line).document.rendered(Style())
  }

  /// Lines that must hold one after the other; `assert` fails where a number is wrong.
  @Test(arguments: [
    // Upstream gradients follow the shape of their output, or go.
    [
      "x=[1,2,3], y=[1,2]", "o1=2*x", "o2=3*y", "upstream o1=[1,2,3], o2=[4,5]", "x=[1,2]",
      "assert grad y = [3, 3]",
    ],
    // A vector that a loop made is trained like any other.
    [
      "n=3", "w=[0 for i in 1..n]", "x=[1,2,3]", "L=(dot(w,x)-1)^2",
      "train L wrt w rate 0.01 epochs 100", "assert L = 0 ± 1e-6",
    ],
    // What is written back goes to the name that moved, and literals stay.
    [
      "a=2", "v=[1,a]", "f=sum(v*v)", "backward", "update rate 0.1", "zz=3", "assert a = 1.6",
      "assert v = [1, 1.6]",
    ],
    // Zeros around a convolution are no weights.
    [
      "a=1,b=2,w=3", "o=conv([a,b],[w],1,0)", "f=sum(o)", "backward", "update rate 1",
      "assert a = -2", "assert w = 0",
    ],
    // One name twice is two elements.
    ["a=2", "v=[a,a]", "f=v[1]+3*v[2]", "assert grad v = [1, 3]", "assert grad a = 4"],
    // Elements alone.
    [
      "x[1]=1, x[2]=2", "f=x[1]*x[2]", "assert grad x[1] = 2", "assert sum(x) = 3",
      "assert grad x = [2, 1]", "x = [5, 6]", "assert f = 30",
    ],
    // A formula that does not fit for one line fits again after the next.
    [
      "x=[1,2]", "y=2*x", "w=[1,2]", "f=sum(y*w)", "backward", "x=[1,2,3]", "assert x[3] = 3",
      "w=[1,1,1]", "assert f = 12", "assert grad x = [2, 2, 2]",
    ],
    // What `zero` follows is computed anew, after an input has changed.
    [
      "x=2, w=3", "L=(w*x)^2", "backward", "update rate 0.01 wrt w", "x=3", "zero", "backward",
      // w is 3 - 0.01 × 24 = 2.76, and the slope 2 · 2.76 · 3 · 3.
      "assert grad w = 49.68",
    ],
    // fuse forgets a formula that is gone; expand and fuse take each other back.
    ["s=[1,2]", "L=sum(s^2)*3", "fuse L", "L=s[1]*s[2]+1", "assert grad s = [2, 1]"],
    ["x=[1,2,3]", "y=x", "f=sum(y*y)", "assert grad y = [2, 4, 6]", "assert grad y[2] = 4"],
    ["[[1,2],[3,4]] @ [1,1]", "assert ans = [3, 7]", "assert [[i for i in 1..2]] = [[1, 2]]"],
    ["n = 2, x = [1,2,3]", "f = sum(x[i] for i in 1..n)", "assert f = 3", "n = 3", "assert f = 6"],
    ["W = [[1,2],[3,4]]", "W[2,1] = 7", "assert W[2] = [7, 4]", "assert W[1..2,1] = [1, 7]"],
  ])
  func `numbers are right`(lines: [String]) throws { _ = try session(lines) }

  @Test func `what cannot be done is said, and changes nothing`() throws {
    let start = ["x = [1, 2], w = 3, F(z) = z + 1", "p = 2 * x", "f = sum(p) * w", "step"]
    for (line, code) in [
      ("p[1] = 3", "element-is-computed"), ("w[1] = 3", "not-indexable"),
      ("x[3] = 1", "index-out-of-range"), ("x[1] = w", "element-takes-number"),
      ("F[1] = 2", "element-is-computed"), ("q[0] = 1", "index-out-of-range"),
      ("why p", "needs-element"), ("step x", "step-to-input"), ("jacobian f q", "unknown-node"),
      ("upstream p = [1, 2, 3]", "shape-mismatch"), ("upstream p[3] = 1", "index-out-of-range"),
      ("break if p > 1", "needs-number"), ("seed -1", "bad-count"), ("fuse w", "nothing-to-open"),
      ("expand p[1]", "whole-name"), ("g(z) = z + normal(0, 1)", "random-in-formula"),
      ("h = x + uniform(0, 1)", "random-in-formula"), ("plot p for u in 0..1", "needs-number"),
    ] {
      var session = try session(start)
      let before = session
      let problem = #expect(throws: Problem.self, "\(line)") { try session.enter(line) }
      #expect(problem?.code == code, "\(line): \(problem?.message ?? "")")
      #expect(session.leads(to: before) && session.log == before.log, "\(line)")
    }
  }

  @Test func `the same seed draws the same numbers, and once`() throws {
    let draw = ["seed 9", "W = normal(0, 1, 2, 3)", "u = uniform(-1, 1)"]
    var (a, b) = (try session(draw), try session(draw))
    #expect(try said("W", &a) == said("W", &b))
    #expect(try said("W", &a) == said("W", &a))
    var other = try session(["seed 10"] + draw.dropFirst())
    #expect(try said("W", &other) != said("W", &a))
    // A line that fails draws nothing.
    _ = try? a.enter("v = normal(0, 1) + nix(2)")
    #expect(try said("normal(0, 1)", &a) == said("normal(0, 1)", &b))
    let u = try #require(try a.value("u", nil).scalar)
    #expect((-1...1).contains(u))
  }

  @Test func `step goes to a name, forward and back`() throws {
    var session = try session(["x = [1, 2], w = 3", "p = w * x", "f = sum(p^2)"])
    #expect(try said("step p", &session).contains("p = [3, 6]"))
    _ = try session.enter("step f")
    #expect(session.position == Tape.Position(5))
    #expect(try said("step p", &session).contains("∂f/∂x = [18, 36]"))
    #expect(try said("step p", &session).contains("has had its turn"))
    _ = try session.enter("goto 6")
    #expect(try said("step w", &session).contains("∂f/∂w = 30"))
  }

  @Test func `a failed file is not saved`() throws {
    var session = Session()
    #expect(try session.enter("data nix.csv").effect == .examples("nix.csv"))
    #expect(session.log == [])
    _ = try session.load(csv: "x,y\n1,2\n", from: "there.csv")
    #expect(session.log == ["data there.csv"])
  }
}
