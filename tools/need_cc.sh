#!/bin/sh
# The crash harness loads a small C library of its own: install a compiler where we may, else say what is missing and fail.
set -u
command -v cc >/dev/null && exit 0
root=""
[ "$(id -u)" -eq 0 ] || root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$root" ] || sudo -n true 2>/dev/null; }; then
    echo "installing gcc by apt"
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev >/dev/null
fi
command -v cc >/dev/null && exit 0
echo "make test needs a C compiler as 'cc', and may not install one here: apt-get install gcc libc6-dev" >&2
exit 1
