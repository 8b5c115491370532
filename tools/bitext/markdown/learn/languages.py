"""Names of languages in Learn's fences, as the highlighter knows them."""

from __future__ import annotations

from collections.abc import Mapping

_ALIASES: Mapping[str, str] = {
    alias: name
    for name, aliases in {
        "console": "azurecli az cli dotnetcli dotnet-cli nuget console",
        "powershell": "azurepowershell ps ps1 powershell pwsh",
        "text": "output plaintext txt none gitignore dos-output",
        "bat": "cmd dos batch",
        "csharp": "cs c# csx",
        "fsharp": "fs f#",
        "vbnet": "vb visualbasic",
        "xml": "xaml csproj msbuild config nuspec",
        "html+django": "aspx-csharp aspx-vb razor cshtml cshtml-razor",
        "sql": "tsql kusto kql usql dax",
        "javascript": "js node",
        "typescript": "ts",
        "json": "jsonc json5 bicep arm",
        "cpp": "c++ cppcx cppwinrt",
        "objectivec": "objc objective-c",
        "bash": "sh shell curl",
        "yaml": "yml azurepipelines",
        "docker": "dockerfile",
        "http": "rest",
    }.items()
    for alias in aliases.split()
}
_SUFFIXES = ("-interactive", "_interactive")


def find_language(info: str) -> str:
    """Return the highlighter's name of the language that a fence or a code block names.

    >>> find_language("azurecli-interactive")
    'console'
    """
    name = info.strip().split()[0].lower() if info.strip() else ""
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return _ALIASES.get(name, name)
