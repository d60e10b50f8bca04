"""Composes Terraform expressions, mostly well-typed: literals, operators, templates, loops, splats, functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

PRELUDE = """\
resource "terraform_data" "later" {
  input = timestamp()
}
resource "terraform_data" "many" {
  count = 2
  input = "many-${count.index}"
}
variable "users" {
  type = map(object({
    status = optional(string, "Active")
    keys   = optional(list(string), [])
    age    = optional(number)
  }))
  default = {
    alice = { keys = ["blue", "green"] }
    bob   = { status = "Inactive", age = 41 }
  }
}
variable "names" {
  type    = list(string)
  default = ["alice", "bob", "Carol", "alice"]
}
variable "tags" {
  type    = map(string)
  default = { team = "ops", env = "prod", empty = "" }
}
variable "set" {
  type    = set(string)
  default = ["b", "a", "é"]
}
variable "nothing" {
  type    = string
  default = null
}
variable "any" {
  default = { list = [1, "two", true], name = "any", nested = { deep = [{ x = 1 }, { x = 2 }] } }
}
locals {
  later   = terraform_data.later.id
  laters  = split(",", terraform_data.later.id)
  number  = 41.5
  secret  = sensitive("hush")
  objects = [{ name = "alice", on = true }, { name = "bob", on = false }]
}
"""

Names = tuple[str, ...]
Leaves = Mapping[str, Sequence[str]]

LEAVES: Leaves = {
    "s": (
        '"alice"',
        '""',
        '"svc-bob"',
        '"A b"',
        '"é"',
        '"5"',
        '"-1.50"',
        '"true"',
        '"a,b,,c"',
        '"x:y"',
        '"\\n"',
        "var.names[0]",
        'var.tags["team"]',
        "var.tags.env",
        "var.any.name",
        'var.users["alice"].status',
        "local.objects[1].name",
        "terraform_data.many[1].input",
        "local.secret",
        "local.later",
        '"pre-${local.later}"',
        "var.nothing",
    ),
    "n": ("0", "1", "2", "3", "-1", "2.5", "1e3", "10", "local.number", "0.1", "var.users.bob.age"),
    "b": ("true", "false"),
    "l": (
        "var.names",
        "var.set",
        "var.any.list",
        "local.laters",
        "var.users.alice.keys",
        "[]",
        "local.objects",
    ),
    "m": ("var.tags", "var.users", "var.any", "{}", "var.users.bob"),
    "word": ("", "a", "svc", " ", "é", "$", "%", ":"),
    "pattern": ("[a-z]+", "(a)(b)?", "^svc-", "(?P<n>\\\\w+)", "x*", ".", "(?i)ALICE", "\\\\d+$"),
    "format": ("%s-%s", "%v/%v", "%d%s", "%5s|%-5s", "%q %s", "%s %%", "%.2f-%v", "%s", "%#v %s"),
    "digit": ("0", "1", '"1"', "2"),
}
"""What stands at the end of the branches: texts, numbers, bools, lists, maps, and pieces of templates."""

EVERY_TYPE = (
    "(<b> ? <same> : <same>)",
    "try(<a>, <same>)",
    "coalesce(<same>, <same>)",
    "one([<same>])",
    "[<same>, <same>][<digit>]",
    "{ a = <same>, b = <a> }.a",
    "nonsensitive(sensitive(<same>))",
    "jsondecode(jsonencode(<same>))",
    "element(<l>, <n>)",
    "lookup(<m>, <s>, <same>)",
)

FORMS = {
    "s": (
        '"<word>-${<a>}<word>"',
        '"${<a>}${<s>}"',
        '"%{ if <b> }<word>%{ else }${<s>}%{ endif }"',
        '"%{ for <name> in <l> }${<s+>}<word>%{ endfor }"',
        *(
            f"{name}(<s>)"
            for name in ("upper", "lower", "title", "trimspace", "chomp", "strrev", "urlencode")
        ),
        *(f"{name}(<s>)" for name in ("sha1", "basename", "base64encode")),
        "substr(<s>, <n>, <n>)",
        "replace(<s>, <s>, <s>)",
        *(f'replace(<s>, "/<pattern>/", "{text}")' for text in ("", "-", "$1", "<$0>")),
        "join(<s>, <l>)",
        'format("<format>", <a>, <a>)',
        "tostring(<a>)",
        "jsonencode(<a>)",
        "yamlencode(<a>)",
        *(f"trim{part}(<s>, <s>)" for part in ("", "prefix", "suffix")),
        "split(<s>, <s>)[0]",
        'regex("<pattern>", <s>)',
        "keys(<m>)[0]",
        "indent(<n>, <s>)",
        "base64decode(base64encode(<s>))",
        "sort(<l>)[0]",
    ),
    "n": (
        *(f"(<n> {operator} <n>)" for operator in "+-*/%"),
        "(-<n>)",
        "length(<l>)",
        "length(<m>)",
        "length(<s>)",
        *(f"{name}(<n>)" for name in ("abs", "ceil", "floor", "signum", "tonumber")),
        "tonumber(<s>)",
        *(f"{name}(<n>, <n>)" for name in ("max", "min", "pow")),
        "sum(<l>)",
        "max(<l>...)",
        "index(<l>, <a>)",
        "parseint(<s>, <n>)",
        'length(regexall("<pattern>", <s>))',
    ),
    "b": (
        *(f"(<a> {operator} <a>)" for operator in ("==", "!=")),
        *(f"(<s> {operator} <s>)" for operator in ("==", "!=")),
        *(f"(<n> {operator} <n>)" for operator in ("<", "<=", ">", ">=")),
        *(f"(<b> {operator} <b>)" for operator in ("&&", "||")),
        "!<b>",
        "contains(<l>, <a>)",
        "can(<a>)",
        *(f"{name}(<s>, <s>)" for name in ("startswith", "endswith", "strcontains")),
        *(f"{name}(<l>)" for name in ("alltrue", "anytrue")),
        "tobool(<a>)",
        "(<a> == null)",
        "issensitive(<a>)",
    ),
    "l": (
        "[<a>, <a>]",
        "[<s>]",
        *(
            f"{name}(<l>)"
            for name in ("tolist", "toset", "reverse", "sort", "distinct", "flatten", "compact")
        ),
        *(f"{name}(<m>)" for name in ("keys", "values")),
        "split(<s>, <s>)",
        *(f"{name}(<l>, <l>)" for name in ("concat", "setunion", "setintersection", "setsubtract")),
        *(f"{name}(<l>, <l>)" for name in ("setproduct", "coalescelist")),
        "slice(<l>, <n>, <n>)",
        "chunklist(<l>, <n>)",
        "range(<n>)",
        "[for <name> in <l> : <a+>]",
        "[for <name> in <m> : <a+>]",
        "[for <name> in <l> : <a+> if <b+>]",
        '[for <name> in <l> : <s+> if <name+> != "alice"]',
        '[for k, <name> in <m> : "${k}=${<s+>}"]',
        "<a>[*]",
        "<l>[*]",
        "<l>[*].name",
        "<l>.*.status",
        'formatlist("<format>", <l>, <a>)',
        'regexall("<pattern>", <s>)',
        "matchkeys(<l>, <l>, <l>)",
    ),
    "m": (
        "{ a = <a>, b = <a> }",
        '{ (<s>) = <a>, "c" : <a> }',
        "merge(<m>, <m>)",
        "tomap(<m>)",
        "zipmap(<l>, <l>)",
        "transpose(<m>)",
        "{ for <name> in <l> : <s+> => 1 }",
        '{ for <name> in <l> : <s+> => "v"... if <b+> }',
        "{ for k, <name> in <m> : k => <a+> }",
        "{ for k, <name> in <m> : k => <name+> if <b+> }",
        "{ for <name>, v in <m> : <s+> => v }",
    ),
}
"""How parts make wholes. <s> is a text, <s+> one that may use the loop's variable, <same> one of the form's type."""

HOLE = re.compile(r"<(\w+)(\+?)>")
VARIABLES = ("x", "y", "each_one")


@st.composite
def expressions(draw: DrawFn) -> str:
    """Expressions of any type, up to four forms deep."""
    return part(draw, "a", draw(st.sampled_from((1, 2, 2, 3, 3, 4))), (), LEAVES)


@st.composite
def texts(draw: DrawFn, leaves: Leaves) -> str:
    """Texts, up to two forms deep, that end in the given leaves."""
    return part(draw, "s", draw(st.sampled_from((0, 1, 1, 2))), (), {**LEAVES, **leaves})


@st.composite
def conditions(draw: DrawFn, leaves: Leaves) -> str:
    """Conditions, up to three forms deep, that end in the given leaves."""
    return part(draw, "b", draw(st.sampled_from((0, 1, 2, 3))), (), {**LEAVES, **leaves})


def part(draw: DrawFn, kind: str, depth: int, names: Names, leaves: Leaves) -> str:
    """An expression of a kind, at most so deep, that may use these loop variables."""
    if kind == "a":
        kind = draw(st.sampled_from("snblm"))
    if kind not in FORMS or depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from((*leaves[kind], *names, *names) if kind in FORMS else leaves[kind]))
    form = draw(st.sampled_from((*FORMS[kind], *EVERY_TYPE)))
    name = draw(st.sampled_from(VARIABLES)) if "<name>" in form else ""

    def fill(hole: re.Match[str]) -> str:
        wanted, inside = hole[1], bool(hole[2])
        if wanted == "name":
            return name
        known = (*names, name) if inside else names
        return part(draw, kind if wanted == "same" else wanted, depth - 1, known, leaves)

    return HOLE.sub(fill, form)
