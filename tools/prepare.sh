#!/bin/sh
# Prepares .venv for `make run` ("run") or `make test` ("test"), from a bare Debian machine or an existing checkout.
# Each missing thing is either installed through apt-get (when root or passwordless sudo) or named in one sentence.
set -eu
goal=$1
cd "$(dirname "$0")/.."

fail() {
    echo "pasdecote: $*" >&2
    exit 1
}

# apt_get PACKAGE...: install Debian packages, or say what to install.
apt_get() {
    command -v apt-get >/dev/null 2>&1 || fail "missing $*, and apt-get is not here to install it: install it, then start again."
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        fail "missing $*: ask an administrator for 'apt-get install $*', then start again."
    fi
    echo "Installing $* (apt-get)…"
    $as_root apt-get update -qq || echo "pasdecote: apt-get update failed, going on with the lists at hand." >&2
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        fail "apt-get could not install $*: install it, then start again."
}

# The newest of the usual names that is Python 3.11 or later; PYTHON chooses another.
find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

make_venv() {
    # A half-made .venv (no pip, or made by a Python that is gone) is made again.
    if .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
        return
    fi
    python=$(find_python)
    if [ -z "$python" ]; then
        apt_get python3
        python=$(find_python)
        [ -n "$python" ] || fail "expected Python 3.11 or later, found $(python3 --version 2>&1): install it, or set PYTHON."
    fi
    rm -rf .venv
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        apt_get python3-venv
    fi
    "$python" -m venv .venv || fail "$python could not make .venv: is python3-venv installed and this folder writable?"
}

# install EXTRAS: the project, editable, at the tested versions; skipped while neither they nor pyproject.toml changed.
install() {
    wanted=$(cat pyproject.toml constraints.txt | cksum)
    for done in .venv/.installed-test ".venv/.installed-$goal"; do
        if [ -f "$done" ] && [ "$(cat "$done")" = "$wanted" ]; then
            return
        fi
    done
    echo "Installing the project in .venv…"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable ".$1" ||
        fail "pip could not install the project: is a package index reachable from here?"
    echo "$wanted" >".venv/.installed-$goal"
}

node_is_recent() {
    command -v node >/dev/null 2>&1 && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)'
}

# What the tests need beside Python: a browser, Redis, Node for the browser modules, fonts for what is drawn.
test_tools() {
    missing=""
    command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
    command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
    command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
    fc-list 2>/dev/null | grep -qi 'liberation' || missing="$missing fontconfig fonts-liberation"
    node_is_recent || missing="$missing nodejs"
    command -v npm >/dev/null 2>&1 || missing="$missing npm"
    # shellcheck disable=SC2086 # one word per package
    [ -z "$missing" ] || apt_get $missing
    node_is_recent || fail "expected Node 18 or later, found $(node --version 2>&1): install it, then start again."
    lock=$(cksum <tools/package-lock.json)
    if [ ! -f tools/node_modules/.lock ] || [ "$(cat tools/node_modules/.lock)" != "$lock" ]; then
        echo "Installing the type checker of the browser modules (npm)…"
        (cd tools && npm ci --silent --no-audit --no-fund --ignore-scripts) ||
            fail "npm could not install the type checker: is a package registry reachable from here?"
        echo "$lock" >tools/node_modules/.lock
    fi
}

make_venv
case $goal in
run) install "" ;;
test)
    test_tools
    install "[dev]"
    ;;
*) fail "expected 'run' or 'test', got '$goal'." ;;
esac
