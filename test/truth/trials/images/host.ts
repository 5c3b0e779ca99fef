import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { programEntries } from "../../../fixtures/host-files.ts";
import { type Layer, layerOfTree } from "./layers.ts";

/** The Node that runs this with the libraries of this machine, and nothing else: no package is fetched. */
export function hostLayer(): Layer {
  return layerOfTree("host-node", process.version, (tree) => {
    for (const { path, mode, content } of programEntries(process.execPath, "usr/local/bin/node")) {
      const file = join(tree, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content ?? "");
      chmodSync(file, mode ?? 0o644);
    }
    mkdirSync(join(tree, "tmp"));
    chmodSync(join(tree, "tmp"), 0o1777);
  });
}
