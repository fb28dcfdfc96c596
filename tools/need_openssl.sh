#!/bin/sh
# The tests of time stamps run an authority with openssl: install it where we may, else say what is missing and fail.
set -u
command -v openssl >/dev/null && exit 0
root=""
[ "$(id -u)" -eq 0 ] || root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$root" ] || sudo -n true 2>/dev/null; }; then
    echo "installing openssl by apt"
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openssl >/dev/null
fi
command -v openssl >/dev/null && exit 0
echo "make test needs openssl, and may not install it here: apt-get install openssl" >&2
exit 1
