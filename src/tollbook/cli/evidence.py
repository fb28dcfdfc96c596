"""Commands over the evidence of a project: custody, evidence, timestamp."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import echo, echo_json, show_error, show_notes
from tollbook.cli.options import debug_option, json_option, name_option, project_option
from tollbook.errors import StoreError, UsageError
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.pipeline.chain import Chain, Link


@click.command("custody")
@click.argument("report")
@project_option
@json_option
@debug_option
@click.pass_context
def custody(ctx: click.Context, report: str, folder: Path, as_json: bool) -> None:
    """Print the chain of custody of a report: how its bytes were obtained, by whom, and what was done with them.

    REPORT is its id, or enough of the beginning of its id or hash. A link that is not as the log tells it is named on
    standard error, and the exit status is 4.
    """
    from tollbook.pipeline.chain import chain_of, find_report
    from tollbook.pipeline.project_folder import ARCHIVE, open_project
    from tollbook.reports import Archive

    with open_project(folder) as store, store.read() as unit:
        chain = chain_of(unit, Archive(folder / ARCHIVE), find_report(unit, report))
    if as_json:
        echo_json(_row(chain))
    else:
        for line in _lines(chain):
            echo(line)
    faults = [link for link in chain.links if link.fault]
    for link in faults:
        show_error(StoreError(link.fault, what=f"custody {link.raw}.{link.way}", advice="restore it from a copy"))
    ctx.exit(StoreError.exit_code if faults else 0)


@click.command("evidence")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--report", "reports", metavar="ID", multiple=True, help="This report alone; may be given more than once."
)
@project_option
@name_option
@debug_option
def evidence(out: Path, reports: tuple[str, ...], folder: Path, name: str | None) -> None:
    """Write all archived evidence as a web archive: raw bytes, headers, texts, and each item's chain of custody.

    OUT is a new file, named .warc.gz, .warc or .wacz. It holds names unmasked, and what is withheld too: it is evidence
    for those who check it, and no publication. 'tollbook add' takes it in again.
    """
    from tollbook.cli.project import stamp
    from tollbook.pipeline.evidence import export_evidence

    made = export_evidence(folder, out, stamp(name), reports=reports)
    told = f"{out}: {counted(made.reports, 'report')}, {counted(made.captures, 'capture')}, sha256 {made.sha256}"
    echo(told)
    notes = [f"{out}: names stand in it unmasked, and what is withheld stands in it: it is no publication"]
    if not made.logged:
        notes.append(f"{folder}: may not be written, so its log does not tell of this copy")
    show_notes(notes, "")


@click.command("timestamp")
@click.option("--authority", metavar="URL", help="The authority that stamps (RFC 3161), asked over the network.")
@click.option("--query", type=click.Path(path_type=Path), metavar="FILE", help="Write the query for it to a new file.")
@click.option("--response", type=click.Path(path_type=Path), metavar="FILE", help="Take its reply from a file.")
@project_option
@name_option
@debug_option
def timestamp(authority: str | None, query: Path | None, response: Path | None, folder: Path, name: str | None) -> None:
    """Have the log time-stamped as it stands: the hash of its last event, and with it all before.

    Give --authority; or, without a network, --query to write what is to be asked and later --response for the answer.
    Needs the extra 'timestamp'. 'tollbook verify' checks the stamps.
    """
    from tollbook.cli.project import stamp
    from tollbook.pipeline import timestamping

    if sum(one is not None for one in (authority, query, response)) != 1:
        raise UsageError("one of --authority, --query and --response is needed", advice="see 'tollbook timestamp -h'")
    if query is not None:
        about = timestamping.write_query(folder, query)
        echo(f"{query}: asks for a stamp on event {about.seq}, {about.hash}; take the answer by --response")
        return
    by = stamp(name)
    if authority is not None:
        made = timestamping.ask(folder, authority, by)
    else:
        assert response is not None
        made = timestamping.take_reply(folder, response, by)
    told = f"event {made.event}" if made.new else f"in the log already, event {made.event}"
    echo(f"{folder}: event {made.about} was there at {made.time}, says the authority; {told}")


# ---- a chain in words ----

_HOW = {
    "file": "read from a file",
    "stdin": "read from standard input",
    "row": "read from a row",
    "url": "fetched",
    "warc": "read from a web archive",
}


def _lines(chain: Chain) -> Iterator[str]:
    report = chain.report
    yield f"{report.id}{f': {report.title}' if report.title else ''}"
    yield f"  raw bytes {report.sha256}"
    yield f"  text      {report.text_sha256}, by {report.extractor}"
    number = 0
    for link in chain.links:
        for told in link.earlier:
            number += 1
            yield from _link(number, told, None)
        number += 1
        yield from _link(number, {**link.told, "link": link.name}, link)
    if not chain.obtained:
        yield "  nothing tells how it was obtained"


def _link(number: int, told: dict[str, object], own: Link | None) -> Iterator[str]:
    kind = str(told.get("link") or "link")
    yield f"{number}. {kind} {_moment(told, own)}{_where(own)}"
    if kind in ("obtained", "imported"):
        how = _HOW.get(str(told.get("how")), str(told.get("how")))
        yield f"   {how}: {told.get('input')}"
        if told.get("added") not in (None, told.get("obtained")):
            yield f"   added {told['added']} by {told.get('by')}"
        yield from _told(told, ("url", "hops", "status", "capture", "tool", "extractor", "bytes", "sha256"))
        headers = told.get("headers")
        for pair in headers if isinstance(headers, list) else ():
            yield f"   header {': '.join(map(str, pair))}"
    else:
        yield from _told(told, ("file", "sha256", "authority", "time", "hash", "event"))


def _moment(told: dict[str, object], own: Link | None) -> str:
    when = told.get("obtained") or told.get("time") or (own.event.when if own and own.event else None)
    captured = told.get("added") not in (None, told.get("obtained"))  # by a crawler, whoever added it
    who = None if captured else told.get("by") or (own.event.who if own and own.event else None)
    return f"{when or 'at no stated time'}{f' by {who}' if who else ''}"


def _where(own: Link | None) -> str:
    if own is None:
        return ", as the file says that it came with"
    return f", event {own.event.seq}" if own.event else ", before the log kept custody"


def _told(told: dict[str, object], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = told.get(name)
        if isinstance(value, dict):
            value = ", ".join(f"{key} {inner}" for key, inner in value.items())
        elif isinstance(value, list):
            value = " → ".join(map(str, value))
        if value not in (None, ""):
            yield f"   {name} {value}"


def _row(chain: Chain) -> dict[str, object]:
    links = [
        {
            **link.told,
            "link": link.name,
            "event": {"seq": link.event.seq, "hash": link.event.hash, "who": link.event.who, "when": link.event.when}
            if link.event
            else None,
            **({"custody": f"{link.raw}.{link.way}", "custody_sha256": link.sha256} if link.raw else {}),
            **({"fault": link.fault} if link.fault else {}),
        }
        for link in chain.links
    ]
    report = chain.report
    return {"report": report.id, "sha256": report.sha256, "text_sha256": report.text_sha256, "links": links}


COMMANDS = (custody, evidence, timestamp)
