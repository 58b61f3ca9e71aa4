# Sourced by the scripts that run the image where there is no container engine.

# build_image ROOT makes what the Dockerfile makes: by its build line, with its user, its place for data, and the CA
# certificates. It sets user to the image's.
build_image() {
  local line
  line=$(sed -n 's/^RUN \(CGO_ENABLED=0 go build .*\)$/\1/p' Dockerfile)
  [ -n "$line" ] || { echo "the Dockerfile has no build line"; exit 1; }
  echo "$line"
  bash -euc "${line//\/out\//$1/}"
  user=$(sed -n 's/^USER \(.*\)$/\1/p' Dockerfile)
  mkdir -p "$1/etc/ssl/certs" "$1/data"
  cp /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
  chmod -R a+rX "$1"
}

# What runs a command that only root may run. It is no function: one that runs in the background would be a shell that is ended
# without what it has started.
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
