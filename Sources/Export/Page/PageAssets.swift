/// What is the same on every page: its script, its style, and what a browser may do with it.
package enum PageAssets {
  /// The parts of the script in the order they need each other, in a scope of their own.
  static let script =
    "(() => {\n"
    + [
      PackageResources.drawing_js, PackageResources.panels_js, PackageResources.stepper_js,
      PackageResources.questions_js,
    ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n") + "})();\n"
  static let style = String(decoding: PackageResources.page_css, as: UTF8.self)

  /// Only this very script and this very style count; nothing is loaded, nothing is sent.
  package static let policy =
    "default-src 'none'; script-src 'sha256-\(scriptHash)'; style-src 'sha256-\(styleHash)'; "
    + "img-src 'none'; base-uri 'none'; form-action 'none'"

  /// The SHA-256 of the two files; a test computes them anew.
  package static let scriptHash = "eO3RL74sGA5RbFP9sxcBk6a0WIgkRAXMDRj9BV4raHs="
  package static let styleHash = "0gwZv92VysP2sBi5n96SWIg4bDwXRVkZcI5C4T8GHJQ="
}
