"""Mechanical carry: a change of the English that a translator would only copy, made for them.

Two versions of a sentence that differ in nothing but link targets, code, numbers, images,
white space, escapes, emphasis of the whole, a first capital or a mark at the end say the same.
If the translation holds the same parts, the change is made in it. It is safe or it is not
done: the result is parsed, and must differ from the translation by exactly the constructs by
which the new English differs from the old.

`sentence` takes sentences apart and says which differ only mechanically, `steps` makes each kind
of change, `carrying` takes the steps and proves what came of them. To carry another kind of
change, write its step and list it in `steps.STEPS`.
"""

from __future__ import annotations

from bitext.carry.carrying import carry, make_carry
from bitext.carry.sentence import rough_key, rough_start

__all__ = ["carry", "make_carry", "rough_key", "rough_start"]
