"""Shell completion: scripts made from what the command line knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SHELLS = ("bash", "zsh", "fish")

Words = Mapping[str, Sequence[str]]
"""Commands, ``import po`` with their two words; of each its options and the commands below it."""

_BASH = """\
# Completion of bitext. In ~/.bashrc: eval "$(bitext completion bash)"
_bitext() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} last=${{COMP_WORDS[COMP_CWORD-1]}} key="" own options
    COMPREPLY=()
    if [[ $last == -l || $last == --language ]]; then
        own=$(ls locale 2>/dev/null | grep -v -e '^pot$' -e '[.]')
        COMPREPLY=($(compgen -W "$own" -- "$word"))
        return
    fi
    for own in "${{COMP_WORDS[@]:1:$((COMP_CWORD-1))}}"; do
        case "$key $own" in
{keys}
        esac
    done
    case "$key" in
{cases}
    esac
    [[ $word == -* ]] && own=$options
    if [[ -n $own ]]; then
        COMPREPLY=($(compgen -W "$own" -- "$word"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}}
complete -o filenames -F _bitext bitext
"""

_ZSH = """\
# Completion of bitext. In ~/.zshrc: eval "$(bitext completion zsh)"
autoload -U +X bashcompinit && bashcompinit
"""


def make_completion(shell: str, words: Words) -> str:
    """Return the completion script for one of `SHELLS`; the words before any command are at ""."""
    if shell == "fish":
        return _fish(words)
    script = _bash(words)
    return script if shell == "bash" else _ZSH + script.partition("\n")[2]


def _bash(words: Words) -> str:
    keys = "\n".join(
        f'            "{_before(key)} {key.rpartition(" ")[2]}") key="{key}" ;;'
        for key in words
        if key
    )
    cases = "\n".join(
        f'        "{key}") own="{_commands(own)}" options="{_options(own)}" ;;'
        for key, own in words.items()
    )
    return _BASH.format(keys=keys, cases=cases)


def _commands(words: Sequence[str]) -> str:
    return " ".join(word for word in words if not word.startswith("-"))


def _options(words: Sequence[str]) -> str:
    return " ".join(word for word in words if word.startswith("-"))


def _before(key: str) -> str:
    return key.rpartition(" ")[0]


_FISH = """\
# Completion of bitext. bitext completion fish > ~/.config/fish/completions/bitext.fish
function __bitext_languages
    ls locale 2>/dev/null | string match --invert --regex '^pot$|[.]'
end"""


def _fish(words: Words) -> str:
    lines = [_FISH]
    for key, own in words.items():
        commands = _commands(own)
        condition = _fish_condition(key, commands)
        if commands:
            lines.append(f"complete -c bitext -f -n '{condition}' -a '{commands}'")
        for option in (word[2:] for word in own if word.startswith("--")):
            value = " -s l -x -a '(__bitext_languages)'" if option == "language" else ""
            lines.append(f"complete -c bitext -n '{condition}' -l {option}{value}")
    return "\n".join([*lines, ""])


def _fish_condition(key: str, commands: str) -> str:
    """Return what is true after the words `key`, and before any of the commands below them."""
    if not key:
        return "__fish_use_subcommand"
    seen = [f"__fish_seen_subcommand_from {word}" for word in key.split()]
    unseen = [f"not __fish_seen_subcommand_from {commands}"] if commands else []
    return "; and ".join([*seen, *unseen])
