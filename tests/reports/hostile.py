"""Texts that try to be something else, for property tests, and a report that carries one everywhere."""

from __future__ import annotations

from hypothesis import strategies as st

from guard.diagnostics import error, warning
from guard.inventory.model import Account, Count
from guard.reports.model import AccountCoverage, AccountStatus, Coverage, Report, Since
from guard.rules import Verdict, Waived, Witness
from guard.source import SourceFile, SourceRange
from tests.reports.samples import HOSTILE, holder, key, report

FRAGMENTS = (
    *("\n", "\r", "\r\n", "\t", " ", "\u2028", "\x85", "\x00", "\x1b[31m", "\ud800", "\ufffe", "\u202e"),
    *("##vso[task.complete result=Succeeded;]", "##teamcity[message text='x']"),
    *("::", "##[", "::error ::", "::set-output name=a::", "]", "%0A", "%", ",", ":", "<<", "EOF"),
    *(
        "`",
        "``",
        "```",
        "~~~",
        "|",
        "\\|",
        "\\",
        "*",
        "_",
        "[",
        "](",
        "](http://x.example)",
        "!",
        "<!--",
        "-->",
    ),
    *(
        "<script>",
        "</code>",
        "</td>",
        "<img src=x onerror=y>",
        "&",
        "&lt;",
        "&#60;",
        '"',
        "'",
        "<",
        ">",
        "]]>",
    ),
    *("http://x.example", "www.x.example", "@team", "#1", "a@b.example", "{{ 1 }}", "${{ x }}", "{% raw %}"),
    *(
        "alice",
        "é",
        "日本",
        "🔑",
        "name=",
        "=",
        "- ",
        "1. ",
        "# ",
        "---",
        "</details>",
        "</summary>",
        "${",
        "{0}",
    ),
)

TEXTS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map("".join) | st.sampled_from(HOSTILE)


def carrying(text: str, verdict: Verdict = Verdict.POSSIBLE) -> Report:
    """A report in which every text that comes from outside is this one."""
    where = SourceRange(SourceFile(f"{text}.tf", f'x = "{text}"\n'), 0, 5)
    account = Account(f"profile:{text}", alias=text)
    keys = [
        key(text, f'aws_iam_access_key.k["{text}"]', where, account=account, root=text),
        key(text, None, key_id=text, account=account, root=text),
    ]
    user = holder(
        verdict,
        Count(1, 2),
        *keys,
        witness=Witness({"var.name": text, f"data.{text}": text}, f'name = "{text}"\n', (text,), text),
        why=text,
        evidence=text,
        arn=text,
    )
    waived = holder(
        Verdict.PASS,
        Count(2, 2),
        *keys,
        waived=Waived(owner=text, reason=text, until="2026-12-31", at_most=2),
    )
    changes = (warning("Waiver added by this change", text, where), warning("Odd change", text))
    return report(
        user,
        waived,
        diagnostics=(*changes, error("Refused", text, where), warning("Odd", text), error(text, text)),
        changes=changes,
        coverage=Coverage(
            (text,),
            1,
            1,
            (text,),
            (AccountCoverage(account, AccountStatus.FAILED, text, text, why=text),),
            text,
        ),
        since=Since(text, (), (), {"0" * 32: text}, {"1" * 32: text}),
    )
