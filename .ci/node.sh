# Sourced by the scripts that run somebody else's client. It puts Node 22 first in PATH, whatever Node
# the machine has, and node_package installs what runs on it. Both stay under .ci/node.
node_dir=$PWD/.ci/node
mkdir -p "$node_dir"
PATH="$node_dir/node_modules/.bin:$PATH"
export PATH

# node_package COMMAND PACKAGE installs a package where its command is missing.
node_package() {
  [ -x "$node_dir/node_modules/.bin/$1" ] || npm install --silent --no-audit --no-fund --prefix "$node_dir" "$2"
}

# node_library NAME PACKAGE installs a package that has no command, where it is missing.
node_library() {
  [ -d "$node_dir/node_modules/$1" ] || npm install --silent --no-audit --no-fund --prefix "$node_dir" "$2"
}

# packages_apart NAME PACKAGE… installs packages in a directory of their own, which apart then names: what one client needs must
# not decide what another gets. A stamp says which stand there, so that a version that is changed here is installed anew.
packages_apart() {
  apart=$node_dir/apart/$1
  shift
  if [ "$(cat "$apart/installed" 2>/dev/null)" != "$*" ]; then
    rm -rf "$apart"
    mkdir -p "$apart"
    npm install --silent --no-audit --no-fund --prefix "$apart" "$@"
    echo "$*" >"$apart/installed"
  fi
}

# Packages are installed under it too: npm chooses by the Node that runs it.
node_package node node@22
case $(node --version) in
v22.*) ;;
*)
  echo "FAILED: Node 22 was not installed; node is $(node --version)"
  exit 1
  ;;
esac
