"""What single characters mean in HCL native syntax."""

from __future__ import annotations

# A byte that is not UTF-8 is read as this noncharacter: allowed in comments, as Terraform allows it,
# refused by the lexer elsewhere. Unlike a lone surrogate it can be printed and encoded.
UNDECODABLE = "\uffff"

# What Go's unicode.IsSpace accepts.
SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

# In ID_Start or ID_Continue, though not in XID_Start and XID_Continue, which str.isidentifier asks.
_NOT_XID = (
    "\u037a\u0e33\u0eb3\u309b\u309c\ufc5e\ufc5f\ufc60\ufc61\ufc62\ufc63\ufdfa\ufdfb"
    "\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uff9e\uff9f"
)


def continues_name(character: str, first: bool) -> bool:
    """Whether the character may stand in an identifier at this place."""
    if first:
        return character.isidentifier() or character in _NOT_XID
    return character == "-" or f"a{character}".isidentifier() or character in _NOT_XID


_BITWISE = ("Unsupported operator", "Bitwise operators are not supported. For bool logic write && and ||.")
_QUOTES = ("Invalid character", '"Curly quotes" are not valid here. Use straight quotes.')
WHY_BAD = {
    UNDECODABLE: ("Invalid character encoding", "All input files must be UTF-8 encoded."),
    "&": _BITWISE,
    "|": _BITWISE,
    "^": _BITWISE,
    "~": _BITWISE,
    "`": ("Invalid character", 'The "`" character is not valid. For text of several lines use a heredoc.'),
    "'": ("Invalid character", 'Single quotes are not valid. Use double quotes (") to enclose strings.'),
    ";": ("Invalid character", 'The ";" character is not valid. Use newlines to separate arguments.'),
    "\u201c": _QUOTES,
    "\u201d": _QUOTES,
}
