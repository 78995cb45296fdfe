# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A server of its own, sample sites, and a real job of every task.

SITES_PORT=${DROVER_SITES_PORT:-0}

demo() {
    prepare_server
    build_server
    # The sample sites are on this machine, where jobs may not go unless they are let.
    export DROVER_EGRESS_ALLOW=${DROVER_EGRESS_ALLOW:-127.0.0.0/8}
    up
    start_sites
    trap stop_sites EXIT
    say "Running a job of every task"
    local folder
    folder=$DROVER_HOME/.drover/demo/$(date +%Y%m%d-%H%M%S)
    DROVER_TOKEN=$(api_token) "$NODE" "$DROVER_HOME/scripts/demo.mjs" "$BASE_URL" "$SITES_URL" "$folder"
    say "Done. The server goes on running: look at the jobs in the console"
    note "console  $BASE_URL/"
    note "token    $(token_place)"
    note "files    $folder"
    note "stop it  ./drover down"
}

start_sites() {
    local log=$DROVER_HOME/.drover/log/sites.log
    mkdir -p "$(dirname "$log")"
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx64m -XX:TieredStopAtLevel=1 -cp "$DROVER_HOME/qa/sites/target/classes" \
        dev.drover.qa.sites.SampleSites "$SITES_PORT" > "$log" 2>&1 &
    SITES_PID=$!
    for _ in $(seq 100); do
        SITES_URL=$(sed -n 's/^Sample sites: \(.*\)\/$/\1/p' "$log")
        if [ -n "$SITES_URL" ]; then
            say "Sample sites at $SITES_URL"
            return
        fi
        kill -0 "$SITES_PID" 2> /dev/null || break
        sleep 0.1
    done
    fail "the sample sites did not start" "$(cat "$log")"
}

stop_sites() { kill "$SITES_PID" 2> /dev/null || true; }
