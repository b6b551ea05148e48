"""autophagy completion: the names of verbs, flags and plug-ins at the touch of the tab key."""

from typing import Annotated, Literal, cast

from .voice import voiced
from .words import one_of, switch

SHELLS = ("bash", "zsh", "fish", "powershell")
ZSH = """
if [[ $funcstack[1] == _autophagy ]]; then _cyclopts_autophagy "$@"; else compdef _cyclopts_autophagy autophagy; fi
"""
FISH = 'if string match -q -- "* $word *" " $all_commands "'
ShellName = Literal["bash", "zsh", "fish", "powershell"]

Shell = Annotated[str | None, one_of(SHELLS, f"{', '.join(SHELLS)} (default: the one that this is typed in).")]
Install = Annotated[bool, switch("Write the script where the shell looks for it, and load it from its start-up file.")]


@voiced
def completion(shell: Shell = None, /, *, install: Install = False) -> int:
    """Print the script, or install it and print where."""
    from .main import app

    name = _shell(shell)
    if install:
        path = app.install_completion(shell=name)
        path.write_text(script(name), encoding="utf-8")
        print(path)
    else:
        print(script(name))
    return 0


def script(shell: ShellName) -> str:
    """What a shell reads to complete the words of this program."""
    from .main import app

    text = app.generate_completion(shell=shell)
    match shell:
        case "bash":  # where nothing of ours fits, such as behind --out, it goes on to complete files
            return text.replace("complete -F", "complete -o bashdefault -o default -F")
        case "zsh":  # what is generated defines a function that nothing calls
            return text + ZSH
        case "fish":  # a word such as the folder runs is no verb where a verb stands before it
            nested = " ".join(verb for verb in app if any(not name.startswith("-") for name in app[verb]))
            free = f'test (count $subcommands) -eq 0; or contains -- "$subcommands" {nested}'
            return text.replace(FISH, f"{FISH}; and begin; {free}; end")
    return text


def _shell(name: str | None) -> ShellName:
    """The shell of that name, or the one that runs this program; raises UsageError where it is not known."""
    from cyclopts.completion.detect import ShellDetectionError, detect_shell

    from ..core.errors import UsageError
    from ..core.parts import did_you_mean

    if name is None:
        try:
            return detect_shell()
        except ShellDetectionError:
            raise UsageError(f"the shell cannot be told: name it, one of {', '.join(SHELLS)}.") from None
    if name not in SHELLS:
        raise UsageError(f"there is no completion for {name!r}{did_you_mean(name, SHELLS)}: name {', '.join(SHELLS)}.")
    return cast("ShellName", name)
