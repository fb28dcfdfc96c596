"""Rule sets by what a person calls them: one that comes with tollbook, a file, a project's own, a Python function.

Input: what `--rules` gives, and the project's folder where there is one. Output: `RuleSet`s. `handbook` is
`rules/handbook.toml` of the project, `./mine.toml` a file anywhere; both are data. Python runs only where it is named
outright, `package.module:function` or `mine.py:function`, or by a name under which an installed package offers it
(entry point group `tollbook.rules`): no project folder brings code of its own.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbook.errors import TollbookError, UsageError
from tollbook.findings.rules import RULES, chosen
from tollbook.findings.rules import range as plain
from tollbook.findings.ruleset import Case, Figures, RuleSet

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

FOLDER = "rules"
GROUP = "tollbook.rules"
# A file of a few lines; what is larger is something else.
_SIZE = 100_000


def methods(given: Iterable[str | RuleSet], folder: Path | None = None) -> tuple[RuleSet, ...]:
    """The rule sets that are named, each once, in the order given. Raises UsageError for what is none."""
    return chosen([_found(one, folder) if isinstance(one, str) else one for one in given])


def own(folder: Path | None) -> dict[str, Path]:
    """The files of a project's own rule sets by name; they are not read."""
    files = sorted((folder / FOLDER).glob("*.toml")) if folder is not None else []
    return {file.stem: file for file in files}


def offered() -> dict[str, EntryPoint]:
    """The rule sets that installed packages offer, by name; no code of theirs runs."""
    from importlib.metadata import entry_points  # on first need: it takes as long as all rule sets

    return {one.name: one for one in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value))}


def _found(given: str, folder: Path | None) -> str | RuleSet:
    if given.partition("@")[0] in RULES:
        return given
    if given.endswith(".toml"):
        return from_file(Path(given))
    if ":" in given:
        return _from_python(given)
    name = given.partition("@")[0]
    files = own(folder)
    if name in files:
        made = from_file(files[name])
        if made.name != name:
            raise UsageError(
                f"calls itself '{made.name}'", what=str(files[name]), advice=f"name it '{name}', as the file"
            )
        return _versioned(made, given)
    packages = offered()
    if name in packages:
        return _versioned(_as_rules(packages[name].load(), packages[name].value, packages[name].name), given)
    raise _unknown(given, folder, files, packages)


def _versioned(made: RuleSet, given: str) -> RuleSet:
    _, _, version = given.partition("@")
    if version and version != str(made.version):
        raise UsageError(f"no version {version} of rule set '{made.name}'; there is: {made.id}")
    return made


def _unknown(given: str, folder: Path | None, files: Iterable[str], packages: Iterable[str]) -> UsageError:
    """An unknown name, with every name there is."""
    choices = ", ".join(sorted(RULES))
    more = [f"of this project: {', '.join(sorted(files))}"] if list(files) else []
    more += [f"of installed packages: {', '.join(sorted(packages))}"] if list(packages) else []
    advice = "name each on its own" if "," in given else "your own is a file: --rules ./mine.toml"
    return UsageError(f"no rule set '{given}'; there are: {'; '.join([choices, *more])}", advice=advice)


# ---- files ----


def from_file(path: Path) -> RuleSet:
    """The rule set of a TOML file. Raises UsageError, one line that names the file and what is wrong with it."""
    try:
        if path.stat().st_size > _SIZE:
            raise UsageError("is too large for a rule set", what=str(path))
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"can't be read ({error.strerror})", what=str(path)) from None
    except UnicodeDecodeError:
        raise UsageError("is not UTF-8 text", what=str(path), advice="save it as UTF-8") from None
    from tollbook.findings.ownfile import from_text  # on first need, with the keys and checks of such files

    return from_text(text, path.name)


# ---- Python ----


def _from_python(given: str) -> RuleSet:
    where, _, name = given.rpartition(":")
    try:
        module = _module_of(Path(where)) if where.endswith(".py") else importlib.import_module(where)
    except TollbookError:
        raise
    except Exception as error:
        raise UsageError(f"can't be imported ({type(error).__name__}: {error})", what=given) from error
    if not hasattr(module, name):
        raise UsageError(f"has no '{name}'", what=where, advice="write module:function")
    return _as_rules(getattr(module, name), given, name)


def _module_of(path: Path) -> Any:
    """A file as a module, under a name that no other module has."""
    if not path.is_file():
        raise UsageError("is no file", what=str(path))
    spec = importlib.util.spec_from_file_location(f"tollbook_rules_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise UsageError("is no Python file", what=str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _as_rules(thing: Any, given: str, name: str) -> RuleSet:
    """A `RuleSet`, or a function from `Case` to `Figures`, which reads quantities as range@1 does."""
    source, sha256 = _source_of(thing)
    if isinstance(thing, RuleSet):
        made = thing
    elif callable(thing):
        about = " ".join((thing.__doc__ or "a Python function").split()).partition(". ")[0].rstrip(".")
        made = RuleSet(name.replace("_", "-").lower(), int(getattr(thing, "version", 1)), about, plain.read, thing)
    else:
        raise UsageError("is neither a RuleSet nor a function", what=given)
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", made.name) or made.name in RULES:
        raise UsageError(f"can't be called '{made.name}'", what=given, advice="choose another name")
    return replace(
        made,
        decide=_guarded(made, given),
        source=source or given.rpartition("/")[2],
        sha256=sha256,
        told=made.told or (thing.__doc__ or ""),
    )


def _source_of(thing: Any) -> tuple[str | None, str | None]:
    """The file in which a function, or a rule set's function, is written, and its hash."""
    code = getattr(thing.decide if isinstance(thing, RuleSet) else thing, "__code__", None)
    path = Path(code.co_filename) if code is not None else None
    if path is None or not path.is_file():
        return None, None
    return path.name, hashlib.sha256(path.read_bytes()).hexdigest()


def _guarded(made: RuleSet, given: str) -> Callable[[Case], Figures]:
    """The function, whose failure is one clear line that names it and the figure."""

    def decide(case: Case) -> Figures:
        try:
            found: Any = made.decide(case)
        except Exception as error:
            what = f"{case.measure.name}/{case.group} of {case.incident}"
            raise UsageError(f"failed on {what} ({type(error).__name__}: {error})", what=given) from error
        if not isinstance(found, Figures):
            raise UsageError(f"gave {type(found).__name__}, not Figures", what=given)
        return found

    return decide


def provenance(sets: Sequence[RuleSet]) -> dict[str, dict[str, str | None]]:
    """Where rule sets that are not tollbook's own come from, for the record of a run."""
    return {one.id: {"source": one.source, "sha256": one.sha256} for one in sets if one.source is not None}
