"""Writes the hashes of the page's script and style into the source, for the pages' security policy."""

import base64
import hashlib
import pathlib
import re

folder = pathlib.Path(__file__).resolve().parents[2] / "Sources/Export/Page"
source = folder / "PageAssets.swift"
text = source.read_text()
parts = ["drawing.js", "panels.js", "stepper.js", "questions.js"]
script = "(() => {\n" + "\n".join((folder / part).read_text() for part in parts) + "})();\n"
for name, inline in (("script", script), ("style", (folder / "page.css").read_text())):
    digest = hashlib.sha256(inline.encode()).digest()
    written = f'static let {name}Hash = "{base64.b64encode(digest).decode()}"'
    text = re.sub(f'static let {name}Hash = "[^"]*"', lambda _: written, text)
source.write_text(text)

# The papers have a style of their own, and no script.
papers = folder.parent / "Paper"
source = papers / "PaperHTML.swift"
digest = hashlib.sha256((papers / "paper.css").read_bytes()).digest()
written = f'static let styleHash = "{base64.b64encode(digest).decode()}"'
source.write_text(
    re.sub(r'static let styleHash = "[^"]*"', lambda _: written, source.read_text())
)
