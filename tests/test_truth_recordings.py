"""The recorded expressions are well formed, and the real Terraform still gives the recorded answers."""

import pytest

from tests.truth import expressions, terraform

needs_terraform = pytest.mark.skipif(
    terraform.available() is None, reason=f"terraform {terraform.VERSION} is not on the PATH"
)
TOPICS = expressions.topics()
MANY = 2000


def test_the_recordings_are_many_and_differ() -> None:
    asked = [(topic.prelude, case["expr"]) for topic in TOPICS for case in topic.cases]
    assert len(asked) > MANY
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.path.stem)
def test_each_case_has_one_answer(topic: expressions.Topic) -> None:
    for case in topic.cases:
        assert len(case.keys() & {"v", "error", "unknown"}) == 1, case["expr"]


@needs_terraform
@pytest.mark.terraform
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.path.stem)
def test_terraform_gives_the_recorded_answers(topic: expressions.Topic) -> None:
    answers = expressions.ask(topic.prelude, topic.files, [case["expr"] for case in topic.cases])
    assert expressions.text(topic, answers) == topic.path.read_text(encoding="utf-8")
