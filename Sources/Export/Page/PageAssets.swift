/// What is the same on every page: its script, its style, and what a browser may do with it.
package enum PageAssets {
  static let script = String(decoding: PackageResources.page_js, as: UTF8.self)
  static let style = String(decoding: PackageResources.page_css, as: UTF8.self)

  /// Only this very script and this very style count; nothing is loaded, nothing is sent.
  package static let policy =
    "default-src 'none'; script-src 'sha256-\(scriptHash)'; style-src 'sha256-\(styleHash)'; "
    + "img-src 'none'; base-uri 'none'; form-action 'none'"

  /// The SHA-256 of the two files; a test computes them anew.
  package static let scriptHash = "+IE0lb/wmrbRqUEHYxpz+wUYaye3drG9BSzab3vFLkM="
  package static let styleHash = "R61mRs+Mq0x49nTkBx50pxm+tPhV5NvGFwLZW4bIzAw="
}
