"""Small sites that several tests look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sites import (
    bitext_process,
    copy_project,
    edit,
    make_project,
    po,
    succeed,
    translate,
    translations_of,
    write,
)

SITE = "https://x.example/"
THEMES = ("furo", "pydata_sphinx_theme", "sphinx_book_theme", "alabaster", "sphinx_rtd_theme")

Kettle = Callable[[str], Path]
"""Theme → the folder of the built sites; skips the test if the theme is not installed."""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)

KETTLE = """---
description: How to boil water.
---

# The kettle

Fill the kettle. Put it on the [stove](stove.md) and light the gas. Wait.

See [](stove.md) too.

- Water boils at 100 degrees.
  - Not on a mountain.

| part | use |
|---|---|
| the lid | keeps the heat |

## When it sings

Pour the water. The *handle* is hot. Type `boil`.

```
kettle --boil
```

""" + "\n\n".join(
    f"Long paragraph number {n} says the same thing over and over." for n in range(30)
)

SLOVENIAN = {
    "The kettle": "Čajnik",
    "Fill the kettle.": "Napolnite čajnik.",
    "Put it on the [stove](stove.md) and light the gas.": (
        "Postavite ga na [štedilnik](stove.md) in prižgite plin."
    ),
    "See [](stove.md) too.": "Glejte tudi [](stove.md).",
    "Water boils at 100 degrees.": "Voda vre pri 100 stopinjah.",
    "Not on a mountain.": "Na gori ne.",
    "part": "del",
    "the lid": "pokrov",
    "keeps the heat": "zadržuje toploto",
    "When it sings": "Ko zapoje",
    "Pour the water.": "Nalijte vodo.",
    "Type `boil`.": "Vtipkajte `boil`.",
}
ARABIC = {
    "The kettle": "الغلاية",
    "Fill the kettle.": "املأ الغلاية.",
    "Pour the water.": "صب الماء.",
}


def make_kettle(folder: Path, theme: str) -> Path:
    """Build a site in three languages, part of it translated, one sentence stale.

    Slovenian has a picture of its own.
    """
    root = make_project(
        folder,
        {
            "index.md": KETTLE + "\n\n```{toctree}\nstove\n```\n",
            "stove.md": "# The stove\n\nIt is hot.\n\n![A flame](flame.png)\n",
        },
        languages=("sl-SI", "ar-SA"),
        settings=f'[tool.bitext.site]\nurl = "{SITE}"\n'
        'review = "https://po.example/{lang}/{article}.po#L{line}-{id}"\n',
        configuration=f'extensions = ["bitext"]\nhtml_theme = "{theme}"\n',
    )
    for name in ("flame.png", "flame.sl-SI.png"):
        write(root / "source" / name, PNG)
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), SLOVENIAN)
    translate(po(root, "index"), {"Wait.": "Počakajte."}, fuzzy=["Wait."])
    translate(po(root, "index", "ar-SA"), ARABIC)
    run = bitext_process(root, "build", seconds=300)
    assert run.status == 0, run.text
    return root / "build/html"


def make_garden(folder: Path) -> Path:
    """Build the garden in its languages, all of it translated into Slovenian."""
    root = copy_project("garden", folder)
    site = f'[tool.bitext.site]\nurl = "{SITE}"\n\n[tool.bitext]'
    edit(root / "pyproject.toml", "[tool.bitext]", site)
    succeed(root, "gettext")
    succeed(root, "update")
    for article, translations in translations_of("garden").items():
        translate(po(root, article), translations)
    assert bitext_process(root, "build").status == 0
    return root / "build/html"
