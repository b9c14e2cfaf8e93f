"""Reads exported scripts as Python does, without running them.

    parse_scripts.py SCRIPTS.json TREES.json

For each script its syntax tree as text: names that are not the script's own are counted, and texts are
left out, so that two scripts that differ in the learner's names only have the same tree. Names of other
modules, calls of anything else and imports show.
"""
import ast
import json
import sys

OWN = {
    "torch", "jax", "jnp", "F", "show", "inputs", "computed", "compute", "gradients", "names", "values",
    "name", "value", "gradient", "print", "zip", "with_gradients", "_",
}


class Plain(ast.NodeTransformer):
    def __init__(self):
        self.known = {}

    def renamed(self, name):
        return name if name in OWN else self.known.setdefault(name, f"name{len(self.known)}")

    def visit_Name(self, node):
        node.id = self.renamed(node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.renamed(node.arg)
        return node

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            node.value = "text"
        return node


def tree(script):
    try:
        return ast.dump(Plain().visit(ast.parse(script)))
    except (SyntaxError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


with open(sys.argv[1], encoding="utf-8") as file:
    scripts = json.load(file)
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump([tree(script) for script in scripts], file)
