// Documents with repeated keys: we must read the same image as the engine.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archive, dockerFiles } from "../../test/fixtures/archive.ts";
import {
  config,
  edited,
  json,
  layoutOf,
  listed,
  MERGED,
  manifest,
  OCI_INDEX,
  OCI_MANIFEST,
} from "../../test/fixtures/layout-documents.ts";
import { openAndClose } from "../../test/fixtures/open.ts";

const refused = { code: "duplicate-key", exit: 65, message: expect.stringContaining("stands twice") };

test.each([
  ["two config objects in a config", MERGED],
  ["two users", edited(config({ config: { User: "1000" } }), '"User":', '"User":"0","User":')],
  ["two root file systems", edited(config(), '"rootfs":', '"rootfs":{},"rootfs":')],
  ["one label twice", edited(config({ config: { Labels: { a: "1" } } }), '{"a":"1"}', '{"a":"0","a":"1"}')],
])("%s are refused", async (_, of) => {
  await expect(openAndClose(layoutOf([{ blob: manifest(of) }], [of]))).rejects.toMatchObject(refused);
});

test("two configs, or two layer lists, in a manifest are refused", async () => {
  const evil = config({ config: { User: "0" } });
  for (const again of [`"config":${JSON.stringify(listed({ blob: evil }))},`, '"layers":[],']) {
    const of = edited(manifest(config()), '"config":', `${again}"config":`);
    const twice = edited(of, "}]", '}],"layers":[]');
    for (const blob of [of, twice]) {
      const opening = openAndClose(layoutOf([{ blob }], [config(), evil]));
      await expect(opening).rejects.toMatchObject(refused);
    }
  }
});

test("two lists of manifests in an index, at the top or nested, are refused", async () => {
  const good = manifest(config());
  const index = json(OCI_INDEX, { schemaVersion: 2, manifests: [listed({ blob: good })] });
  const nested = edited(index, '"manifests":', '"manifests":[],"manifests":');
  await expect(openAndClose(layoutOf([{ blob: nested }], [good, config()]))).rejects.toMatchObject(refused);

  const layout = layoutOf([{ blob: good }], [config()]);
  const entry = JSON.stringify(listed({ blob: good }));
  const twice = entry.replace(OCI_MANIFEST, `${OCI_MANIFEST}","mediaType":"${OCI_MANIFEST}`);
  writeFileSync(join(layout, "index.json"), `{"schemaVersion":2,"manifests":[${twice}]}`);
  await expect(openAndClose(layout)).rejects.toMatchObject(refused);
});

test("a layout file of two versions, or of another one, is refused", async () => {
  const layout = layoutOf([{ blob: manifest(config()) }], [config()]);
  const file = join(layout, "oci-layout");
  writeFileSync(file, '{"imageLayoutVersion":"2.0.0","imageLayoutVersion":"1.0.0"}');
  await expect(openAndClose(layout)).rejects.toMatchObject(refused);
  writeFileSync(file, '{"imageLayoutVersion":"1.1.0"}');
  await expect(openAndClose(layout)).rejects.toMatchObject({ code: "layout-version", exit: 65 });
  writeFileSync(file, "{}");
  await expect(openAndClose(layout)).rejects.toMatchObject({ code: "document-invalid", exit: 65 });
});

test("docker's manifest.json with two configs for one image is refused", async () => {
  const { "manifest.json": listing, ...files } = dockerFiles();
  const text = JSON.stringify(listing).replace('"Config":', '"Config":"other.json","Config":');
  const path = archive({ ...files, "manifest.json": text });
  await expect(openAndClose(`docker-archive:${path}`)).rejects.toMatchObject(refused);
});
