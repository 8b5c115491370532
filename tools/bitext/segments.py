"""An article's sentences: the grammar and the sentence rules brought together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache, partial

from bitext.errors import SettingsError
from bitext.markdown.blocks import Grammar, ReadArticle, ReadBlock, read_blocks
from bitext.markdown.directives import DIRECTIVES, Directive
from bitext.markdown.grammar import LEARN, Config, make_config, make_learn_config
from bitext.markdown.learn.yaml_pages import yaml_to_markdown
from bitext.markdown.published import PublishedCuts
from bitext.sentences import LABELS, RULES, Rules, find_cuts
from bitext.settings import Settings


@dataclass(frozen=True, slots=True)
class Article:
    """One English article, read."""

    path: str
    """Below the source folder, with forward slashes: ``guide/install.md``."""

    blocks: tuple[ReadBlock, ...]
    """In the order of the page, front matter first."""

    parsed: ReadArticle
    """What rendering it needs."""

    @property
    def texts(self) -> list[str]:
        """All its sentences, in order."""
        return [text for read in self.blocks for text in read.block.segments]


def sentence_rules(settings: Settings, label: str = "") -> Rules:
    """Return the rules by which an article is cut: those named in its POT, else the project's.

    Segmentation is sticky: new rules, or another setting, cut an article anew only when asked.
    """
    return LABELS.get(label, RULES[settings.segmentation])


@lru_cache(maxsize=8)
def make_grammar(settings: Settings, label: str = "") -> Grammar:
    """Return what reads the articles of a project; made once, used for all of them.

    `label` names the rules in an article's POT, see `sentence_rules`.
    """
    own = {
        name: Directive(entry.argument, entry.body, entry.options)
        for name, entry in settings.directives.items()
    }
    try:
        config = make_learn_config() if settings.dialect == LEARN else _make_config(settings)
    except (TypeError, ValueError) as error:
        key = "myst" if "disable-syntax" in str(error) else "myst-extensions"
        raise SettingsError(f"{key}: {error}") from error
    rules = sentence_rules(settings, label)
    find = partial(find_cuts, rules=rules)
    return Grammar(
        config=config,
        find_cuts=PublishedCuts(find) if rules.reads_published else find,
        directives={**DIRECTIVES, **own},
        front_matter=settings.front_matter,
        dialect=settings.dialect,
    )


def _make_config(settings: Settings) -> Config:
    """Return the configuration of MyST's Markdown."""
    return make_config(settings.myst_extensions, asdict(settings.myst))


def read_article(path: str, text: str, grammar: Grammar, *, kept: Sequence[str] = ()) -> Article:
    """Return the article whose Markdown is `text`; `kept` as for `read_blocks`.

    A page in YAML of a docset is read as Markdown; raises `ArticleError` if it is not YAML.
    """
    if grammar.dialect == LEARN and path.lower().endswith(".yml"):
        text = yaml_to_markdown(path, text)
    parsed = read_blocks(text, grammar, kept=kept)
    return Article(path, tuple(parsed.blocks), parsed)
