"""The way to a PostgreSQL server: passwords, encryption, and the one line for each way that leads nowhere."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from own_postgres import PASSWORD, Server
from store_postgres import refused

from tollbook.errors import StoreError
from tollbook.store.address import Address, parse
from tollbook.store.postgres import create_postgres, open_postgres


def test_no_server(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        told = refused(parse(f"postgresql://ann@127.0.0.1:{port}/floods"))
    assert told.startswith(f"no PostgreSQL server answers at 127.0.0.1:{port} (")
    assert f"{tmp_path}/.s.PGSQL.5432" in refused(parse(f"postgresql://ann@/floods?host={tmp_path}"))


def test_something_else_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = parse(f"postgresql://ann@127.0.0.1:{other.getsockname()[1]}/floods?sslmode=disable")

        def hang_up() -> None:
            with other.accept()[0] as link:
                link.recv(100)

        talking = threading.Thread(target=hang_up)
        talking.start()
        with pytest.raises(StoreError, match="no PostgreSQL server can be talked to there"):
            open_postgres(address)
        talking.join()


@pytest.mark.parametrize("password", ["", "guess-1"])
def test_a_wrong_password(server: Server, password: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    told = refused(parse(server.port_address("floods", password=password)))
    assert told == "the server doesn't let you in; check the user's name, PGPASSWORD and ~/.pgpass"


def test_a_password_from_the_address_the_surroundings_or_the_file(
    server: Server, record: Address, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    open_postgres(parse(server.port_address(record.schema, password=PASSWORD))).close()
    bare = parse(server.port_address(record.schema))
    with monkeypatch.context() as context:
        context.setenv("PGPASSWORD", PASSWORD)
        open_postgres(bare).close()
    file = tmp_path / "pgpass"
    file.write_text(f"# ours\nelsewhere:*:*:*:no\n127.0.0.1:*:tollbook:tollbook:{PASSWORD}\n")
    file.chmod(0o644)
    with pytest.raises(StoreError, match="may be read by others, so its passwords aren't used; chmod 600 it"):
        open_postgres(bare)
    file.chmod(0o600)
    open_postgres(bare).close()


def test_no_such_database_and_no_such_user(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(parse(server.address(database="nowhere"))).startswith("the server has no such database; check its")
    assert refused(parse(server.address(user="nobody_known"))).startswith("the server doesn't let you in; check the")


def test_a_server_that_does_not_encrypt_where_that_is_asked_for(server: Server, tmp_path: Path) -> None:
    for mode in ("require", "verify-full"):
        address = parse(f"{server.port_address('floods', password=PASSWORD)}&sslmode={mode}")
        assert refused(address).startswith("doesn't encrypt; ")
    lacking = parse(f"{server.port_address('floods')}&sslmode=verify-full&sslrootcert={tmp_path}/none.pem")
    with pytest.raises(StoreError, match=r"none\.pem: can't be read as certificates"):
        open_postgres(lacking)


def certified(server: Server, folder: Path) -> Path:
    """Let a server encrypt, with a certificate for 127.0.0.1 that it signed itself; the certificate."""
    folder.mkdir()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=tests"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    for file in (key, certificate):
        os.chown(file, server.folder.stat().st_uid, -1)
    key.chmod(0o600)
    for setting in (f"ssl_key_file = '{key}'", f"ssl_cert_file = '{certificate}'", "ssl = on"):
        server.sql(f"ALTER SYSTEM SET {setting}")
    server.sql("SELECT pg_reload_conf()")
    while server.sql("SHOW ssl") != "on":  # the server takes it up a moment later
        pass
    return certificate


def test_a_way_is_encrypted_and_the_server_known_by_its_certificate(own_server: Server, tmp_path: Path) -> None:
    create_postgres(parse(own_server.address("floods")))
    certificate = certified(own_server, own_server.folder / "tls")
    plain = own_server.port_address("floods", password=PASSWORD)
    secret = f"{plain}&sslmode=verify-full&sslrootcert={certificate}"
    seen = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    for address, encrypted in ((f"{plain}&sslmode=disable", False), (plain, True), (f"{plain}&sslmode=require", True)):
        with open_postgres(parse(address)) as store:
            assert store.session.run(seen) == [(encrypted,)]
    with open_postgres(parse(secret)) as store:
        assert store.session.run(seen) == [(True,)]
    assert refused(parse(f"{plain}&sslmode=verify-full")).startswith("shows no certificate to be trusted (self")
    other = refused(parse(secret.replace("127.0.0.1", "localhost")))
    assert other.startswith("shows no certificate to be trusted (Hostname mismatch")
