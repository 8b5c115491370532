"""Shell completion: scripts made from what the command line knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SHELLS = ("bash", "zsh", "fish")

Words = Mapping[str, Sequence[str]]
"""Commands, ``import po`` with their two words; of each its options and the commands below it."""

_BASH = """\
# Completion of bitext. In ~/.bashrc: eval "$(bitext completion bash)"
_bitext() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} last=${{COMP_WORDS[COMP_CWORD-1]}} key="" own
    COMPREPLY=()
    if [[ $last == -l || $last == --language ]]; then
        COMPREPLY=($(compgen -W "$(cd locale 2>/dev/null && ls | grep -vx pot)" -- "$word"))
        return
    fi
    for own in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$key $own" in
{keys}
        esac
    done
    case "$key" in
{cases}
    esac
    [[ $word == -* || ${{#COMPREPLY[@]}} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$word"))
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
        f'        "{key}") COMPREPLY=($(compgen -W "{" ".join(own)}" -- "$word")) ;;'
        for key, own in words.items()
    )
    return _BASH.format(keys=keys, cases=cases)


def _before(key: str) -> str:
    return key.rpartition(" ")[0]


def _fish(words: Words) -> str:
    lines = [
        "# Completion of bitext. bitext completion fish > ~/.config/fish/completions/bitext.fish"
    ]
    for key, own in words.items():
        seen = key.rpartition(" ")[2]
        condition = f"__fish_seen_subcommand_from {seen}" if key else "__fish_use_subcommand"
        commands = " ".join(word for word in own if not word.startswith("-"))
        if commands:
            lines.append(f"complete -c bitext -f -n '{condition}' -a '{commands}'")
        options = [word[2:] for word in own if word.startswith("--")]
        lines += [f"complete -c bitext -n '{condition}' -l {option}" for option in options]
    return "\n".join([*lines, ""])
