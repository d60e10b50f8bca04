"""What the environment of a job tells of the pull request that it runs for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from guard.records import dataclass

_HEX_DIGITS = frozenset("0123456789abcdef")
_LENGTHS = (40, 64)  # of SHA-1 and SHA-256
_LARGEST = 32 * 1024 * 1024
GITLAB = "CI_MERGE_REQUEST_DIFF_BASE_SHA"


@dataclass(frozen=True, slots=True)
class PullRequest:
    """branch: the one it goes to. commits: ids of its base. merged: the commit that GitHub made to try it."""

    branch: str | None
    commits: tuple[str, ...]
    merged: str | None


def is_pull_request(environment: Mapping[str, str]) -> bool:
    """Whether the job runs for a pull request, a merge queue or GitLab's merge request."""
    queued = environment.get("GITHUB_EVENT_NAME") == "merge_group"
    return queued or bool(environment.get("GITHUB_BASE_REF") or environment.get(GITLAB))


def pull_request(environment: Mapping[str, str]) -> PullRequest:
    """The pull request that the environment, and the event's file that it names, tell of."""
    return PullRequest(
        environment.get("GITHUB_BASE_REF") or None,
        tuple(commit for commit in _commits(environment) if _is_id(commit)),
        environment.get("GITHUB_SHA"),
    )


def _is_id(commit: str) -> bool:
    return len(commit) in _LENGTHS and _HEX_DIGITS.issuperset(commit)


def _commits(environment: Mapping[str, str]) -> Iterator[str]:
    yield environment.get(GITLAB, "")
    event = _event(environment.get("GITHUB_EVENT_PATH"))
    base = _part(_part(event, "pull_request"), "base")
    for found in (_part(base, "sha"), _part(_part(event, "merge_group"), "base_sha")):
        if isinstance(found, str):
            yield found


def _part(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def _event(path: str | None) -> object:
    """The event's file, which the runner keeps outside of the workspace; None where there is none to read."""
    import json

    try:
        if not path or Path(path).stat().st_size > _LARGEST:
            return None
        return json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
