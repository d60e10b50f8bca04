"""Filesystem functions: https://developer.hashicorp.com/terraform/language/functions/file"""

from __future__ import annotations

import base64
import posixpath
import stat
from collections.abc import Mapping

from guard.lang.functions.common import applied, edited, result, shown, text
from guard.lang.functions.files import Place, clean_path, located, read_bytes, unquoted
from guard.lang.functions.globbing import BadPatternError, glob, has_pattern
from guard.lang.functions.hashing import DIGESTS, Digest
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.values.labels import label
from guard.values.pieces import pieces
from guard.values.sets import set_of
from guard.values.types import BOOL, STRING, SetOf, Type
from guard.values.unknown import Applied, Input, Kind, Refinement
from guard.values.value import FALSE, Value, boolean, derived, string, unknown

_MISSING = (
    "; this function works only with files that are distributed as part of the configuration source "
    "code, so if this file will be created by a resource in this configuration you must instead obtain "
    "this result from an attribute of that resource"
)
_NOT_TEXT = (
    "; use the filebase64 function to obtain the Base64 encoded contents or the other file functions "
    "(e.g. filemd5, filesha256) to obtain file hashing results instead"
)


# --- contents ----------------------------------------------------------------------------------


def file(context: FunctionContext, path: Value) -> Value:
    if path.is_unknown:
        return tried(context, STRING, "file", path)
    return result(file_text(context, path)).marked(path.marks)


def file_text(context: FunctionContext, path: Value) -> str:
    """The text of a file: must be UTF-8."""
    data = _contents(context, path)
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise FunctionError(f"contents of {shown(path)} are not valid UTF-8{_NOT_TEXT}") from None


def tried(context: FunctionContext, type: Type, name: str, path: Value, *others: Value) -> Value:
    """The result of a function of a file whose path is not known: files that it may lead to are asked for.

    others: further arguments. Raises FunctionError where no file is there, whatever the inputs are.
    """
    try:
        return _asked_for(context, type, name, path, *others)
    except FileNotFoundError:
        raise FunctionError(f"no file exists at {shown(path, label(path))}{_MISSING}", 0) from None


def _asked_for(context: FunctionContext, type: Type, name: str, path: Value, *others: Value) -> Value:
    from guard.lang.functions.open_paths import questions_of

    arguments = (path, *others)
    term = Applied(name, arguments)
    return derived(type, term, arguments, Refinement(not_null=True), questions_of(context, path))


def filebase64(context: FunctionContext, path: Value) -> Value:
    if path.is_unknown:
        return tried(context, STRING, "filebase64", path)
    return string(base64.b64encode(_contents(context, path)).decode()).marked(path.marks)


def _contents(context: FunctionContext, path: Value) -> bytes:
    try:
        return _read(context, path)
    except FileNotFoundError:
        raise FunctionError(f"no file exists at {shown(path)}{_MISSING}", 0) from None
    except IsADirectoryError:
        raise FunctionError(f"failed to read file: {_is_directory(path)}", 0) from None
    except FunctionError as problem:
        raise FunctionError(str(problem), 0) from None


def _read(context: FunctionContext, path: Value) -> bytes:
    return read_bytes(context, located(context, path))


def _is_directory(path: Value) -> str:
    return f"read {unquoted(shown(path, clean_path(path.text)))}: is a directory"


def _hash_of_file(name: str, digest: Digest) -> Function:
    def body(context: FunctionContext, path: Value) -> Value:
        if path.is_unknown:
            return tried(context, STRING, name, path)
        try:
            return string(digest(_read(context, path))).marked(path.marks)
        except FileNotFoundError:
            missing = unquoted(shown(path, clean_path(path.text)))
            raise FunctionError(f"open {missing}: no such file or directory") from None
        except IsADirectoryError:
            raise FunctionError(_is_directory(path)) from None

    return Function(body, (_PATH,), returns=STRING)


# --- which files there are ---------------------------------------------------------------------

_KINDS = (
    (stat.S_ISDIR, "is a directory, not a file"),
    (stat.S_ISCHR, "is a device node, not a regular file"),
    (stat.S_ISBLK, "is a device node, not a regular file"),
    (stat.S_ISFIFO, "is a named pipe, not a regular file"),
    (stat.S_ISSOCK, "is a unix domain socket, not a regular file"),
)


