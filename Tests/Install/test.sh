#!/bin/sh
# Installs, packs and removes the program in empty places. `make test-install` has laid out the tree.
cd "$(dirname "$0")/../.." || exit 2
stage=${1:?usage: test.sh STAGE}
status=0
for part in installing manual completion archives debian; do
  sh "Tests/Install/$part.sh" "$stage" || status=1
done
exit $status
