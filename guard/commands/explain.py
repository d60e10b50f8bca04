"""`iam-key-guard explain [RULE]`: what a rule means, why, how to fix it, and where that comes from."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from difflib import get_close_matches
from textwrap import wrap

from guard.diagnostics import UsageError
from guard.explanations import EXPLANATIONS
from guard.rule_table import RULES
from guard.rules import Rule
from guard.visible import visible

WIDTH = 100


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("rule", nargs="?", metavar="RULE", help="the rule; without it all rules are listed")


def run(arguments: Namespace) -> int:
    """Print the explanation, or the list of rules; returns the exit code."""
    lines = listed() if arguments.rule is None else explained(_rule(arguments.rule))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _rule(name: str) -> Rule:
    if name in RULES:
        return RULES[name]
    near = get_close_matches(name, RULES, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(RULES)}."
    raise UsageError("Unknown rule", f"There is no rule {visible(name)}. {hint}")


def listed() -> Iterator[str]:
    """A line for each rule."""
    widest = max(map(len, RULES))
    for rule in RULES.values():
        yield f"{rule.name:<{widest}}  {rule.level.value:<7}  {rule.title}"


def explained(rule: Rule) -> Iterator[str]:
    """All that there is to say about a rule."""
    text = EXPLANATIONS[rule.name]
    yield f"{rule.name} ({rule.level.value})"
    yield from _paragraph(f"{rule.title}. {rule.help}")
    yield from _section("Why", (text.why,))
    yield from _section("In Terraform", text.terraform)
    yield from _section("In the account", text.account)
    yield from _section("In benchmarks", text.controls)
    yield from _section("Sources", text.sources)


def _section(title: str, parts: tuple[str, ...]) -> Iterator[str]:
    if parts:
        yield ""
        yield title
        for part in parts:
            yield from _paragraph(part)


def _paragraph(text: str) -> Iterator[str]:
    """The text in lines; what must be copied whole, as an address, is not broken."""
    yield from wrap(
        text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
