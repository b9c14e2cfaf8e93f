internal import Language

/// Text for TeX, in which nothing acts: every sign with a meaning is spelled out.
func texText(_ text: String) -> String {
  visible(text).rewritten { scalar in
    if isPlainInTeX(scalar) { return nil }
    if let known = texForms[scalar] { return known }
    if scalar.value >= 0x20, scalar.value < 0x7F { return nil }
    if scalar == "\n" || scalar == "\t" { return " " }
    // Fonts differ in what they have; a number is always there.
    return "{\\small U+\(hexadecimal(scalar.value))}"
  }
}

/// Most of a text is letters, digits and blanks; nobody has to look those up.
private func isPlainInTeX(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9", " ": true
  default: false
  }
}

private func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

private let texForms: [Unicode.Scalar: String] = {
  var forms: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "%": "\\%", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "{\\char34}",
    "'": "{\\char39}", "`": "{\\char96}", "-": "{-}",
    "×": "$\\times$", "·": "$\\cdot$", "−": "$-$", "…": "\\dots{}", "²": "\\textsuperscript{2}",
    "³": "\\textsuperscript{3}", "½": "$\\frac12$", "∞": "$\\infty$", "∂": "$\\partial$",
    "Σ": "$\\Sigma$", "≤": "$\\leq$", "≥": "$\\geq$", "≠": "$\\neq$", "→": "$\\to$",
    "′": "$'$", "Γ": "$\\Gamma$", "Δ": "$\\Delta$", "Θ": "$\\Theta$", "Λ": "$\\Lambda$",
    "Ξ": "$\\Xi$", "Π": "$\\Pi$", "Φ": "$\\Phi$", "Ψ": "$\\Psi$", "Ω": "$\\Omega$", "ο": "o",
    "ς": "$\\varsigma$", "–": "--",
  ]
  // Letters with an accent, by what TeX calls it: Latin-1 and what Central Europe writes.
  for (accent, letters) in [
    ("`", "ÀAÈEÌIÒOÙUàaèeìiòoùuǸNǹn"), ("'", "ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcŃNńnŚSśsŹZźzĹLĺlŔRŕr"),
    ("^", "ÂAÊEÎIÔOÛUâaêeîiôoûuĈCĉcĜGĝgĤHĥhĴJĵjŜSŝsŴWŵwŶYŷy"), ("~", "ÃAÑNÕOãañnõoĨIĩiŨUũu"),
    ("\"", "ÄAËEÏIÖOÜUäaëeïiöoüuÿyŸY"), ("v", "ČCčcĎDďdĚEěeŇNňnŘRřrŠSšsŤTťtŽZžzǓUǔu"),
    ("c", "ÇCçcŞSşsŢTţtĢGĶKķkĻLļlŅNņn"), ("u", "ĂAăaĞGğgĬIĭiŬUŭuĔEĕe"),
    ("=", "ĀAāaĒEēeĪIīiŌOōoŪUūu"), (".", "ĊCċcĖEėeĠGġgİIŻZżz"), ("H", "ŐOőoŰUűu"),
    ("r", "ÅAåaŮUůu"), ("k", "ĄAąaĘEęeĮIįiŲUųu"),
  ] {
    let scalars = Array(letters.unicodeScalars)
    for place in stride(from: 0, to: scalars.count - 1, by: 2) where accent != "k" {
      forms[scalars[place]] = "{\\\(accent){\(scalars[place + 1])}}"
    }
    // The ogonek is in no font of a small installation; a cedilla stands for it.
    for place in stride(from: 0, to: scalars.count - 1, by: 2) where accent == "k" {
      forms[scalars[place]] = "{\\c{\(scalars[place + 1])}}"
    }
  }
  for (scalar, form) in [
    ("ß", "{\\ss}"), ("æ", "{\\ae}"), ("Æ", "{\\AE}"), ("œ", "{\\oe}"), ("Œ", "{\\OE}"),
    ("ø", "{\\o}"), ("Ø", "{\\O}"), ("ł", "{\\l}"), ("Ł", "{\\L}"), ("ı", "{\\i}"),
  ] as [(Unicode.Scalar, String)] { forms[scalar] = form }
  let greek = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "", "pi", "rho", "", "sigma", "tau", "upsilon", "phi", "chi",
    "psi", "omega",
  ]
  for (offset, name) in greek.enumerated() where !name.isEmpty {
    if let scalar = Unicode.Scalar(0x3B1 + UInt32(offset)) { forms[scalar] = "$\\\(name)$" }
  }
  return forms
}()
