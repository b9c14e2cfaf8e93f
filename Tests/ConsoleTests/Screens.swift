/// Sessions whose screens are held by golden files: vectors, layers, training.
enum Screens {
  static let vectors =
    ["x = [2, -1, 0, 3, 1], w = [1, -2, 3]", "o = conv(x, w)", "upstream o = [1, -1, 2]"]
    + ["upstream", "step o", "table", "step o", "step w", "tree o[2]", "why w[1]", "ledger x[3]"]
    + [
      "backward", "grad w", "value o", "grad w[2]", "jacobian o x", "numeric w[1]",
      "nudge w[1] 0.1",
    ]
    + ["upstream o[2] = 1", "x[2] = 7", "x", "x[2..3]", "display w", "step", "undo"]
    + ["W = [[1, -1], [0.5, 1], [2, 0]]", "z = W @ x[1..2] + 1", "forward", "jacobian z W[2,1]"]
    + ["update rate 0.5 wrt W", "backward", "update rate 0.5 wrt W", "W", "output o"]

  static let shapes =
    ["x = [1, 2, 3], y = [1, 2], W = [[1, 2], [3, 4]]", "x * y", "f = W @ x", "x[4]", "x[0]"]
    + ["x[1.5]", "x[y]", "x[1, 1]", "W[3, 1]", "x[3..2]", "[[1, 2], [3]]", "[]", "[[[1]]]", "x[]"]
    + ["[1, 2", "(1, 2]", "1..3", "[i for i in 1]", "sum(x[i] for i in 1..4)", "mse(x, y)"]
    + ["softmax(2)", "softmax_cross_entropy(y, 3)", "conv(y, x)", "maxpool(y, 3)", "dot(x, 2)"]
    + ["f = normal(0, 1) + x", "uniform(1)", "g(a) = a[4]", "1 + g(x)", "x @ 2", "why x", "grad q"]
    + ["p = x + 1", "p[2] = 3", "x[9] = 1", "y1 + 1", "h = sum(x * [1, 1, 1])", "x = [1, 2]", "h"]
    + ["assert x = [1, 2, 3]", "assert x = [1, 2]", "step x", "jacobian h q", "expand x", "fuse q"]

  static let layers =
    ["seed 3", "x = [0.5, -1], y = 1", "W = normal(0, 0.7, 12, 2), b = normal(0, 0.1, 12)"]
    + ["V = normal(0, 0.3, 12, 12), c = normal(0, 0.1, 12)", "v = normal(0, 0.3, 12), d = 0.1"]
    + ["h = relu(W @ x + b)", "g = relu(V @ h + c)", "p = sigmoid(v @ g + d)"]
    + ["L = half_squared_error(y, p)", "table", "step h", "forward", "backward", "table", "tree"]
    + ["tree g[3]", "table h", "why W[3,1]", "ledger h[2]", "hunt dead", "expand p", "fuse p"]
    + ["fuse p", "step p", "why d", "derive d", "bug overwrite"]

  static let training =
    ["train L wrt w", "data", "data nix", "data xor", "data", "data row 3", "seed 7"]
    + ["W = normal(0, 1, 3, 2), b = normal(0, 1, 3), v = normal(0, 1, 3), c = 0", "x = [x1, x2]"]
    + ["z = v @ tanh(W @ x + b) + c", "p = sigmoid(z)", "L = binary_cross_entropy(y, z)"]
    + ["plot loss", "train L wrt W, b, v, c rate 1 epochs 300", "plot loss", "plot boundary p"]
    + ["train L rate 0.1 epochs 4 batch 1 accuracy p", "train L wrt q", "train W wrt b"]
    + ["train L wrt b rate -1", "train L wrt b epochs 0", "train L wrt b batch 1.5", "train p"]
    + ["train L wrt b validate 1", "train L wrt b patience 3", "train L wrt b speed 9"]
    + ["train L wrt b rate 1e300 epochs 5", "data line 20 seed 4", "train L wrt b", "m = 0"]
    + ["E = squared_error(y, m * x1 + c)", "train E wrt m, c", "plot boundary", "plot"]
    + [
      "plot tanh(u), slope tanh(u) for u in -3..3", "plot q + r", "plot x", "plot u for u in 3..1",
    ]
}
