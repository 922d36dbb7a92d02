#!/usr/bin/env bash
# Installs what the tests need and this machine lacks; prints nothing where all is there.
#
#   scripts/install.sh [postgres] [browser] [clients]
#
# postgres: the PostgreSQL server (never started as a service by us: see scripts/postgres.sh)
# browser:  Chromium, Node.js with npm, and the npm packages of tests/browser
# clients:  the same with those of tests/clients, LibreOffice Calc, and a Python environment in target/clients
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# shellcheck source=scripts/find.sh
. scripts/find.sh

apt_is_fresh=no

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "expected to be root or to have sudo, but found neither; as root, run: $*" >&2
        return 1
    fi
}

# apt_install WHAT PACKAGE…: WHAT is named in the message if it cannot be had.
apt_install() {
    local what=$1
    shift
    if ! command -v apt-get >/dev/null; then
        echo "$what is missing, and this machine has no apt-get: install $what by hand, then run this again" >&2
        return 1
    fi
    echo "installing $what ($*)"
    if [ "$apt_is_fresh" = no ]; then
        as_root apt-get update -qq || echo "apt-get update failed; going on with the package lists at hand" >&2
        apt_is_fresh=yes
    fi
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; then
        echo "$what could not be installed: apt-get install $* failed" >&2
        return 1
    fi
}

install_postgres() {
    postgres_bin >/dev/null && return 0
    apt_install "PostgreSQL" postgresql || return 1
    postgres_bin >/dev/null && return 0
    echo "PostgreSQL was installed, but no folder with a working initdb and postgres was found" >&2
    return 1
}

# npm_packages FOLDER: what its lock file names.
npm_packages() {
    local folder=$1
    # npm writes this file last, so it tells that the folder is whole and of this lock file.
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return 0
    echo "installing the npm packages of $folder"
    if ! npm ci --prefix "$folder" --loglevel=error --include=dev --no-audit --no-fund >/dev/null; then
        echo "the npm packages of $folder could not be installed: npm ci failed" >&2
        return 1
    fi
    touch "$folder/node_modules/.package-lock.json"
}

install_chromium_and_node() {
    local failed=0
    chromium_path >/dev/null || apt_install "Chromium" chromium fonts-dejavu-core || failed=1
    command -v node >/dev/null || apt_install "Node.js" nodejs || failed=1
    command -v npm >/dev/null || apt_install "npm" npm || failed=1
    return "$failed"
}

install_browser() {
    install_chromium_and_node && npm_packages tests/browser
}

install_clients() {
    local failed=0 venv=target/clients wanted=tests/clients/requirements.txt
    install_chromium_and_node && npm_packages tests/clients || failed=1
    command -v soffice >/dev/null || apt_install "LibreOffice Calc" libreoffice-calc-nogui || failed=1
    # Debian's own Python, since its packages of ICU fit no other; they spare a compiler.
    /usr/bin/python3 -c 'import ensurepip, icu' 2>/dev/null || apt_install "Python with ICU" python3-venv python3-icu || failed=1
    [ "$failed" -eq 0 ] || return 1
    # The copy is made last, so it tells that the environment is whole and of these versions.
    cmp --silent "$wanted" "$venv/installed" && return 0
    echo "installing the Python packages of $wanted"
    rm -rf "$venv"
    mkdir -p target
    if ! { /usr/bin/python3 -m venv --system-site-packages "$venv" &&
        "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$wanted"; }; then
        echo "the Python packages could not be installed: pip install failed" >&2
        return 1
    fi
    cp "$wanted" "$venv/installed"
}

status=0
for need in "$@"; do
    case $need in
        postgres) install_postgres || status=1 ;;
        browser) install_browser || status=1 ;;
        clients) install_clients || status=1 ;;
        *)
            echo "expected postgres, browser or clients, but found $need" >&2
            exit 2
            ;;
    esac
done
exit "$status"
