#!/bin/sh
# The dossier tests look at pages in Debian's Chromium: install it where we may, else say what is missing and fail.
set -u
browser=/usr/bin/chromium
[ -x "$browser" ] && exit 0
root=""
[ "$(id -u)" -eq 0 ] || root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$root" ] || sudo -n true 2>/dev/null; }; then
    echo "installing chromium by apt"
    $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
[ -x "$browser" ] && exit 0
echo "make test needs Chromium at $browser, and may not install it here: apt-get install chromium" >&2
exit 1
