import { copyFileSync, linkSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { minbaseTar } from "../../../../scripts/bench/images/minbase.ts";
import { keptOnce, truthDirectory } from "./cache.ts";
import { runScript } from "./run.ts";

/** A layer, as a tree with overlayfs's whiteouts and as a tar with those of OCI. */
export interface Layer {
  readonly tree: string;
  readonly tar: string;
}

const PACK = `
cd "$MADE/tree"
find . -type c > "$MADE/gone"
tar --numeric-owner --sort=name --exclude-from="$MADE/gone" -cf "$MADE/layer.tar" .
while read -r path; do
  mkdir -p "$MADE/whiteouts/$(dirname "$path")"
  : > "$MADE/whiteouts/$(dirname "$path")/.wh.$(basename "$path")"
done < "$MADE/gone"
if [ -d "$MADE/whiteouts" ]; then
  (cd "$MADE/whiteouts" && find . -type f) | tar -C "$MADE/whiteouts" --numeric-owner -rf "$MADE/layer.tar" -T -
fi
rm -rf "$MADE/whiteouts" "$MADE/gone" "$MADE/work" "$MADE/root"
`;

/** Debian's own packages, and an npm's Node: in the image, as its root, with the network of this machine. Dpkg syncs each file: without effect on a volatile overlay. */
const IN_IMAGE = `
mkdir -p "$MADE/work" "$MADE/root" "$LISTS/partial" "$ARCHIVES/partial"
root="$MADE/root"
mount -t overlay overlay -o "lowerdir=$BELOW,upperdir=$MADE/tree,workdir=$MADE/work,volatile" "$root"
mount -t proc proc "$root/proc"
mount --bind "$LISTS" "$root/var/lib/apt/lists"
mount --bind "$ARCHIVES" "$root/var/cache/apt"
printf '#!/bin/sh\\nexit 101\\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
chroot "$root" sh -euc "$COMMANDS" < /dev/null
rm "$root/usr/sbin/policy-rc.d"
umount "$root/var/cache/apt" "$root/var/lib/apt/lists" "$root/proc" "$root"
`;

/** The minbase of the benchmark. */
export function baseLayer(): Layer {
  return layerOf("base", "trixie minbase", (made) => {
    runScript('tar --numeric-owner -xf "$TAR" -C "$MADE/tree"', { TAR: minbaseTar(), MADE: made });
    linkSync(minbaseTar(), join(made, "layer.tar"));
  });
}

/** The Node that runs this. */
export function nodeLayer(): Layer {
  return layerOf("node", process.version, (made) => {
    const folder = join(made, "tree", "usr", "local", "bin");
    mkdirSync(folder, { recursive: true });
    copyFileSync(process.execPath, join(folder, "node"));
    runScript(PACK, { MADE: made });
  });
}

/** Changes made by commands run as root on the layers below. */
export function layerOfCommands(name: string, commands: string, below: readonly Layer[]): Layer {
  return layerOf(name, [commands, below.map(({ tree }) => tree)], (made) => {
    const trees = below.map(({ tree }) => tree).toReversed();
    runScript(IN_IMAGE + PACK, {
      MADE: made,
      BELOW: trees.join(":"),
      COMMANDS: commands,
      LISTS: truthDirectory("apt", "lists"),
      ARCHIVES: truthDirectory("apt", "cache"),
    });
  });
}

/** Files that `fill` puts into a tree. @param recipe everything that determines the files */
export function layerOfTree(name: string, recipe: unknown, fill: (tree: string) => void): Layer {
  return layerOf(name, recipe, (made) => {
    fill(join(made, "tree"));
    runScript(PACK, { MADE: made });
  });
}

function layerOf(name: string, recipe: unknown, make: (made: string) => void): Layer {
  const directory = keptOnce(`layer-${name}`, recipe, (made) => {
    mkdirSync(join(made, "tree"));
    make(made);
  });
  return { tree: join(directory, "tree"), tar: join(directory, "layer.tar") };
}
