#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# While the image is built: starts and stops the server once and keeps the classes that it loaded (docs/adr/0007).
# A server without this archive works and takes longer to start, so a failure here says so and is none of the build's.
set -uo pipefail
folder=$(mktemp -d)
DATA_ROOT=$folder DROVER_CLASS_RECORD=$folder/classes.jsa DROVER_BROWSER_PREWARM=false \
    /opt/drover/entrypoint.sh > "$folder/console.log" 2>&1 &
server=$!
for _ in $(seq 600); do
    if curl -sf -o /dev/null http://127.0.0.1:9080/health/ready; then break; fi
    kill -0 "$server" 2> /dev/null || break
    sleep 0.2
done
kill -TERM "$server" 2> /dev/null
wait "$server"
if [ -f "$folder/classes.jsa" ]; then
    mv "$folder/classes.jsa" "$DROVER_CLASS_ARCHIVE"
else
    echo "no class archive was recorded; starts will take longer" >&2
    tail -n 20 "$folder/console.log" >&2
fi
rm -rf "$folder"
