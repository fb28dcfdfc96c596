"""The command that opens the review app."""

from __future__ import annotations

from pathlib import Path

import click

from tollbook.cli.console import echo
from tollbook.cli.options import debug_option, project_option
from tollbook.cli.project import login_name
from tollbook.errors import UsageError

_FILE = click.Path(path_type=Path)


@click.command("review")
@project_option
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS", help="Address to listen on; this machine's own without."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port; one that is free without.")
@click.option("--tls-cert", "cert", type=_FILE, metavar="FILE", help="Certificate (PEM) to be reached by https.")
@click.option("--tls-key", "key", type=_FILE, metavar="FILE", help="The certificate's key (PEM).")
@click.option("--public", metavar="URL", help="Address by which people come, where a proxy stands before the app.")
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
@debug_option
def review(
    folder: Path, host: str, port: int, cert: Path | None, key: Path | None, public: str | None, no_browser: bool
) -> None:
    """Open the record in a browser, to check figures against their words and rule on them.

    Without accounts only this machine is served, to whoever has the link that is printed; it works once. With accounts
    ('tollbook account add') everybody logs in.
    """
    try:
        from tollbook.review.server import Place, serve
    except ModuleNotFoundError as error:
        raise UsageError(f"review needs {error.name}", advice="pip install 'tollbook[review]'") from None
    if (cert is None) != (key is None):
        raise UsageError("a certificate and its key go together", advice="give both --tls-cert and --tls-key")

    def ready(address: str, once: bool) -> None:
        echo(f"{folder}: open {address}")
        echo(f"{'the link works once; ' if once else ''}stop with Ctrl-C")
        if not no_browser:
            click.launch(address)

    tls = None if cert is None or key is None else (cert, key)
    serve(folder, login_name(), Place(host, port, public, tls), ready)


COMMANDS = (review,)
