# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A server of its own, sample sites, and a real job of every task.

demo() {
    prepare_server
    build_server
    # The sample sites are on this machine, where jobs may not go unless they are let.
    export DROVER_SITES=true DROVER_EGRESS_ALLOW=${DROVER_EGRESS_ALLOW:-127.0.0.0/8}
    up
    local sites=$BASE_URL/sites
    curl -fsS -o /dev/null "$sites/" || fail "the server that runs has no sample sites" "./drover down, then ./drover demo"
    say "Running a job of every task"
    local folder
    folder=$DROVER_HOME/.drover/demo/$(date +%Y%m%d-%H%M%S)
    DROVER_TOKEN=$(api_token) "$NODE" "$DROVER_HOME/scripts/demo.mjs" "$BASE_URL" "$sites" "$folder"
    say "Done. The server goes on running: look at the jobs in the console"
    note "console  $BASE_URL/"
    note "token    $(token_place)"
    note "files    $folder"
    note "stop it  ./drover down"
}
