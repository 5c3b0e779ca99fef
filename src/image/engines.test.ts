// Behaviour of other image readers, verified by running them, as documented in docs/readers.md.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layoutOf, MERGED, manifest } from "../../test/fixtures/layout-documents.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";

test("umoci starts the entrypoint of the first of two config objects, which JSON.parse does not see", () => {
  const top = manifest(MERGED);
  const fields = { annotations: { "org.opencontainers.image.ref.name": "1" } };
  const layout = layoutOf([{ blob: top, fields }], [MERGED]);
  const bundle = join(temporaryDirectory(), "bundle");
  execFileSync("umoci", ["unpack", "--rootless", "--image", `${layout}:1`, bundle]);
  const { process } = JSON.parse(readFileSync(join(bundle, "config.json"), "utf8"));
  expect(process).toMatchObject({ user: { uid: 1001 }, args: ["/bin/evil", "/bin/app"] });
  expect(JSON.parse(Buffer.from(MERGED.bytes).toString()).config).not.toHaveProperty("Entrypoint");
});
