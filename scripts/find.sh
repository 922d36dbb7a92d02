# shellcheck shell=bash
# Where this machine keeps the programs that the tests start. Sourced; defines functions only.

# The folder of a working initdb and postgres, the newest version first; fails where there is none.
postgres_bin() {
    local folder from_config from_path
    from_config=$(pg_config --bindir 2>/dev/null)
    from_path=$(command -v initdb) && from_path=$(dirname "$(readlink -f "$from_path")")
    while read -r folder; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && "$folder/postgres" --version >/dev/null 2>&1; then
            echo "$folder"
            return 0
        fi
    done < <(
        printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort --reverse
        printf '%s\n' "$from_config" "$from_path" /usr/local/pgsql/bin
    )
    return 1
}

# The path of a Chromium; fails where there is none.
chromium_path() {
    local name
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" && return 0
    done
    return 1
}
