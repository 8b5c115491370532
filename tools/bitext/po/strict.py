"""An entry from its lines, by the full grammar."""

from __future__ import annotations

from bitext.errors import CatalogError
from bitext.po.catalog import Entry
from bitext.po.faults import fault
from bitext.po.lines import NOTHING, Line, Place, read_lines

_NO_MSGSTR = 'msgid without msgstr; add msgstr "" after it'
_NO_MSGID = "msgctxt without msgid; add the msgid, or delete the msgctxt"
_MIXED = "begins unlike the lines above; begin all lines of an entry with #~ (#~| for #|), or none"


def read_strict(text: str, place: Place) -> Entry | None:
    """Return the entry of `text` that begins at `place`.

    None if only comments and blank lines are left. Raises `CatalogError` at the first line
    that is not as gettext wants it.
    """
    draft = _Draft()
    for line in read_lines(text, place):
        if line.is_opening and draft.msgstr:
            break
        draft.add(line)
    return draft.finish(text, place.offset)


def split_flags(row: str) -> list[str]:
    """Return the flags of one ``#,`` line, ``range: 0..10`` being one."""
    return [flag for part in row.split(",") if (flag := part.strip())]


class _Draft:
    """What is known of an entry while its lines are read."""

    def __init__(self) -> None:
        self.comments: dict[str, list[str]] = {}
        self.strings: dict[str, list[str]] = {}
        """The parts of each string by keyword, previous ones as ``#|msgid``."""
        self.plurals: list[list[str]] = []
        self.first: Line | None = None
        """The first line with a keyword."""
        self.own: Line | None = None
        """The first line with a keyword that is not a previous one."""
        self.msgstr: Line | None = None
        self.open: list[str] | None = None
        self.open_mark = ""
        self.end = 0

    def add(self, line: Line) -> None:
        """Take in one more line; raise if it cannot follow those before it."""
        if line.mark == NOTHING:
            return
        self.end = line.end
        if line.is_comment:
            self._add_comment(line)
        elif line.keyword:
            self._add_keyword(line)
        else:
            self._add_continuation(line)

    def finish(self, text: str, start: int) -> Entry | None:
        """Return the entry, None if there was no keyword; raise if it is incomplete."""
        if self.first is None:
            return None
        if self.own is None:
            raise _fault('"#|" without an entry after it; delete it', self.first)
        if self.msgstr is None:
            raise _fault(self._explain_incomplete(), self.own)
        return self._build(text[start : self.end], self.own, self.msgstr)

    def _add_comment(self, line: Line) -> None:
        if self.own:
            raise _fault(self._explain_incomplete(), line)
        self.open = None
        self.comments.setdefault(line.mark, []).append(line.text)

    def _add_continuation(self, line: Line) -> None:
        if self.open is None:
            raise _fault("a string without a keyword; add msgid or msgstr before it", line)
        if line.mark != self.open_mark:
            raise _fault(_MIXED, line)
        self.open.append(line.text)

    def _add_keyword(self, line: Line) -> None:
        if message := self._find_misplacement(line):
            raise _fault(message, line)
        self.open, self.open_mark = [line.text], line.mark
        self.strings.setdefault(_name(line), self.open)
        if line.form:
            self.plurals.append(self.open)
        self.first = self.first or line
        if not line.is_previous:
            self.own = self.own or line
        if line.keyword == "msgstr":
            self.msgstr = self.msgstr or line

    def _find_misplacement(self, line: Line) -> str:
        """Return why a keyword cannot stand here; empty if it can."""
        if self.first and self.first.is_obsolete != line.is_obsolete:
            return _MIXED
        if line.is_previous and self.own:
            return self._explain_incomplete()
        if line.keyword == "msgstr":
            return self._find_msgstr_misplacement(line)
        if _name(line) == "msgctxt" and "msgid" in self.strings:
            return _NO_MSGSTR
        if _name(line) in self.strings:
            return _explain_repeated(_name(line), has_msgstr=bool(self.msgstr))
        is_plural = _name(line) == "msgid_plural"
        if is_plural and ("msgid" not in self.strings or self.msgstr):
            return "msgid_plural stands between msgid and msgstr[0]; move it there"
        return ""

    def _find_msgstr_misplacement(self, line: Line) -> str:
        if line.is_previous:
            return "gettext keeps no previous msgstr; delete it"
        if "msgid" not in self.strings:
            return "msgstr without msgid; add the msgid before it"
        if "msgid_plural" in self.strings:
            return _check_form(line.form, len(self.plurals))
        if line.form:
            return "msgstr with a number in an entry without msgid_plural; remove the number"
        if self.msgstr:
            return "a second msgstr in this entry; delete one of them"
        return ""

    def _explain_incomplete(self) -> str:
        return _NO_MSGSTR if "msgid" in self.strings else _NO_MSGID

    def _build(self, raw: str, own: Line, msgstr: Line) -> Entry:
        strings = {name: "".join(parts) for name, parts in self.strings.items()}
        rows = [*self.comments.get("#,", ()), *self.comments.get("#=", ())]
        return Entry(
            msgid=strings["msgid"],
            msgstr=strings["msgstr"],
            msgctxt=strings.get("msgctxt"),
            flags=tuple([flag for row in rows for flag in split_flags(row)]),
            comments=tuple(self.comments.get("#", ())),
            extracted=tuple(self.comments.get("#.", ())),
            references=tuple(self.comments.get("#:", ())),
            previous_msgctxt=strings.get("#|msgctxt"),
            previous_msgid=strings.get("#|msgid"),
            msgid_plural=strings.get("msgid_plural"),
            plurals=tuple(["".join(parts) for parts in self.plurals]),
            previous_msgid_plural=strings.get("#|msgid_plural"),
            is_obsolete=own.is_obsolete,
            raw=raw,
            line=own.number,
            msgstr_line=msgstr.number,
        )


def _name(line: Line) -> str:
    """Return the key under which a draft keeps the line's string."""
    return f"#|{line.keyword}" if line.is_previous else line.keyword


def _check_form(form: str, count: int) -> str:
    """Return what is wrong with the number of a plural form that follows `count` others."""
    if not form:
        return "msgstr of an entry with msgid_plural; number it: msgstr[0]"
    if int(form) != count:
        return f"msgstr[{form}] where msgstr[{count}] belongs; number the forms in order"
    return ""


def _explain_repeated(name: str, *, has_msgstr: bool) -> str:
    if name == "msgid" and not has_msgstr:
        return 'a second msgid, and the first without msgstr; add msgstr "" above, or delete it'
    return f"a second {name} in this entry; delete one of them"


def _fault(message: str, line: Line) -> CatalogError:
    return fault(message, line.number, line.column)
