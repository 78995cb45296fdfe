#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the server in the foreground; SIGTERM stops it in order.
set -euo pipefail
WLP=/opt/drover/wlp
# shellcheck source=/dev/null
. "$WLP/usr/servers/drover/bin/environment.sh"
drover_environment
export WLP_SKIP_UMASK=1
umask 077
cd "$DATA_ROOT"
exec "$WLP/bin/server" run drover
