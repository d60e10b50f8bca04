"""Records what the real Terraform makes of the corpus: `python -m tests.syntax.record`.

To add a construct, add `{"text": "…"}` to a file of corpus/constructs, or a text with any value to
corpus/templates.json or corpus/json.json, and run this.
"""

from __future__ import annotations

import json

from guard.records import replace
from tests.syntax.recorded import (
    CORPUS,
    JSON_CASES,
    TEMPLATES,
    fmt_accepts,
    json_cases,
    json_written,
    read,
    template_values,
    validate_errors,
    written,
)


def main() -> None:
    for path in sorted((CORPUS / "constructs").glob("*.json")):
        cases = read(path)
        verdicts = fmt_accepts([case.data for case in cases])
        judged = [replace(case, valid=valid) for case, valid in zip(cases, verdicts, strict=True)]
        path.write_text(written(judged), encoding="utf-8")
    texts = [replace(case, errors=validate_errors(case.data)) for case in json_cases()]
    JSON_CASES.write_text(json_written(texts), encoding="utf-8")
    recorded = json.loads(TEMPLATES.read_text(encoding="utf-8"))
    for kind, pairs in recorded["kinds"].items():
        sources = [text for text, _ in pairs]
        values = template_values(recorded["names"], kind, sources)
        recorded["kinds"][kind] = [list(pair) for pair in zip(sources, values, strict=True)]
    TEMPLATES.write_text(templates_written(recorded), encoding="utf-8")


def templates_written(recorded: dict[str, dict[str, list[list[str]]]]) -> str:
    kinds = (
        f'  "{kind}": [\n' + ",\n".join(f"   {json.dumps(pair)}" for pair in pairs) + "\n  ]"
        for kind, pairs in recorded["kinds"].items()
    )
    names = json.dumps(recorded["names"])
    return f'{{\n "names": {names},\n "kinds": {{\n' + ",\n".join(kinds) + "\n }\n}\n"


if __name__ == "__main__":
    main()
