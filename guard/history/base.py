"""The commit that a change is compared with: the one that it started from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guard.diagnostics import UsageError
from guard.history.event import PullRequest, pull_request
from guard.history.git import NotComparableError, Repository
from guard.records import dataclass
from guard.visible import visible

FETCH = "Fetch more history, in a GitHub workflow with fetch-depth: 2 or more of actions/checkout."


@dataclass(frozen=True, slots=True)
class Base:
    """name: as the user or the event calls it. commit: where the change started from it."""

    name: str
    commit: str

    def __str__(self) -> str:
        return f"{self.name} ({self.commit[:12]})"


def base_of(repository: Repository, given: str | None, environment: Mapping[str, str]) -> Base:
    """The base that `--base` names, else that of the pull request; NotComparableError without history."""
    names = _given(given) if given is not None else tuple(_of_event(repository, pull_request(environment)))
    head = repository.commit("HEAD")
    tips = [(shown, tip) for shown, name in names if (tip := repository.commit(name))]
    for shown, tip in tips:
        start = repository.common_ancestor(tip, head) if head else None
        if start:
            return Base(visible(shown), start)
    wanted = visible(names[0][0]) if names else "the base"
    if tips:
        raise NotComparableError(
            f"This clone does not reach back to where this change left {wanted}. {FETCH}"
        )
    raise NotComparableError(f"This clone does not have {wanted}. {FETCH}")


def _given(name: str) -> tuple[tuple[str, str], ...]:
    """A name as it is, and as the one of a branch that was only fetched."""
    if not name.strip() or name.startswith("-") or not name.isprintable():
        raise UsageError(
            "Invalid --base argument", f"{visible(name) or 'An empty text'} is no name of a commit."
        )
    return (name, name), (name, f"refs/remotes/origin/{name}")


def _of_event(repository: Repository, request: PullRequest) -> Iterator[tuple[str, str]]:
    """What leads to the base of a pull request, the most exact first, each as it is called and its name."""
    shown = request.branch or "the base of the pull request"
    # What GitHub checks out is the merge of the base and the change: its first parent is the base.
    if request.merged and repository.commit("HEAD") == request.merged and repository.commit("HEAD^2"):
        yield shown, "HEAD^1"
    yield from ((shown, commit) for commit in request.commits)
    if request.branch:
        yield shown, f"refs/remotes/origin/{request.branch}"
