"""The command evaluates expressions as the real Terraform does: asked as a key's user, read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.truth import expressions
from tests.truth.asking import disagreement
from tests.truth.limits import EXPRESSIONS


@pytest.mark.parametrize("topic", expressions.topics(), ids=lambda topic: topic.path.stem)
def test_expressions_evaluate_as_terraform_evaluates_them(topic: expressions.Topic, tmp_path: Path) -> None:
    expressions.lay_out(tmp_path, topic.prelude, topic.files)
    problems = {
        case["expr"]: problem
        for case in topic.cases
        if (problem := disagreement(tmp_path, topic.prelude, case["expr"], expressions.recorded(case)))
    }
    known = EXPRESSIONS.keys() & {case["expr"] for case in topic.cases}
    assert problems.keys() == known, "\n".join(f"{name}: {problem}" for name, problem in problems.items())
