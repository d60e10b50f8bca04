"""Turns the parse tree of python-hcl2 into shapes.

Its tree is one of Lark: nodes with `data` and `children`, and tokens, which are strings with a `type`.
Grammar: https://github.com/amplify-education/python-hcl2/blob/main/hcl2/hcl2.lark
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from guard.syntax.characters import SPACE
from guard.syntax.shapes import Part, Shape, heredoc, number, template
from guard.values.numbers import parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from lark import Tree

    Node: TypeAlias = Tree[Any]

_OPERATORS = {
    "DOUBLE_PIPE": "||",
    "DOUBLE_AMP": "&&",
    "DOUBLE_EQ": "==",
    "NEQ": "!=",
    "LT": "<",
    "GT": ">",
    "LEQ": "<=",
    "GEQ": ">=",
    "PLUS": "+",
    "MINUS": "-",
    "ASTERISK": "*",
    "SLASH": "/",
    "PERCENT": "%",
}
_NAMES = ("identifier", "keyword", "literal_value")
_TRUE, _FALSE = "true", "false"


class TreeAdapter:
    """Adapts trees. unescape: python-hcl2's own decoding of escapes in strings."""

    def __init__(self, unescape: Callable[[str], str]) -> None:
        self._unescape = unescape
        self._rules: Mapping[str, Callable[[Node], Shape]] = {
            "body": self._body,
            "attribute": self._attribute,
            "block": self._block,
            "expr_term": self._expr_term,
            "identifier": lambda node: Shape("Name", (_token(node),)),
            "keyword": lambda node: Shape("Name", (_token(node),)),
            "literal_value": lambda node: Shape("Keyword", (_token(node),)),
            "int_lit": _number,
            "float_lit": _number,
            "string": self._string,
            "heredoc_template": lambda node: heredoc(_token(node)),
            "heredoc_template_trim": lambda node: heredoc(_token(node)),
            "tuple": lambda node: Shape("TupleExpr", (self._list(_nodes(node)),)),
            "object": lambda node: Shape("ObjectExpr", (self._list(_nodes(node)),)),
            "object_elem": self._item,
            "function_call": self._call,
            "unary_op": lambda node: Shape("Unary", (str(node.children[0]), self.adapt(_nodes(node)[0]))),
            "binary_op": self._binary,
            "conditional": lambda node: Shape("Conditional", tuple(map(self.adapt, _nodes(node)))),
            "index_expr_term": self._step,
            "get_attr_expr_term": self._step,
            "attr_splat_expr_term": self._splat,
            "full_splat_expr_term": self._splat,
            "for_tuple_expr": self._for_tuple,
            "for_object_expr": self._for_object,
        }

    def block(self, tree: Node) -> Shape:
        """The only block of a text."""
        (body,) = _nodes(tree)
        items = _nodes(body)
        return self.adapt(items[0]) if len(items) == 1 else self.adapt(body)

    def adapt(self, node: Node) -> Shape:
        rule = self._rules.get(str(node.data))
        return rule(node) if rule else Shape(str(node.data))

    def _list(self, nodes: list[Node]) -> Shape:
        return Shape("list", tuple(map(self.adapt, nodes)))

    # --- structure -----------------------------------------------------------------------------------

    def _body(self, node: Node) -> Shape:
        return Shape("Body", tuple(map(self.adapt, _nodes(node))))

    def _attribute(self, node: Node) -> Shape:
        name, expr = _nodes(node)
        return Shape("Attribute", (_token(name), self.adapt(expr)))

    def _block(self, node: Node) -> Shape:
        *header, body = _nodes(node)
        return Shape("Block", (*map(self._label, header), self.adapt(body)))

    def _label(self, node: Node) -> Part:
        if node.data in _NAMES:
            return _token(node)
        label = self._string(node)
        texts = [part.parts[0] for part in label.parts if isinstance(part, Shape) and part.kind == "Text"]
        return "".join(map(str, texts)) if len(texts) == len(label.parts) else label

    # --- expressions ---------------------------------------------------------------------------------

    def _expr_term(self, node: Node) -> Shape:
        inner = self.adapt(_nodes(node)[0])
        return Shape("Parentheses", (inner,)) if _type(node.children[0]) == "LPAR" else inner

    def _item(self, node: Node) -> Shape:
        key, value = _nodes(node)
        made = self.adapt(_nodes(key)[0])
        return Shape(
            "ObjectItem", (Shape("Name", made.parts) if made.kind == "Keyword" else made, self.adapt(value))
        )

    def _call(self, node: Node) -> Shape:
        inside = _nodes(node)
        names = [_token(item) for item in inside if item.data == "identifier"]
        given = next((item for item in inside if item.data == "arguments"), None)
        arguments = _nodes(given) if given else []
        expand = given is not None and any(_type(child) == "ELLIPSIS" for child in given.children)
        return Shape("Call", ("::".join(names), self._list(arguments), _TRUE if expand else _FALSE))

    def _binary(self, node: Node) -> Shape:
        left, term = _nodes(node)
        operator, right = _nodes(term)
        # The token's text may hold a comment that stands before it; its type does not.
        name = _OPERATORS.get(_type(operator.children[0]), "?")
        return Shape("Binary", (name, self.adapt(left), self.adapt(right)))

    def _step(self, node: Node) -> Shape:
        object, step = _nodes(node)
        return self._stepped(self.adapt(object), step)

    def _stepped(self, object: Shape, step: Node) -> Shape:
        if step.data == "get_attr":
            return Shape("GetAttr", (object, _token(_nodes(step)[0])))
        if step.data == "short_index":
            return Shape("Index", (object, number(parse_number(str(step.children[-1])))))
        return Shape("Index", (object, self.adapt(_nodes(step)[0])))

    def _splat(self, node: Node) -> Shape:
        object, splat = _nodes(node)
        each = Shape("SplatItem")
        for step in _nodes(splat):
            each = self._stepped(each, step)
        return Shape("Splat", (self.adapt(object), each, _TRUE if splat.data == "full_splat" else _FALSE))

    def _for_tuple(self, node: Node) -> Shape:
        intro, result, *condition = _nodes(node)
        return Shape("ForTuple", (*self._intro(intro), self.adapt(result), self._condition(condition)))

    def _for_object(self, node: Node) -> Shape:
        intro, key, value, *condition = _nodes(node)
        group = _TRUE if any(_type(child) == "ELLIPSIS" for child in node.children) else _FALSE
        results = (self.adapt(key), self.adapt(value), group)
        return Shape("ForObject", (*self._intro(intro), *results, self._condition(condition)))

    def _intro(self, node: Node) -> tuple[Part, ...]:
        *names, collection = _nodes(node)
        key = _token(names[0]) if len(names) > 1 else "null"
        return key, _token(names[-1]), self.adapt(collection)

    def _condition(self, nodes: list[Node]) -> Part:
        return self.adapt(_nodes(nodes[0])[0]) if nodes else "null"

    # --- strings -------------------------------------------------------------------------------------

    def _string(self, node: Node) -> Shape:
        return template(_trimmed([self._piece(part.children[0]) for part in _nodes(node)]))

    def _piece(self, piece: Any) -> tuple[Shape, bool, bool]:
        """A part of a string, and whether it takes the space before and behind it away."""
        if isinstance(piece, str):
            text = self._unescape(str(piece))
            return Shape("Text", (text[1:] if _type(piece).startswith("ESCAPED") else text,)), False, False
        inside = _nodes(piece)
        marks = [_type(child) == "STRIP_MARKER" for child in piece.children]
        trims = (marks[1], marks[-2]) if len(marks) > 1 else (False, False)
        if piece.data == "interpolation":
            return Shape("Interpolation", (self.adapt(inside[0]),)), False, False
        if piece.data == "template_if_start":
            return Shape("if", (self.adapt(inside[0]),)), *trims
        if piece.data == "template_for_start":
            *names, collection = inside
            key = _token(names[0]) if len(names) > 1 else ""
            return Shape("for", (key, _token(names[-1]), self.adapt(collection))), *trims
        return Shape(str(piece.data).removeprefix("template_")), *trims


def _trimmed(pieces: list[tuple[Shape, bool, bool]]) -> Iterator[Shape]:
    for at, (piece, _, _) in enumerate(pieces):
        if piece.kind != "Text":
            yield piece
            continue
        text = str(piece.parts[0])
        if at > 0 and pieces[at - 1][2]:
            text = text.lstrip(SPACE)
        if at + 1 < len(pieces) and pieces[at + 1][1]:
            text = text.rstrip(SPACE)
        yield Shape("Text", (text,))


def _nodes(node: Node) -> list[Node]:
    """The children that are nodes, without newlines and comments."""
    return [
        child for child in node.children if not isinstance(child, str) and child.data != "new_line_or_comment"
    ]


def _token(node: Node) -> str:
    return str(node.children[0])


def _type(child: Any) -> str:
    """The type of a token; of a node, nothing."""
    return str(getattr(child, "type", ""))


def _number(node: Node) -> Shape:
    text = _token(node)
    made = number(parse_number(text.removeprefix("-")))
    return Shape("Unary", ("-", made)) if text.startswith("-") else made
