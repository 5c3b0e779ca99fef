import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { openImage } from "../../../src/image/open.ts";
import { writeTar } from "../../../src/image/tar/write.ts";
import { writeDockerArchive } from "../../../test/fixtures/image/docker-archive.ts";
import { emptyImage, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { withChecksums } from "../tar-checksums.ts";
import type { Target } from "../target.ts";

const IMAGE = withConfig(
  withLayer(emptyImage(), layerOf([{ path: "etc/passwd", content: "root:x:0:0::/:/bin/sh\n" }])),
  { User: "1000", Cmd: ["/bin/sh"] },
);

/** A file given as an image: a layout or the output of `docker save`, in a tar. */
export const archive: Target = {
  name: "archive",
  seeds: inFolder((folder) => {
    const docker = join(folder, "image.tar");
    writeDockerArchive([{ image: IMAGE, tags: ["team/app:1.0"] }], docker);
    const layout = join(folder, "layout");
    writeLayout(IMAGE, layout, { ref: "1.0" });
    const tars = [readFileSync(docker), tarOf(layout)];
    return [...tars, ...tars.map((tar) => gzipSync(tar))];
  }),
  mend: withChecksums,
  async run(input) {
    const folder = mkdtempSync(join(tmpdir(), "douane-fuzz-"));
    try {
      const path = join(folder, "image.tar");
      writeFileSync(path, input);
      const opened = await openImage(path, { env: {} });
      await opened.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "douane-fuzz-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tarOf(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const entries = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return { path: relative(folder, path), content: readFileSync(path) };
  });
  return Buffer.from(writeTar(entries));
}
