# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# All tests, as CI runs them, and the benchmarks, which are no tests.

# Runs every test there is. Arguments go to Maven.
run_tests() {
    local log=$DROVER_HOME/.drover/log/test.log result=0
    prepare_tests
    export DROVER_POSTGRES_BIN
    DROVER_POSTGRES_BIN=$(find_postgres)
    say "Running all tests (JDK $(jdk_major "$JAVA_HOME"), Node $(node_major "$NODE"), PostgreSQL in $DROVER_POSTGRES_BIN)"
    mkdir -p "$(dirname "$log")"
    maven verify "$@" 2>&1 | tee "$log" || result=${PIPESTATUS[0]}
    summary "$log" "$result"
    return "$result"
}

# What the test runners of all modules counted, in their own words, as the last line.
summary() {
    local line
    line=$(awk '
        { gsub(/\033\[[0-9;]*m/, "") }
        /Tests run:.*Failures:.*Errors:.*Skipped:/ && !/Time elapsed|-- in / {
            split($0, part, /[:,] */)
            for (i = 1; i < 9; i++) {
                if (part[i] ~ /Tests run$/) run += part[i + 1]
                if (part[i] ~ /Failures$/) failures += part[i + 1]
                if (part[i] ~ /Errors$/) errors += part[i + 1]
                if (part[i] ~ /Skipped$/) skipped += part[i + 1]
            }
        }
        END { printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d", run, failures, errors, skipped }' "$1")
    if [ "$2" -eq 0 ]; then
        say "All tests passed"
        echo "[INFO] $line"
    else
        say "Tests or checks failed; all output is in $1"
        echo "[ERROR] $line"
    fi
}

# Two thousand jobs while something is killed every few seconds; writes docs/reference/reliability.md. Arguments go to Maven.
soak() {
    prepare_tests
    say "Two thousand jobs, and something is killed every few seconds: some twenty minutes"
    quietly "$DROVER_HOME/.drover/log/soak.log" maven verify -pl ear,qa/e2e,qa/sites,qa/tasks -am -DskipITs \
        -Dtest=dev.drover.qa.e2e.SoakTest -Dsurefire.failIfNoSpecifiedTests=false -Ddrover.e2e.excluded= "$@"
    note "docs/reference/reliability.md has what came of it"
}

# All fault tests, those among them that take too long for every day. Arguments go to Maven.
faults() {
    prepare_tests
    export DROVER_POSTGRES_BIN
    DROVER_POSTGRES_BIN=$(find_postgres)
    say "All fault tests: half an hour"
    maven verify -pl ear,qa/e2e,qa/sites,qa/tasks -am -DskipITs -Dtest='dev.drover.qa.e2e.**' -Dgroups=fault \
        -Dsurefire.failIfNoSpecifiedTests=false -Ddrover.e2e.excluded=soak "$@"
}

# Benchmarks against a server and raw browsers on this machine. Arguments go to the benchmark.
bench() {
    prepare_server
    build_server
    say "Building the benchmarks"
    quietly "$DROVER_HOME/.drover/log/bench-build.log" maven -DskipTests package -pl qa/bench -am
    "$JAVA_HOME/bin/java" -jar "$DROVER_HOME/qa/bench/target/drover-qa-bench.jar" "$@"
}
