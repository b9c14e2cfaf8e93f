internal import Language

extension Framework {
  static let jax = Framework(
    name: "jax", title: "JAX",
    head: ["import jax", "import jax.numpy as jnp"], shortcut: nil,
    show: [
      "jax.config.update(\"jax_enable_x64\", True)", "", "",
      "def show(names, values):",
      "    for name, value in zip(names, values):",
      "        \(pythonPrint)(name, \"=\", value.tolist())",
    ],
    primitives: [
      "exp": "jnp.exp(#1)", "ln": "jnp.log(#1)", "sqrt": "jnp.sqrt(#1)",
      "sin": "jnp.sin(#1)", "cos": "jnp.cos(#1)", "tan": "jnp.tan(#1)",
      "tanh": "jnp.tanh(#1)", "sigmoid": "jax.nn.sigmoid(#1)", "relu": "jax.nn.relu(#1)",
      "leaky_relu": "jax.nn.leaky_relu(#1, 0.01)", "softplus": "jax.nn.softplus(#1)",
      "gaussian": "jnp.exp(-%1 ** 2)", "step": "jnp.where(%1 >= 0, 1.0, 0.0)",
      "sign": "jnp.where(%1 >= 0, 1.0, -1.0)", "abs": "jnp.abs(#1)",
      "floor": "jnp.floor(#1)", "max": "jnp.maximum(#1, #2)", "min": "jnp.minimum(#1, #2)",
      "mean": "jnp.mean(#*)", "norm": "jnp.linalg.norm(#*)",
      "logsumexp": "jax.nn.logsumexp(#*)", "if": "jnp.where(#1, #2, #3)", "copy": "jnp.copy(#1)",
    ],
    composites: [
      "@": .infix("@"), "dot": .words("jnp.dot(#1, #2)", matrix: "jnp.sum(%1 * %2)"),
      "sum": .words("jnp.sum(#1)"), "softmax": .words("jax.nn.softmax(#1)"),
      "squared_error": .ownFormula, "half_squared_error": .ownFormula, "mse": .ownFormula,
      "mae": .ownFormula, "l1": .ownFormula, "l2": .ownFormula, "huber": .ownFormula,
      "cross_entropy": .ownFormula, "binary_cross_entropy": .ownFormula, "hinge": .ownFormula,
      "softmax_cross_entropy": .words("-jax.nn.log_softmax(#1)[#k]"),
      "multiclass_hinge": .function([
        "def multiclass_hinge(s, k):",
        "    margins = jnp.maximum(0.0, s - s[k - 1] + 1)",
        "    return sum(margins[i] for i in range(len(s)) if i != k - 1)",
      ]),
      "conv": .function(
        [
          "def conv(x, w, stride=1, padding=0):",
          "    # One picture with one channel, and one filter.",
          "    padding = [(padding, padding)]",
          "    o = jax.lax.conv_general_dilated(x[None, None], w[None, None], (stride,), padding)",
          "    return o[0, 0]",
        ],
        channels: [
          "def conv_channels(x, w, stride=1, padding=0):",
          "    # One picture with a channel in each row, and one filter with as many rows.",
          "    padding = [(padding, padding)]",
          "    o = jax.lax.conv_general_dilated(x[None], w[None], (stride,), padding)",
          "    return o[0, 0]",
        ],
        bank: [
          "def conv_bank(x, w, stride=1, padding=0):",
          "    # One picture with one channel, and a filter in each row of w.",
          "    padding = [(padding, padding)]",
          "    x = x.reshape(1, 1, -1)",
          "    return jax.lax.conv_general_dilated(x, w[:, None], (stride,), padding)[0]",
        ]),
      "maxpool": .function([
        "def maxpool(x, size, stride=None):",
        "    ones = (1,) * (x.ndim - 1)",
        "    window, step = ones + (size,), ones + (stride or size,)",
        "    return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, window, step, \"VALID\")",
      ]),
      "avgpool": .function([
        "def avgpool(x, size, stride=None):",
        "    ones = (1,) * (x.ndim - 1)",
        "    window, step = ones + (size,), ones + (stride or size,)",
        "    return jax.lax.reduce_window(x, 0.0, jax.lax.add, window, step, \"VALID\") / size",
      ]),
      "uniform": .numbers, "normal": .numbers,
    ],
    tensor: "jnp.array(#1)", stack: "jnp.stack([#1])", flat: "jnp.ravel(#1)",
    joined: "jnp.concatenate([#1])", takesNumbers: true, place: "(%1 - 1).astype(int)",
    isFunctional: true)
}
