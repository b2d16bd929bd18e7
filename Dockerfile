# Built with BuildKit, the default since Docker 23; before it: DOCKER_BUILDKIT=1 docker build .
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
# The cache mounts keep compiled dependencies when sources change. Only default members are built, not the benchmarks.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --profile dist --features otlp --locked && cp target/dist/open-llm-catalog /usr/local/bin/

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home catalog
COPY --from=build /usr/local/bin/open-llm-catalog /usr/local/bin/
USER catalog
WORKDIR /data
VOLUME /data
ENV HOST=0.0.0.0 PORT=8000 DATABASE_URL=sqlite:/data/catalog.db
EXPOSE 8000
# The image has no HTTP client; bash can send this request.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["open-llm-catalog"]
CMD ["serve"]
