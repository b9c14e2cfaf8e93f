import Testing

/// The slides' example, from a script: what is printed, where from, and nothing else.
@Suite struct SlideTests {
  private static let forward = """
    q = w1+w2    2 inputs, 1 gate. Type step to begin.
    f = q*w3    3 inputs, 2 gates. Type step to begin.
    ── forward 1 of 2 ── gate + ────────────────────────────────────────────────────

          -2.00
       w1 ━━━━━━┓
                ┃     3.00
           5.00 ┣(+)━━━━━━━┑    ·
       w2 ━━━━━━┛          ├(×)───▶ f
                     -4.00 │
                  w3 ──────╯

       q = w1 + w2 = -2 + 5 = 3
    ── forward 2 of 2 ── gate × ────────────────────────────────────────────────────

          -2.00
       w1 ──────╮
                │     3.00
           5.00 ├(+)━━━━━━━┓    -12.00
       w2 ──────╯          ┣(×)━━━━━━━━▶ f
                     -4.00 ┃
                  w3 ━━━━━━┛

       f = q × w3 = 3 × (-4) = -12
    ── backward 0 of 2 ── seed ─────────────────────────────────────────────────────

          -2.00
       w1 ──────╮
                │     3.00
           5.00 ├(+)━━━━━━━┓    -12.00
       w2 ──────╯          ┣(×)━━━━━━━━▶ f
                     -4.00 ┃     1.00
                  w3 ━━━━━━┛

       Backward starts at the output: ∂f/∂f = 1

    """
  private static let times = """
    ── backward 1 of 2 ── gate × ───────────────────────────────────────────────────

          -2.00
       w1 ──────╮
                │     3.00
           5.00 ├(+)━━━━━━━┓    -12.00
       w2 ──────╯    -4.00 ┣(×)━━━━━━━━▶ f
                     -4.00 ┃     1.00
                  w3 ━━━━━━┛
                      3.00

       upstream ∂f/∂f = 1

       into  local gradient   × upstream  = contribution  gradient so far
       ────  ───────────────  ──────────  ──────────────  ───────────────
       q     ∂f/∂q = w3 = -4  × 1         = -4            ∂f/∂q = -4
       w3    ∂f/∂w3 = q = 3   × 1         = 3             ∂f/∂w3 = 3

    """
  private static let plus = """
    ── backward 2 of 2 ── gate + ───────────────────────────────────────────────────

          -2.00
       w1 ━━━━━━┓
          -4.00 ┃     3.00
           5.00 ┣(+)━━━━━━━┑    -12.00
       w2 ━━━━━━┛    -4.00 ├(×)────────▶ f
          -4.00      -4.00 │     1.00
                  w3 ──────╯
                      3.00

       upstream ∂f/∂q = -4

       into  local gradient  × upstream  = contribution  gradient so far
       ────  ──────────────  ──────────  ──────────────  ───────────────
       w1    ∂q/∂w1 = 1      × (-4)      = -4            ∂f/∂w1 = -4
       w2    ∂q/∂w2 = 1      × (-4)      = -4            ∂f/∂w2 = -4

    """
  private static let why = """
    why w1: ∂f/∂w1 = -4, one path from f to w1.

       + copies: w1 gets the gradient of q, -4, unchanged.

       path 1   f → q → w1
       ×  ∂f/∂q   = w3  = -4  so far -4
       +  ∂q/∂w1        =  1  so far -4

       Raising w1 a little lowers f, about 4 times as much.

    """
  private let script =
    slide + ["step", "step", "step", "step", "step", "undo", "step", "why w1"]
  private var golden: String {
    Self.forward + Self.times + Self.plus + "Undid 1 step.\n" + Self.times + Self.plus + Self.why
  }

  @Test func `a piped session prints its steps and nothing else, twice the same`() throws {
    let place = try Place()
    let first = try place.shell(#"cat | "$BACKSTEP" | cat"#, input: script.asScript)
    #expect(first.output == golden)
    #expect(first.errors == "")
    #expect(first.status == 0)
    #expect(!first.bytes.contains(0x1B))
    let second = try place.shell(#"cat | "$BACKSTEP" | cat"#, input: script.asScript)
    #expect(second.bytes == first.bytes)
  }

  @Test func `a file, a dash and repeated -e say the same as a pipe`() throws {
    let place = try Place()
    try place.write(script.asScript, to: "slide.backstep")
    for arguments in [["slide.backstep"], ["-i", "slide.backstep"], script.asOptions] {
      let outcome = try place.run(arguments)
      #expect(outcome.output == golden, "\(arguments)")
      #expect(outcome.status == 0)
    }
    #expect(try place.run(["-"], input: script.asScript).output == golden)
    #expect(try place.run(["run", "-"], input: script.asScript).output == golden)
  }

  @Test func `each -e is a line, and comes before a file`() throws {
    let place = try Place()
    let lines = ["w1=-2,w2=5,w3=-4", "f=(w1+w2)*w3", "grad w1"]
    let outcome = try place.run(lines.asOptions)
    #expect(outcome.lines.last == "-4")
    #expect(outcome.status == 0)
    try place.write("w1 + 1\n", to: "more.backstep")
    #expect(try place.run(["-e", "w1 = 3", "more.backstep"]).output == "4\n")
    // An -e alone does not wait for standard input.
    #expect(try place.run(["-e", "1 + 1"], input: "2 + 2\n").output == "2\n")
  }

  @Test func `blank lines and comments of a script repeat nothing`() throws {
    let place = try Place()
    let outcome = try place.run([], input: (slide + ["step", "", "  ", "# step"]).asScript)
    #expect(outcome.output.contains("forward 1 of 2"))
    #expect(!outcome.output.contains("forward 2 of 2"))
  }

  @Test func `--version and --help answer without a session`() throws {
    let place = try Place()
    let version = try place.run(["--version"])
    #expect(version.output.hasPrefix("backstep "))
    let help = try place.run(["--help"])
    #expect(help.output.contains("eval") && help.output.contains("130 interrupted"))
    #expect(version.status == 0 && help.status == 0)
  }
}
