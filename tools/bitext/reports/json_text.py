"""JSON that any terminal may show: letters as they are, what a terminal would obey as escapes."""

from __future__ import annotations

import json
import re
from typing import Any

_UNPRINTED = re.compile(
    "[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


def to_json(value: Any) -> str:
    r"""Return a value as JSON, indented.

    >>> print(to_json("č\x85"))
    "č\u0085"
    """
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
