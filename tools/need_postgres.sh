#!/bin/sh
# The store's tests run a PostgreSQL server of their own: install Debian's where we may, else say what is missing and fail.
set -u
found() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; }
found && exit 0
root=""
[ "$(id -u)" -eq 0 ] || root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$root" ] || sudo -n true 2>/dev/null; }; then
    echo "installing postgresql by apt"
    # Debian would make and start a server of the system's: the tests want only the programs.
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive sh -c '
        mkdir -p /etc/postgresql-common
        [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
        apt-get install -y -qq --no-install-recommends postgresql >/dev/null'
fi
found && exit 0
echo "make test needs PostgreSQL's server programs, and may not install them here: apt-get install postgresql" >&2
exit 1
