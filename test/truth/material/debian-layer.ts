import { mkdirSync } from "node:fs";
import { truthDirectory } from "../trials/images/cache.ts";
import { type Layer, layerOfTree } from "../trials/images/layers.ts";
import { runScript } from "../trials/images/run.ts";

/** Packages as dpkg leaves them: files, their list of hashes, and Python's compiled modules. */
const UNPACK = `
cd "$ARCHIVES"
for name in $PACKAGES; do
  ls "$name"_*.deb > /dev/null 2>&1 || apt-get download --quiet --quiet "$name"
  archive=$(ls "$name"_*.deb)
  dpkg-deb -x "$archive" "$TREE"
  dpkg-deb --ctrl-tarfile "$archive" | tar -xO ./md5sums > "$TREE/var/lib/dpkg/info/$name.md5sums"
done
if [ -d "$TREE/usr/lib/python3/dist-packages" ]; then
  /usr/bin/python3 -m compileall -q -s "$TREE" "$TREE/usr/lib/python3/dist-packages" || true
fi
`;

/** The layer of some packages of Debian, without their dependencies. Made once and kept. */
export function debianLayer(name: string, packages: readonly string[]): Layer {
  return layerOfTree(`material-debian-${name}`, packages, (tree) => {
    mkdirSync(`${tree}/var/lib/dpkg/info`, { recursive: true });
    runScript(UNPACK, {
      TREE: tree,
      PACKAGES: packages.join(" "),
      ARCHIVES: truthDirectory("material", "debian"),
    });
  });
}
