# The bases are named by tag: pin them by the digest that your own registry shows you.
FROM golang:1.26.8 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN mkdir /data
# The version that the server tells, as in v1.2.3. The history that Go would take it from is not copied.
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X heygen-mcp/internal/release.linked=${VERSION:-}" -o /out/mcp-server ./cmd/mcp-server

FROM scratch
ARG VERSION=
LABEL org.opencontainers.image.title="heygen-mcp" \
      org.opencontainers.image.description="MCP server for HeyGen" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}"
# HeyGen is called over TLS, and an empty image trusts nobody.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /src/LICENSE /src/NOTICE /
COPY --from=build /out/mcp-server /mcp-server
# A place for --data-dir that the user below can write to: a new volume takes its owner from here.
COPY --from=build --chown=65532:65532 /data /data
# Any number but 0 does; this one is the usual "nonroot".
USER 65532:65532
# A container is reached from outside, so --public-url has to be given (HEYGEN_MCP_PUBLIC_URL).
ENV HEYGEN_MCP_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["/mcp-server", "health"]
ENTRYPOINT ["/mcp-server"]
CMD ["serve"]
