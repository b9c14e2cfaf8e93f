internal import Language

extension Framework {
  static let torch = Framework(
    name: "torch", title: "PyTorch",
    head: ["import torch"], shortcut: "import torch.nn.functional as F",
    show: [
      "torch.set_default_dtype(torch.float64)", "", "",
      "def show(inputs, computed):",
      "    for name, value in computed.items():",
      "        \(pythonPrint)(name, \"=\", value.tolist())",
      "    for name, value in (inputs | computed).items():",
      "        if value.requires_grad:",
      "            gradient = torch.zeros_like(value) if value.grad is None else value.grad",
      "            \(pythonPrint)(\"grad\", name, \"=\", gradient.tolist())",
    ],
    primitives: [
      "exp": "torch.exp(#1)", "ln": "torch.log(#1)", "sqrt": "torch.sqrt(#1)",
      "sin": "torch.sin(#1)", "cos": "torch.cos(#1)", "tan": "torch.tan(#1)",
      "tanh": "torch.tanh(#1)", "sigmoid": "torch.sigmoid(#1)", "relu": "torch.relu(#1)",
      "leaky_relu": "F.leaky_relu(#1, 0.01)", "softplus": "F.softplus(#1)",
      "gaussian": "torch.exp(-%1 ** 2)", "step": "torch.where(%1 >= 0, 1.0, 0.0)",
      "sign": "torch.where(%1 >= 0, 1.0, -1.0)", "abs": "torch.abs(#1)",
      "floor": "torch.floor(#1)", "max": "torch.maximum(#1, #2)", "min": "torch.minimum(#1, #2)",
      "mean": "torch.mean(#*)", "norm": "torch.linalg.vector_norm(#*)",
      "logsumexp": "torch.logsumexp(#*, 0)", "if": "torch.where(#1, #2, #3)",
      "copy": "%1.clone()",
    ],
    composites: [
      "@": .infix("@"), "dot": .words("torch.dot(#1, #2)", matrix: "torch.sum(%1 * %2)"),
      "sum": .words("torch.sum(#1)"), "softmax": .words("torch.softmax(#1, 0)"),
      "squared_error": .ownFormula, "half_squared_error": .ownFormula, "mse": .ownFormula,
      "mae": .ownFormula, "l1": .ownFormula, "l2": .ownFormula, "huber": .ownFormula,
      "cross_entropy": .ownFormula, "binary_cross_entropy": .ownFormula, "hinge": .ownFormula,
      "softmax_cross_entropy": .words("F.cross_entropy(#1, #k)"),
      "multiclass_hinge": .function([
        "def multiclass_hinge(s, k):",
        "    margins = torch.maximum(torch.tensor(0.0), s - s[k - 1] + 1)",
        "    return sum(margins[i] for i in range(len(s)) if i != k - 1)",
      ]),
      "conv": .function(
        [
          "def conv(x, w, stride=1, padding=0):",
          "    # One picture with one channel, and one filter.",
          "    o = F.conv1d(x.reshape(1, 1, -1), w.reshape(1, 1, -1), stride=stride, padding=padding)",
          "    return o.reshape(-1)",
        ],
        channels: [
          "def conv_channels(x, w, stride=1, padding=0):",
          "    # One picture with a channel in each row, and one filter with as many rows.",
          "    o = F.conv1d(x.unsqueeze(0), w.unsqueeze(0), stride=stride, padding=padding)",
          "    return o.reshape(-1)",
        ],
        bank: [
          "def conv_bank(x, w, stride=1, padding=0):",
          "    # One picture with one channel, and a filter in each row of w.",
          "    o = F.conv1d(x.reshape(1, 1, -1), w.unsqueeze(1), stride=stride, padding=padding)",
          "    return o.squeeze(0)",
        ]),
      "maxpool": .function([
        "def maxpool(x, size, stride=None):",
        "    rows = x.reshape(-1, x.shape[-1])",
        "    return F.max_pool1d(rows, size, stride or size).reshape(x.shape[:-1] + (-1,))",
      ]),
      "avgpool": .function([
        "def avgpool(x, size, stride=None):",
        "    rows = x.reshape(-1, x.shape[-1])",
        "    return F.avg_pool1d(rows, size, stride or size).reshape(x.shape[:-1] + (-1,))",
      ]),
      "uniform": .numbers, "normal": .numbers,
    ],
    tensor: "torch.tensor(#1)", stack: "torch.stack([#1])", flat: "%1.reshape(-1)",
    joined: "torch.cat([#1])", takesNumbers: false, place: "(%1 - 1).long()", isFunctional: false)
}
