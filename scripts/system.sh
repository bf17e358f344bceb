#!/bin/sh
# Install what the tests want of Debian where root or sudo allows: PostgreSQL, Mosquitto, Chromium, a CJK font.
# What cannot be installed is said in one line and its tests are skipped; on CI (CI=true) that is a failure.
set -u
missing=""
command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v mosquitto >/dev/null 2>&1 || [ -x /usr/sbin/mosquitto ] || missing="$missing mosquitto"
[ -x /usr/bin/chromium ] || missing="$missing chromium"
fc-list 2>/dev/null | grep -qi 'cjk' || ls /usr/share/fonts/opentype/noto/*CJK* >/dev/null 2>&1 || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"
else
    echo "not installed (no root, no sudo):$missing; the tests that need them are skipped"
    [ "${CI:-}" = true ] && exit 1
    exit 0
fi
command -v apt-get >/dev/null 2>&1 || { echo "no apt-get:$missing not installed"; [ "${CI:-}" = true ] && exit 1; exit 0; }
echo "installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 -- a list of packages
if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
    echo "could not install$missing; the tests that need them are skipped"
    [ "${CI:-}" = true ] && exit 1
fi
exit 0
