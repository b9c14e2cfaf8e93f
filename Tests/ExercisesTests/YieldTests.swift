import Exercises
import Language
import Testing

/// Quick look.
@Suite struct YieldTests {
  @Test(arguments: [
    (["f = (w1 + w2) * w3", "w1, w2, w3 in -5..5 except 0", "ask grad w1, grad w2, grad w3"], 1),
    (["f = x*y + z", "x, y, z in -5..5 except 0", "ask grad x, grad y, grad z"], 1),
    (["f = (a+b)*(b+c)", "a, b, c in -5..5 except 0", "ask grad a, grad b, grad c"], 1),
    (["f = (x*y-z)^2", "x, y, z in -5..5 except 0", "ask grad x, grad y, grad z"], 1),
    (["f = relu(x*w+b)*v", "x, w, b, v in -5..5 except 0", "ask grad x, grad w, grad b, grad v"], 1),
  ])
  func look(lines: [String], _ least: Int) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let pool = try Pool(of: try exercise(lines))
    print(lines[0], pool.count ?? -1, pool.report.map { "\($0.filter.rawValue) \($0.count)" }, clock.now - start)
  }
  @Test func item() throws {
    var pool = try Pool(of: try exercise(["q = w1 + w2","f = q * w3", "w1, w2, w3 in -5..5 except 0", "ask value q, grad q, grad w1, grad w2, grad w3"]))
    for item in try pool.items(2, VariantRequest(seed: 7)) {
      print(item.identifier, item.given.map { "\($0.name)=\($0.text)" }, item.difficulty)
      for blank in item.blanks { print(" ", blank.id, blank.answer, blank.step as Any, blank.wrong.map { "\($0.misconception) \($0.text): \($0.feedback)" }) }
    }
  }
}