def fileexists(context: FunctionContext, path: Value) -> Value:
    if path.is_unknown:
        return _exists_at(context, path)
    place = located(context, path)
    return boolean(_exists(place)).marked(path.marks)


def _exists_at(context: FunctionContext, path: Value) -> Value:
    """Whether a file is there whose path is not known."""
    try:
        return _asked_for(context, BOOL, "fileexists", path)
    except FileNotFoundError:
        return FALSE.marked(path.marks)


def _exists(place: Place) -> bool:
    try:
        mode = place.real.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError:
        raise FunctionError(f"failed to stat {place.shown}") from None
    for is_kind, problem in _KINDS:
        if is_kind(mode):
            raise FunctionError(f"{place.shown} {problem}")
    return True


def fileset(context: FunctionContext, path: Value, pattern: Value) -> Value:
    if path.is_unknown:
        return _files_in(context, path, pattern)
    folder = clean_path(path.text)
    whole = posixpath.join(folder, pattern.text.lstrip("/")) if pattern.text else folder
    marks = path.marks | pattern.marks
    try:
        found = glob(context, clean_path(whole))
    except BadPatternError:
        name = shown(pattern.marked(marks), clean_path(whole))
        raise FunctionError(f"failed to glob pattern {name}: syntax error in pattern") from None
    names = [result(posixpath.relpath(name, folder)) for name in found]
    return set_of(STRING, names).marked(marks)


def _files_in(context: FunctionContext, path: Value, pattern: Value) -> Value:
    """The files in a folder that is not known yet. A folder may hold a pattern itself, and a pattern may
    lead up: these are not tried."""
    texts = [piece for piece in pieces(path) if isinstance(piece, str)]
    if any(map(has_pattern, texts)) or ".." in pattern.text.split("/"):
        return applied(SetOf(STRING), "fileset", path, pattern)
    try:
        return _asked_for(context, SetOf(STRING), "fileset", path, pattern)
    except FileNotFoundError:
        return set_of(STRING, ()).marked(path.marks | pattern.marks)


# --- names -------------------------------------------------------------------------------------


def basename(_: FunctionContext, path: Value) -> Value:
    stripped = path.text.rstrip("/")
    if not path.text:
        return string(".")
    return edited(path, posixpath.basename(stripped) or "/")


def dirname(_: FunctionContext, path: Value) -> Value:
    folder, slash, _name = path.text.rpartition("/")
    return edited(path, clean_path(folder + slash) if slash else ".")


def abspath(context: FunctionContext, path: Value) -> Value:
    return edited(path, clean_path(posixpath.join(str(context.working_directory), path.text)))


def pathexpand(_: FunctionContext, path: Value) -> Value:
    if not path.text.startswith("~"):
        return path
    if path.text[1:2] not in ("", "/", "\\"):
        raise FunctionError("cannot expand user-specific home dir")
    why = "the home directory is that of who runs Terraform"
    return unknown(STRING, Kind.UNREAD, Input("pathexpand()"), why, refinement=Refinement(not_null=True))


_PATH = Parameter(STRING, name="path", marks=Marks.SEEN, unknown=True)
_PATTERN = Parameter(STRING, name="pattern", marks=Marks.SEEN)
_NAME = (text("path"),)

TABLE: Mapping[str, Function] = {
    **{f"file{name}": _hash_of_file(f"file{name}", digest) for name, digest in DIGESTS.items()},
    "abspath": Function(abspath, _NAME, returns=STRING),
    "basename": Function(basename, _NAME, returns=STRING),
    "dirname": Function(dirname, _NAME, returns=STRING),
    "file": Function(file, (_PATH,), returns=STRING),
    "filebase64": Function(filebase64, (_PATH,), returns=STRING),
    "fileexists": Function(fileexists, (_PATH,), returns=BOOL),
    "fileset": Function(fileset, (_PATH, _PATTERN), returns=SetOf(STRING)),
    "pathexpand": Function(pathexpand, _NAME, returns=STRING),
}
