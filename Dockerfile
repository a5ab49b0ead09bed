# Builds the bot and runs it as a user of its own.
#
#   docker build -t yuanwen .
#   docker run --rm -e TELOXIDE_TOKEN -v yuanwen-data:/data yuanwen
#   docker run --rm yuanwen ask 大零号湾在哪里
#
# Without a token the bot serves a chat page; let it listen outside the container with
#   docker run --rm -e YUANWEN_LISTEN=0.0.0.0:8080 -p 127.0.0.1:8080:8080 yuanwen

FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY src ./src
COPY benches ./benches
COPY examples ./examples
COPY tests ./tests
RUN cargo build --locked --release --bin yuanwen

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home yuanwen
COPY --from=build /build/target/release/yuanwen /usr/local/bin/yuanwen
COPY knowledge /knowledge
ENV YUANWEN_KNOWLEDGE=/knowledge YUANWEN_DATA_DIR=/data
USER yuanwen
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["yuanwen"]
