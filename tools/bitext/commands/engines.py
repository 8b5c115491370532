"""The machines that translate: what each is called, and how it is run.

An engine of your own is any object with the attribute and method of `bitext.machine.Engine`.
The setting names what makes it, ``package.module:Name``, which is called with the tags of both
languages.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from bitext.errors import SettingsError, UsageError
from bitext.languages import parse_language
from bitext.machine import Engine
from bitext.project import SETTINGS_FILE

_SECONDS = 600
_CODES = {
    "bg": "bul",
    "ca": "cat",
    "en": "eng",
    "eo": "epo",
    "es": "spa",
    "fr": "fra",
    "gl": "glg",
    "hr": "hbs",
    "is": "isl",
    "it": "ita",
    "mk": "mkd",
    "pt": "por",
    "sl": "slv",
    "sr": "hbs",
}
"""Apertium's names of languages that it has with English or their neighbors (ISO 639-3)."""


class Apertium:
    """Apertium, run on this machine: the packages ``apertium`` and, say, ``apertium-eng-spa``."""

    name = "apertium"

    def __init__(self, source: str, target: str) -> None:
        """Find the program and its mode; raises `UsageError` if one is not installed."""
        program = shutil.which("apertium")
        if program is None:
            raise UsageError("apertium is not installed; on Debian: apt install apertium")
        self._program = program
        self._mode = self._find_mode(source, target)

    def _find_mode(self, source: str, target: str) -> str:
        listed = self._run(["-l"], "").split()
        wanted = [f"{one}-{two}" for one in _names(source) for two in _names(target)]
        found = next((mode for mode in wanted if mode in listed), None)
        if found is None:
            message = f"apertium has no mode {' or '.join(wanted)} here"
            way = f"on Debian: apt install apertium-{wanted[-1]}, if there is such a package"
            raise UsageError(f"{message}; {way}")
        return found

    def translate(self, texts: Sequence[str]) -> Sequence[str]:
        """Return the translation of each text; words that it does not know stay as they are."""
        if not texts:
            return []
        lines = [" ".join(text.split()) for text in texts]
        answer = self._run(["-u", "-f", "line", self._mode], "".join(f"{line}\n" for line in lines))
        found = answer.removesuffix("\n").split("\n")
        if len(found) != len(lines):
            found = [self._run(["-u", self._mode], line).rstrip() for line in lines]
        return [_end(line, one) for line, one in zip(lines, found, strict=True)]

    def _run(self, options: Sequence[str], text: str) -> str:
        try:
            done = subprocess.run(
                [self._program, *options],
                input=text.encode(),
                capture_output=True,
                check=True,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as error:
            detail = getattr(error, "stderr", b"") or b""
            shown = detail.decode(errors="replace").strip() or str(error)
            raise UsageError(f"apertium cannot be run: {shown}") from error
        return done.stdout.decode(errors="replace")


def _end(english: str, translation: str) -> str:
    """Return a translation with the full stop that Apertium drops at the end of a line."""
    is_dropped = english.endswith(".") and translation and not translation.endswith(".")
    return f"{translation}." if is_dropped else translation


def _names(tag: str) -> list[str]:
    """Return the names that Apertium may have for a language, the newer one last."""
    language = parse_language(tag)
    own = language.language if language else tag
    return list(dict.fromkeys([own, _CODES.get(own, own)]))[::-1]


ENGINES: Mapping[str, Callable[[str, str], Engine]] = {"apertium": Apertium}
"""The engines that need no code of your own, by the name that settings give them."""


def make_engine(name: str, source: str, target: str) -> Engine:
    """Return the engine that the settings name, for a pair of languages.

    Raises `SettingsError` if there is none of that name, `UsageError` if it cannot work here.
    """
    if not name:
        known = ", ".join(f'"{known}"' for known in ENGINES)
        message = "no machine translates in this project"
        raise UsageError(f"{message}; to have one, set machine.engine in {SETTINGS_FILE}: {known}")
    if name in ENGINES:
        return ENGINES[name](source, target)
    module, _, attribute = name.partition(":")
    try:
        factory = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        known = ", ".join(ENGINES)
        message = f"machine.engine {name!r} cannot be imported: {error}"
        raise SettingsError(f"{message}; known are: {known}", path=SETTINGS_FILE) from error
    engine: Engine = factory(source, target)
    return engine
