import { writeTar } from "../../../src/image/tar/write.ts";
import { layerOfTar } from "../../../test/fixtures/image/layer.ts";
import { downloadOf, layerSource } from "../../../test/fixtures/layer-sources.ts";
import { readLayersOnce } from "../../../test/fixtures/read-layers.ts";
import { withChecksums } from "../tar-checksums.ts";
import type { Target } from "../target.ts";

/** The tar of one layer, as an image announces it: its digests are right. */
export const layer: Target = {
  name: "layer",
  seeds: [
    Buffer.from(
      writeTar([
        { path: "etc/passwd", content: "root:x:0:0::/:/bin/sh\n" },
        { path: "app/.wh.old", content: "" },
        { path: `app/${"données/".repeat(20)}é.js`, content: "#!/usr/bin/env node\n", mode: 0o755 },
        { path: "bin/sh", type: "symlink", link: "/bin/busybox" },
      ]),
    ),
  ],
  mend: withChecksums,
  async run(input) {
    const made = layerOfTar(input, "none");
    await readLayersOnce([layerSource(made, downloadOf(made))]);
  },
};
