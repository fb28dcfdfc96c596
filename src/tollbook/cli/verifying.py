"""The command `verify`: what was checked, and exactly what does not match."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.bundle import verify_bundle
from tollbook.cli.console import echo, echo_json, show_error, show_notes
from tollbook.cli.options import debug_option, json_option, project_option
from tollbook.errors import StoreError, UsageError

if TYPE_CHECKING:
    from tollbook.pipeline.verifying import Verified


@click.command("verify")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--key", "keys", metavar="PUBLIC", multiple=True,
    help="A public key, or its file, that checkpoints must be signed by; may be given more than once.",
)  # fmt: skip
@click.option(
    "--checkpoint", "checkpoints", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="A checkpoint kept elsewhere that the log must still fit; may be given more than once.",
)  # fmt: skip
@click.option(
    "--reveal", "items", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="What 'tollbook reveal' printed of something that the bundle at PATH withholds.",
)  # fmt: skip
@click.option(
    "--tsa-root", "tsa_root", metavar="CERT", type=click.Path(path_type=Path),
    help="A certificate, as PEM or DER, that the authorities of time stamps must lead to.",
)  # fmt: skip
@click.option("--quick", is_flag=True, help="Leave out what is kept of linking, which takes most of the time.")
@project_option
@json_option
@debug_option
@click.pass_context
def verify(
    ctx: click.Context,
    path: Path | None,
    keys: tuple[str, ...],
    checkpoints: tuple[Path, ...],
    items: tuple[Path, ...],
    tsa_root: Path | None,
    quick: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Check a project: log, tables, archive, against each other, their hashes and checkpoints kept elsewhere.

    Says what was checked. Each thing that is not as the log says is named on standard error, and the rest is checked
    all the same; the exit status is 4 then.

    With PATH, check that published bundle, a folder or zip, as the verify.py in it does; the exit status is 1 where
    something does not match, 2 where it can't be checked.
    """
    if path is not None:
        ctx.exit(verify_bundle(path, keys, checkpoints, items, as_json))
    if items:
        raise UsageError("'--reveal' is of a bundle", advice="write the path of one")
    from tollbook.pipeline.checkpoints import read_kept
    from tollbook.pipeline.verifying import check
    from tollbook.store.keys import read_public
    from tollbook.store.timestamps import read_roots

    given, kept = [read_public(key) for key in keys], [read_kept(path) for path in checkpoints]
    roots = read_roots(tsa_root) if tsa_root else ()
    found = check(folder, keys=given, kept=kept, roots=roots, quick=quick)
    if as_json:
        echo_json(_row(folder, found))
    else:
        show_notes([str(remark) for remark in found.remarks], "--json prints all")
        for mismatch in found.mismatches:
            show_error(StoreError(mismatch.why, what=mismatch.what))
        wrong = len(found.mismatches)
        echo(f"{folder}: {'all as the log says' if not wrong else f'{wrong} not as they should be'}")
        echo(f"checked: {_checked(found)}")
    ctx.exit(StoreError.exit_code if found.mismatches else 0)


def _checked(found: Verified) -> str:
    """What was looked at, in one line."""
    counts = [f"{what} {number:,}" for what, number in found.counts.items()]
    signed = [f"signed by {name} {number:,}" for name, number in sorted(found.signed.items())]
    return ", ".join([*counts, *signed]) + (f"; root {found.root}" if found.root else "")


def _row(folder: Path, found: Verified) -> dict[str, object]:
    told = {"mismatches": found.mismatches, "remarks": found.remarks}
    listed = {name: [{"what": one.what, "why": one.why} for one in some] for name, some in told.items()}
    checked = {"checked": dict(found.counts), "signed": dict(found.signed), "root": found.root}
    return {"project": str(folder), **checked, **listed}


COMMANDS = (verify,)
