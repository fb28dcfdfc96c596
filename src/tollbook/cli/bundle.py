"""Commands over bundles: `publish` writes one, `diff` says what changed between two; `verify PATH` checks one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tollbook.cli.console import echo, echo_json, printable
from tollbook.cli.options import as_of_option, debug_option, json_option, project_option, rules_option
from tollbook.text import counted


@click.command("publish")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--key", "key_file", type=click.Path(path_type=Path), metavar="FILE",
    help="The private half of a key that signs the bundle's checkpoint ('tollbook key new' makes one).",
)  # fmt: skip
@click.option(
    "--base", default="", metavar="URL", help="The web address that OUT will have; the feed of changes links to it."
)
@project_option
@rules_option
@as_of_option
@debug_option
def publish(
    out: Path, key_file: Path | None, base: str, folder: Path, rules: tuple[str, ...], as_of: dt.date | None
) -> None:
    """Write a bundle of a project: web pages that need no network, exports, and what proves them.

    OUT is a folder, or one file where it ends in .zip. A stranger verifies it offline with the one Python file inside,
    or in the browser. Names of minors, victims, witnesses and private persons are masked unless a ruling unmasks them.
    The same record gives the same bytes. An earlier dossier or bundle in OUT is replaced; anything else there is
    refused.
    """
    from tollbook.cli.keys import passphrase
    from tollbook.pipeline.publish import publish as write
    from tollbook.store import keys

    key = None if key_file is None else keys.read_private(key_file, passphrase)
    dossier = write(folder, out, rules=rules or ("range", "acled"), as_of=as_of, key=key, base=base)
    zipped = out.suffix == ".zip"
    echo(f"bundle: {out}" if zipped else f"dossier: {(out / 'index.html').resolve().as_uri()}")
    pages, reports = counted(len(dossier.pages), "incident"), counted(len(dossier.reports), "report")
    signed = f"signed by {key.name}" if key else "not signed"
    echo(f"{pages}, {reports}, {counted(dossier.masked, 'name')} masked, {signed}")


def verify_bundle(
    path: Path, keys: tuple[str, ...], checkpoints: tuple[Path, ...], items: tuple[Path, ...], as_json: bool
) -> int:
    """Check a bundle by the very code that is in it, and return the exit status: 0, 1 or 2 as there."""
    from tollbook.bundles import verify

    try:
        earlier = [verify.given_checkpoint(one) for one in checkpoints]
        shown = [verify.given_item(one) for one in items]
        checks = verify.verify(path, [verify.given_key(key) for key in keys], earlier, shown)
    except (verify.Refused, OSError) as error:
        click.echo(f"tollbook: {printable(str(error))}", err=True)
        return 2
    if as_json:
        for check in checks:
            echo_json({"check": check.name, "found": check.found, "wrong": check.wrong})
    else:
        echo("\n".join(verify.told_lines(checks)))
    return 1 if any(check.wrong for check in checks) else 0


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@json_option
@debug_option
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say which figures changed between two bundles of a project, and why.

    OLD and NEW are folders or zips that 'tollbook publish' wrote. A bundle whose files are not as it lists them is
    refused.
    """
    from tollbook.bundles.changes import compared
    from tollbook.bundles.loading import load
    from tollbook.bundles.telling import rows, told

    changes = compared(load(old), load(new))
    if as_json:
        for row in rows(changes):
            echo_json(row)
    else:
        for line in told(changes):
            echo(line)


COMMANDS = (publish, diff)
