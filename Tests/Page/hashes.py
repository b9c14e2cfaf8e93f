"""Writes the hashes of the page's script and style into the source, for the pages' security policy."""

import base64
import hashlib
import pathlib
import re

folder = pathlib.Path(__file__).resolve().parents[2] / "Sources/Export/Page"
source = folder / "PageAssets.swift"
text = source.read_text()
for name, file in (("script", "page.js"), ("style", "page.css")):
    digest = hashlib.sha256((folder / file).read_bytes()).digest()
    written = f'static let {name}Hash = "{base64.b64encode(digest).decode()}"'
    text = re.sub(f'static let {name}Hash = "[^"]*"', lambda _: written, text)
source.write_text(text)
