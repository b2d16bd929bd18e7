# Commands for development. `just --list` prints them.

_default:
    @just --list --unsorted

# Run the server with the settings of the environment and .env
run *arguments:
    cargo run -- {{ arguments }}

# Run the tests whose name contains the filter, or all
test *filter:
    cargo test --locked --test catalog -- {{ filter }}

# Format Rust, and the pages if their tools are installed
fmt:
    cargo fmt --all
    [ ! -d web/node_modules ] || npm run --if-present format --prefix web

# Run clippy on all members and targets, and check the word list
lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings
    .ci/words

# Regenerate the derived files: schema.graphql, seed/*.schema.json, web/dist and the types of the pages
schema:
    #!/usr/bin/env bash
    set -euo pipefail
    sdl=$(cargo run --quiet -- schema)
    printf '%s\n' "$sdl" >schema.graphql
    # The subject types are the values of an enum of the schema.
    subjects=$(sed -n '/^enum SubjectType /,/^}/s/^\t\([A-Z]*\)$/\L\1/p' schema.graphql)
    for kind in document $subjects; do
        json=$(cargo run --quiet -- schema "$kind")
        printf '%s\n' "$json" >"seed/$kind.schema.json"
    done
    npm ci --prefix web --ignore-scripts --silent
    npm run build --prefix web

# Check the files of the data sets: see docs/data.md
check-data:
    .ci/check-data

# Measure the throughput of the server: see docs/performance.md
bench *arguments:
    cargo bench -p benchmarks -- {{ arguments }}

# Run everything that CI runs
check:
    .ci/run
