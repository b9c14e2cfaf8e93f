import Foundation
import TestSupport
import Testing

/// `eval`, for people and for other programs.
@Suite struct EvalTests {
  private let place: Place
  init() throws { place = try Place() }

  @Test func `eval prints the value and every gradient`() throws {
    let outcome = try place.run(["eval", "(w1+w2)*w3", "--at", "w1=-2,w2=5", "--at", "w3=-4"])
    #expect(
      outcome.output == """
        value = -12
        ∂value/∂w1 = -4
        ∂value/∂w2 = -4
        ∂value/∂w3 = 3

        """)
    #expect(outcome.status == 0)
  }

  @Test func `--let names an intermediate, whose gradient is told too`() throws {
    let arguments = ["eval", "q*w3", "--at", "w1=-2,w2=5,w3=-4", "--let", "q = w1+w2"]
    #expect(try place.run(arguments).output.hasSuffix("∂value/∂q = -4\n"))
    #expect(
      try place.run(arguments + ["--json"]).output
        == #"{"grads":{"w1":-4,"w2":-4,"w3":3},"let_grads":{"q":-4},"value":-12}"# + "\n")
  }

  @Test func `gradients of vectors and matrices have their shape`() throws {
    let place = try Place()
    let text = try place.run(["eval", "sum(x*w) + W[2,1]", "--at", "x=[1,2],w=[3,4],W=[[1],[5]]"])
    #expect(
      text.output == """
        value = 16
        ∂value/∂x = [3, 4]
        ∂value/∂w = [1, 2]
        ∂value/∂W = [[0], [1]]

        """)
    let loose = try place.run(["eval", "x[1]*x[2]", "--at", "x[1]=3,x[2]=2"])
    #expect(loose.output == "value = 6\n∂value/∂x = [2, 3]\n")
    let json = try place.run(
      ["eval", "--jsonl"],
      input:
        #"{"lets":[["q","W @ x"]],"formula":"sum(q^2)","bindings":{"x":[1,2],"W":[[1,0],[0,1]]}}"#
        + "\n")
    #expect(
      json.output
        == #"{"grads":{"W":[[2,4],[4,8]],"x":[2,4]},"let_grads":{"q":[2,4]},"value":5}"# + "\n")
    for (record, code) in [
      (#"{"formula":"[1, 2]"}"#, "needs-number"),
      (#"{"formula":"sum(x)","bindings":{"x":[]}}"#, "bad-record"),
      (#"{"formula":"sum(x)","bindings":{"x":[[1],[2,3]]}}"#, "bad-record"),
    ] {
      let answer = try place.run(["eval", "--jsonl"], input: record + "\n")
      #expect(answer.output.contains("\"code\":\"\(code)\"") && answer.status == 1, "\(record)")
    }
  }

  @Test func `what JSON has no number for is a word`() throws {
    #expect(
      try place.run(["eval", "ln(x)", "--at", "x=0", "--json"]).output
        == #"{"grads":{"x":"inf"},"let_grads":{},"value":"-inf"}"# + "\n")
    let nan = try place.run(["eval", "sqrt(x)", "--at", "x=-1", "--json"])
    #expect(nan.output.contains(#""value":"nan""#) && nan.status == 0)
  }

  @Test func `a formula that cannot be evaluated is an error and no answer`() throws {
    for arguments in [
      ["x + 1"], ["x +", "--at", "x=1"], ["x", "--at", "x"], ["2", "--let", "q"],
    ] {
      let outcome = try place.run(["eval"] + arguments + ["--json"])
      #expect(outcome.output == "" && outcome.status == 1)
      #expect(outcome.errors.hasPrefix("backstep: error: "))
    }
  }

  @Test func `--jsonl answers good and bad records, one line for one line`() throws {
    let records = [
      #"{"formula":"x*x","bindings":{"x":3}}"#, "not json", #"{"formula":"x+"}"#,
      #"{"formula":"y"}"#, #"{"bindings":{}}"#, "[1]", #"{"formula":"x","bindings":{"x":"nan"}}"#,
      #"{"lets":[["q","x+1"]],"formula":"q*q","bindings":{"x":"-inf"}}"#,
      #"{"lets":[["q"]],"formula":"1"}"#, #"{"formula":"2"}"#, #"{"formula":"\u001b[31m"}"#,
    ]
    let outcome = try place.run(["eval", "--jsonl"], input: records.asScript + "  \n")
    #expect(outcome.status == 1 && outcome.errors == "")
    let answers = try outcome.lines.map {
      try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
    }
    let codes = answers.map { $0.error?.code ?? "" }
    #expect(
      codes == [
        "", "bad-record", "expected-operand", "missing-value", "bad-record", "bad-record", "", "",
        "bad-record", "", codes[10],
      ])
    #expect(!codes[10].isEmpty && !outcome.bytes.contains(0x1B))
    #expect(answers[0].value?.number == 9 && answers[0].grads?["x"]?.number == 6)
    #expect(answers[6].value?.number.isNaN == true)
    #expect(answers[7].value?.number == .infinity)
    #expect(answers[7].let_grads?["q"]?.number == -.infinity)
    #expect(answers[9].value?.number == 2)
  }

  @Test func `bytes that are no text, and no newline at the end, are survived`() throws {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x00, 0x0A] + Array(#"{"formula":"1+1"}"#.utf8)
    let outcome = try place.run(["eval", "--jsonl"], input: bytes)
    #expect(outcome.lines.count == 2 && outcome.lines[0].contains("bad-record"))
    #expect(outcome.lines[1] == #"{"grads":{},"let_grads":{},"value":2}"#)
  }

  @Test func `all records of the oracle come back within their bounds`() throws {
    let file = Place.repository.appending(path: "Tests/EngineTests/Oracle/oracle.jsonl")
    let text = try String(contentsOf: file, encoding: .utf8)
    let decoder = JSONDecoder()
    let records = try text.split(separator: "\n").map {
      try decoder.decode(OracleRecord.self, from: Data($0.utf8))
    }
    let outcome = try place.run(["eval", "--jsonl"], input: text)
    #expect(outcome.status == 0 && outcome.errors == "")
    let answers = try outcome.lines.map { try decoder.decode(Answer.self, from: Data($0.utf8)) }
    #expect(records.count == 2_561 && answers.count == records.count)
    let disagreements = zip(records, answers).flatMap { record, answer in
      record.disagreements(with: answer)
    }
    #expect(disagreements == [])
  }

  /// In the debugger's slow build too, and with less stack than any machine has.
  @Test func `a million brackets and a million terms need no stack`() throws {
    let deep =
      String(repeating: "(", count: 1_000_000) + "x" + String(repeating: ")", count: 1_000_000)
    let sum = "x" + String(repeating: "+x", count: 999_999)
    let records = [deep, sum, String(repeating: "(", count: 1_000_000)].map {
      #"{"formula":"\#($0)","bindings":{"x":3}}"#
    }
    let outcome = try place.shell(
      #"ulimit -s 256; exec "$BACKSTEP" eval --jsonl"#, input: records.asScript)
    #expect(outcome.status == 1, "the third is refused")
    let answers = try outcome.lines.map {
      try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
    }
    try #require(answers.count == 3)
    for (answer, value, slope) in [(answers[0], 3.0, 1.0), (answers[1], 3e6, 1e6)] {
      #expect(answer.error == nil)
      #expect(answer.value?.number == value)
      #expect(answer.grads?["x"]?.number == slope)
    }
    #expect(answers[2].error != nil)
  }

  @Test func `a deep formula goes through every screen without a stack`() throws {
    let deep = String(repeating: "x+(", count: 1_500) + "x" + String(repeating: ")", count: 1_500)
    let lines = [
      "x = 3", "f = \(deep)", "g = sin(f)", "step 5", "backward", "tree", "table", "tape", "why x",
      "derive x", "ledger x", "numeric", "nudge x 0.1", "hunt nan",
      "h = " + String(repeating: "-", count: 20_000) + "x", "step", "tree",
      "p = x" + String(repeating: "^x", count: 5_000), "backward", "derive x",
    ]
    try place.write(lines.asScript, to: "deep")
    let outcome = try place.shell(#"ulimit -s 256; exec "$BACKSTEP" --keep-going deep"#)
    #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
  }
}

/// An answer of `eval --jsonl`.
struct Answer: Decodable {
  struct Failure: Decodable {
    let code: String
  }
  let value: AnyNumber?
  let grads: [String: AnyNumber]?
  let let_grads: [String: AnyNumber]?
  let error: Failure?
}
