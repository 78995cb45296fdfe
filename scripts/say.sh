# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the scripts say, and how they wait.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
warn() { printf '\033[33m    %s\033[0m\n' "$*" >&2; }
fail() {
    printf '\033[31mdrover: %s\033[0m\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '    %s\n' "$@" >&2
    exit 1
}
if [ ! -t 1 ]; then
    say() { printf '==> %s\n' "$*"; }
    warn() { printf '    %s\n' "$*" >&2; }
    fail() {
        printf 'drover: %s\n' "$1" >&2
        shift
        [ $# -eq 0 ] || printf '    %s\n' "$@" >&2
        exit 1
    }
fi

has() { command -v "$1" > /dev/null 2>&1; }

# quietly LOG COMMAND...: its output goes to the log, a sign of life comes every half minute, a failure shows the end.
quietly() {
    local log=$1 began=$SECONDS result=0 worker
    shift
    mkdir -p "$(dirname "$log")"
    "$@" > "$log" 2>&1 &
    worker=$!
    (
        while sleep 30 && kill -0 "$worker" 2> /dev/null; do
            note "still at it after $((SECONDS - began)) s: $(tail -n 1 "$log" | cut -c 1-110)"
        done
    ) &
    local watcher=$!
    wait "$worker" || result=$?
    { kill "$watcher" && wait "$watcher"; } 2> /dev/null || true
    if [ "$result" -ne 0 ]; then
        tail -n 40 "$log" >&2
        fail "that failed; all of its output is in $log"
    fi
    note "took $((SECONDS - began)) s"
}
