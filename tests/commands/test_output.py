"""Where reports go: standard output, files, and what happens when they cannot be written."""

import errno
import json
import os
import stat
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from guard.commands.output import Target, add_output_arguments, emit, targets, wants_colour
from guard.diagnostics import UsageError
from tests.reports.samples import AUDIT, UNDETERMINED, VIOLATION
from tests.reports.viewers import step_outputs


def parsed(*words):
    parser = ArgumentParser()
    add_output_arguments(parser)
    return parser.parse_args(words)


def test_text_is_the_default(capsys):
    emit(VIOLATION, parsed())
    assert capsys.readouterr().out.startswith("iam-key-guard: violation")


def test_files_and_text_beside_them(tmp_path, capsys):
    emit(VIOLATION, parsed("--format", f"json={tmp_path}/new/a=b.json"))
    assert json.loads((tmp_path / "new/a=b.json").read_text())["verdict"] == "violation"
    assert capsys.readouterr().out.startswith("iam-key-guard: violation")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a=b.json"]


def test_json_alone_on_standard_output(capsys):
    emit(VIOLATION, parsed("--format", "json"))
    assert json.loads(capsys.readouterr().out)["verdict"] == "violation"


def test_text_and_json_file(tmp_path, capsys):
    emit(VIOLATION, parsed("--format", "text", "--format", f"json={tmp_path}/a.json"))
    assert json.loads((tmp_path / "a.json").read_text())["users"]
    assert "alice" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["pdf", "json=", "=x", "", "TEXT"])
def test_wrong_formats_are_refused(word, capsys):
    with pytest.raises(SystemExit) as stop:
        parsed("--format", word)
    assert stop.value.code == 2
    assert "format" in capsys.readouterr().err


def test_two_reports_in_one_place_are_refused(tmp_path):
    with pytest.raises(UsageError, match="mixed up"):
        targets([Target("text"), Target("json")])
    with pytest.raises(UsageError, match="more than once"):
        targets([Target("text", "a"), Target("json", "./a")])
    assert targets([Target("json"), Target("json")]) == (Target("json"),)


def test_a_file_that_cannot_be_written(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    good = tmp_path / "good.json"
    bad = tmp_path / "file" / "bad.json"
    with pytest.raises(UsageError, match=r"the text report cannot be written to .*bad\.json"):
        emit(VIOLATION, parsed("--format", f"text={bad}", "--format", f"json={good}"))
    assert json.loads(good.read_text())["verdict"] == "violation"
    with pytest.raises(UsageError, match="cannot be written"):
        emit(VIOLATION, parsed("--format", f"json={tmp_path}"))


def test_a_report_replaces_a_file_at_once_and_leaves_links_alone(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("mine")
    link = tmp_path / "report.json"
    link.symlink_to(secret)
    emit(VIOLATION, parsed("--format", f"json={link}"))
    assert secret.read_text() == "mine"
    assert json.loads(link.read_text())["verdict"] == "violation"
    assert stat.S_IMODE(link.stat().st_mode) == 0o666 & ~_umask()


def test_links_of_a_repository_do_not_choose_where_reports_go(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "work" / "real").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    Path("out").symlink_to("../elsewhere")
    Path("near").symlink_to("real")
    os.mkfifo("pipe")
    Path("a.json").symlink_to("pipe")
    with pytest.raises(UsageError, match=r"to out/new/a\.json: a link in out/new leads out of the working"):
        emit(VIOLATION, parsed("--format", "json=out/new/a.json"))
    assert list((tmp_path / "elsewhere").iterdir()) == []
    for name in ("near/a.json", "a.json", f"{tmp_path}/elsewhere/a.json", "../elsewhere/b.json"):
        emit(VIOLATION, parsed("--format", f"json={name}"))
        assert json.loads(Path(name).read_text())["verdict"] == "violation"
    assert len(list(tmp_path.rglob("*.part"))) == 0


def test_the_longest_name_of_a_file(tmp_path):
    emit(VIOLATION, parsed("--format", f"json={tmp_path}/{'x' * 255}"))
    assert [len(path.name) for path in tmp_path.iterdir()] == [255]


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_devices_are_written_directly(capfd):
    before = Path("/dev/stderr").lstat()
    emit(VIOLATION, parsed("--format", "json=/dev/stderr"))
    assert Path("/dev/stderr").lstat() == before
    assert json.loads(capfd.readouterr().err)["verdict"] == "violation"
    emit(VIOLATION, parsed("--format", "json=/dev/null"))


def test_key_ids_are_shown_on_request(capsys):
    emit(AUDIT, parsed("--show-key-ids"))
    assert "AKIAIOSFODNN7EXAMPLE" in capsys.readouterr().out


def test_a_step_of_a_workflow(tmp_path, capsys):
    summary, outputs, page = tmp_path / "summary", tmp_path / "outputs", tmp_path / "a.json"
    summary.write_text("before\n")
    outputs.write_text("")
    words = ["--step-summary", str(summary), "--step-outputs", str(outputs), "--format", f"json={page}"]
    emit(VIOLATION, parsed(*words))
    assert summary.read_text().startswith("before\n## 🔴 iam-key-guard: violation")
    assert f"\n{page}\n" in outputs.read_text()
    with pytest.raises(UsageError, match="the summary cannot be written"):
        emit(VIOLATION, parsed("--step-summary", str(tmp_path / "no" / "summary")))


def test_the_outputs_of_a_step_name_no_report_that_was_not_written(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    bad, good, outputs = tmp_path / "file" / "a.sarif", tmp_path / "a.json", tmp_path / "outputs"
    words = ["--format", f"sarif={bad}", "--format", f"json={good}", "--step-outputs", str(outputs)]
    with pytest.raises(UsageError, match="the sarif report cannot be written"):
        emit(VIOLATION, parsed(*words))
    said = step_outputs(outputs.read_text())
    assert (said["exit-code"], said["sarif-file"], said["json-file"]) == ("2", "", str(good))


@pytest.mark.parametrize(("level", "expected"), [("error", 1), ("warning", 2), ("note", 3)])
def test_log_level(level, expected, capsys):
    emit(UNDETERMINED, parsed("--log-level", level))
    shown = capsys.readouterr().out
    words = ("Invalid for_each", "Not counted", "Variable file tried")
    assert sum(word in shown for word in words) == expected
    assert ("not analysed" in shown) == (level == "note")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour(environment, expected, monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour() is expected


PRINT = """
import sys
from argparse import ArgumentParser
from guard.commands.output import add_output_arguments, emit
from tests.reports.samples import MANY, holder, key, report, Verdict, Count
parser = ArgumentParser()
add_output_arguments(parser)
special = report(holder(Verdict.VIOLATION, Count(2, 2), key("jürgen-日本", "aws_iam_access_key.a")))
emit(special if sys.argv[1:] else MANY, parser.parse_args([]))
"""


def test_a_reader_that_has_seen_enough_is_no_error():
    command = f"{sys.executable} -c '{PRINT}' | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", PRINT], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert os.strerror(errno.ENOSPC) in done.stderr
    assert "Report not written" in done.stderr


def test_a_poor_encoding_is_no_error():
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(
        [sys.executable, "-c", PRINT, "special"], capture_output=True, env=environment, check=True
    )
    assert "jürgen-\\u65e5\\u672c".encode("latin-1") in done.stdout
