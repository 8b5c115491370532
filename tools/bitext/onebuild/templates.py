"""Sphinx's templates, compiled once for all languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sphinx.jinja2glue import BuiltinTemplateLoader

from bitext.cache import digest


class KeptTemplates(BuiltinTemplateLoader):
    """Sphinx's loader, which keeps what it compiles."""

    _kept: BytecodeCache | None = None

    def keep(self, folder: Path) -> None:
        """Keep compiled templates in a folder; those that are extended otherwise, apart."""
        own = folder / digest(*(name.encode() for name in sorted(self.environment.extensions)))
        own.mkdir(parents=True, exist_ok=True)
        self._kept = self.environment.bytecode_cache = FileSystemBytecodeCache(str(own))

    def render_string(self, source: str, context: dict[str, Any]) -> str:
        """Return a template filled that is given as a text: a static file."""
        if self._kept is None:
            return super().render_string(source, context)
        environment = self.environment
        bucket = self._kept.get_bucket(environment, f"text {digest(source.encode())}", None, source)
        if bucket.code is None:
            bucket.code = environment.compile(source)
            self._kept.set_bucket(bucket)
        template = environment.template_class.from_code(
            environment, bucket.code, environment.make_globals(None), None
        )
        return template.render(context)
