#!/bin/sh
# Write requirements/*.txt anew: exact versions with hashes, and no address that they came from.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --annotation-style=line "$@"
}
compile --extra review -o requirements/runtime.txt pyproject.toml requirements/build.in
compile -c requirements/runtime.txt --extra dev --extra review --extra parquet --extra postgresql --extra timestamp -o requirements/dev.txt pyproject.toml requirements/build.in
if grep -nE '://|^--' requirements/runtime.txt requirements/dev.txt; then
    echo "an address stands in a requirements file: take it out" >&2
    exit 1
fi
