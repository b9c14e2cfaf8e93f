/// What a TeX command stands for in a line of text.
enum MathCommand {
  /// A sign.
  case symbol(String)
  /// The name of a function, set apart from letters next to it.
  case word(String)
  /// Nothing.
  case dropped
  /// Its argument, in which blanks count.
  case text
  /// Its argument alone.
  case plain
  /// A fraction.
  case fraction
  /// A root.
  case root
  /// A mark over a letter: its combining form, and its name for longer texts.
  case accent(Unicode.Scalar, String)

  /// The command with this name; nil if it cannot be shown as text.
  init?(_ name: String) {
    if let symbol = Self.symbols[name] {
      self = .symbol(symbol)
    } else if Self.words.contains(name) {
      self = .word(name)
    } else {
      switch name {
      case "left", "right", "big", "Big", "bigg", "Bigg", "displaystyle", "limits", "!":
        self = .dropped
      case "text", "mathrm", "operatorname", "textbf", "textit": self = .text
      case "mathbf", "boldsymbol", "mathit", "mathcal", "mathbb": self = .plain
      case "frac", "dfrac", "tfrac": self = .fraction
      case "sqrt": self = .root
      case "hat", "widehat": self = .accent("\u{302}", "hat")
      case "bar", "overline": self = .accent("\u{304}", "bar")
      case "tilde", "widetilde": self = .accent("\u{303}", "tilde")
      case "dot": self = .accent("\u{307}", "dot")
      case "vec": self = .accent("\u{20D7}", "vec")
      default: return nil
      }
    }
  }

  /// Whether blanks behind the command only separate it from what follows.
  var swallowsBlanks: Bool {
    switch self {
    case .symbol(let text): text != "Σ" && text != "Π"
    case .word, .text: false
    default: true
    }
  }

  /// What the command makes of its arguments; nil while there are too few.
  func applied(to arguments: [String]) -> String? {
    guard let first = arguments.first else { return nil }
    switch self {
    case .fraction:
      guard arguments.count == 2 else { return nil }
      return MathText.numerator(first) + "/" + MathText.denominator(arguments[1])
    case .root: return "√" + MathText.denominator(first)
    case .accent(let mark, let name):
      guard first.unicodeScalars.count == 1 else { return "\(name)(\(first))" }
      return Self.composed[name + first] ?? first + String(mark)
    default: return first
    }
  }

  /// Letters with a circumflex that terminals draw as one character.
  private static let composed: [String: String] = [
    "hata": "â", "hatc": "ĉ", "hate": "ê", "hatg": "ĝ", "hath": "ĥ", "hati": "î", "hatj": "ĵ",
    "hato": "ô", "hats": "ŝ", "hatu": "û", "hatw": "ŵ", "haty": "ŷ", "hatz": "ẑ",
  ]

  private static let words: Set<String> = [
    "arg", "argmax", "argmin", "cos", "cosh", "cot", "det", "exp", "lim", "ln", "log", "max", "min",
    "sin", "sinh", "tan", "tanh", "Pr",
  ]

  private static let symbols: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "partial": "∂", "nabla": "∇", "infty": "∞", "ell": "ℓ", "sum": "Σ", "prod": "Π", "int": "∫",
    "cdot": " · ", "times": " × ", "div": " ÷ ", "pm": " ± ", "mp": " ∓ ", "ast": " * ",
    "odot": " ⊙ ", "otimes": " ⊗ ", "oplus": " ⊕ ", "circ": " ∘ ",
    "le": " ≤ ", "leq": " ≤ ", "ge": " ≥ ", "geq": " ≥ ", "ne": " ≠ ", "neq": " ≠ ",
    "ll": " ≪ ", "gg": " ≫ ", "lt": " < ", "gt": " > ", "approx": " ≈ ", "equiv": " ≡ ",
    "sim": " ~ ", "propto": " ∝ ", "in": " ∈ ", "to": " → ", "rightarrow": " → ",
    "leftarrow": " ← ", "gets": " ← ", "Rightarrow": " ⇒ ", "Leftarrow": " ⇐ ",
    "implies": " ⇒ ", "iff": " ⇔ ", "mapsto": " ↦ ", "colon": ": ", "mid": " | ",
    "ldots": "…", "dots": "…", "cdots": "…", "prime": "′", "top": "ᵀ",
    "langle": "⟨", "rangle": "⟩", "lvert": "|", "rvert": "|", "vert": "|", "|": "‖",
    "{": "{", "}": "}", "%": "%", "_": "_", "#": "#", "$": "$", "&": "&",
    ",": " ", ";": " ", ":": " ", " ": " ", ">": " ", "quad": "  ", "qquad": "  ",
  ]
}
