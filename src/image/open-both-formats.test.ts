// Archives that two tools could read as two images.

import { describe, expect, test } from "vitest";
import {
  archive,
  CONFIG,
  CONFIG_NAME,
  dockerFiles,
  file,
  IMAGE,
  layoutFiles,
} from "../../test/fixtures/archive.ts";
import { configOf, indexOf, manifestOf, withConfig, withFields } from "../../test/fixtures/image/image.ts";
import { OCI_MANIFEST } from "../../test/fixtures/layout-documents.ts";
import { openAndClose } from "../../test/fixtures/open.ts";
import { DouaneError } from "../contract/error.ts";
import { writeTar } from "./tar/write.ts";

const EVIL = configOf(withConfig(IMAGE, { User: "0", Cmd: ["/bin/evil"] }));
const ARM = withFields(IMAGE, { architecture: "arm64" });
const listed = (name: string, tag = "team/app:1.0") => ({
  Config: name,
  RepoTags: [tag],
  Layers: ["1/layer.tar"],
});
const linux = { platform: "linux/amd64" };

const hybrid = (change: Readonly<Record<string, unknown>>) =>
  archive({ ...dockerFiles(), ...layoutFiles(), ...change });

test.each([
  ["one image", [listed("evil.json")]],
  ["the judged image, and another one", [listed(CONFIG_NAME), listed("evil.json", "other:1")]],
])(
  "manifest.json that names %s than index.json does is refused, whatever is asked for",
  async (_, listing) => {
    const source = hybrid({ "evil.json": EVIL.bytes, "manifest.json": listing });
    const refused = { code: "formats-disagree", exit: 65, message: expect.stringContaining(EVIL.digest) };
    await expect(openAndClose(source)).rejects.toMatchObject(refused);
    await expect(openAndClose(`oci-archive:${source}`)).rejects.toMatchObject(refused);
  },
);

test("index.json that names another image than manifest.json, from which it was asked for, is refused", async () => {
  const source = hybrid({ "evil.json": EVIL.bytes, "manifest.json": [listed("evil.json")] });
  await expect(openAndClose(`docker-archive:${source}`)).rejects.toMatchObject({ code: "formats-disagree" });
});

test("under the name that was asked for, both must name one image", async () => {
  const both = [listed(CONFIG_NAME), listed("evil.json", "team/other:2.0")];
  const source = hybrid({ "evil.json": EVIL.bytes, "manifest.json": both });
  expect((await openAndClose(`oci-archive:${source}:1.0`)).imageId).toBe(CONFIG.digest);
  const swapped = [listed("evil.json"), listed(CONFIG_NAME, "team/other:2.0")];
  const evil = hybrid({ "evil.json": EVIL.bytes, "manifest.json": swapped });
  await expect(openAndClose(`oci-archive:${evil}:1.0`)).rejects.toMatchObject({ code: "formats-disagree" });
});

describe("index.json that names several images", () => {
  const evil = withConfig(IMAGE, { User: "0", Cmd: ["/bin/evil"] });
  const blobs = Object.fromEntries(
    [manifestOf(evil), configOf(evil)].map(({ digest, bytes }) => [`blobs/sha256/${digest.slice(7)}`, bytes]),
  );
  const entry = (image: typeof IMAGE, whole: string | undefined, tag?: string) => {
    const { mediaType, digest, bytes } = manifestOf(image);
    const annotations = {
      ...(whole === undefined ? {} : { "io.containerd.image.name": whole }),
      ...(tag === undefined ? {} : { "org.opencontainers.image.ref.name": tag }),
    };
    return { mediaType, digest, size: bytes.length, annotations };
  };
  const APP = "docker.io/team/app:1.0";
  const OTHER = "docker.io/team/other:1.0";
  const own = listed(CONFIG_NAME);
  const other = (config = CONFIG_NAME) => listed(config, "team/other:1.0");
  const saved = (manifests: readonly object[], listing: readonly object[]) =>
    hybrid({
      ...blobs,
      "evil.json": EVIL.bytes,
      "index.json": { schemaVersion: 2, manifests },
      "manifest.json": listing,
    });

  // What docker-archive:FILE:team/app:1.0 and docker-archive:FILE give.
  test.each<[string, readonly object[], readonly object[], string, string]>([
    [
      "one image under two names",
      [entry(IMAGE, APP, "1.0"), entry(IMAGE, OTHER, "1.0")],
      [own, other()],
      CONFIG.digest,
      CONFIG.digest,
    ],
    [
      "two images of one tag",
      [entry(IMAGE, APP, "1.0"), entry(evil, OTHER, "1.0")],
      [own, other("evil.json")],
      CONFIG.digest,
      "several-images",
    ],
    [
      "tags alone, one of which is the image's",
      [entry(IMAGE, undefined, "1.0"), entry(evil, undefined, "x")],
      [own],
      CONFIG.digest,
      CONFIG.digest,
    ],
    [
      "no names, one of which is the image",
      [entry(evil, undefined), entry(IMAGE, undefined)],
      [own],
      CONFIG.digest,
      CONFIG.digest,
    ],
    ["nothing, as Docker 25.0 writes for an image without a tag", [], [own], CONFIG.digest, CONFIG.digest],
    [
      "another image under its name",
      [entry(evil, APP, "1.0"), entry(IMAGE, OTHER, "1.0")],
      [own, other()],
      "formats-disagree",
      "formats-disagree",
    ],
    [
      "another image under its tag",
      [entry(evil, undefined, "1.0"), entry(IMAGE, undefined, "x")],
      [own],
      "formats-disagree",
      "formats-disagree",
    ],
    [
      "its name twice",
      [entry(IMAGE, APP, "1.0"), entry(evil, APP, "1.0")],
      [own],
      "formats-disagree",
      "formats-disagree",
    ],
    [
      "its name twice, it last",
      [entry(evil, APP, "1.0"), entry(IMAGE, APP, "1.0")],
      [own],
      "formats-disagree",
      "formats-disagree",
    ],
    [
      "other images alone",
      [entry(evil, OTHER, "1.0"), entry(evil, undefined, "y"), entry(ARM, undefined, "z")],
      [own],
      "formats-disagree",
      "formats-disagree",
    ],
  ])("%s", async (_, manifests, listing, ofName, ofArchive) => {
    const source = saved(manifests, listing);
    const opened = async (ref: string): Promise<unknown> => {
      try {
        return (await openAndClose(`docker-archive:${source}${ref}`)).imageId;
      } catch (error) {
        return error instanceof DouaneError ? error.code : error;
      }
    };
    expect(await opened(":team/app:1.0")).toBe(ofName);
    expect(await opened("")).toBe(ofArchive);
  });

  test("by its position, an entry is held to what manifest.json gives its names, or else to any", async () => {
    const entries = [entry(IMAGE, APP, "1.0"), entry(evil, OTHER, "2.0")];
    const opened = (listing: readonly object[]) => openAndClose(`oci-archive:${saved(entries, listing)}:@0`);
    expect((await opened([own, listed("evil.json", "team/other:2.0")])).imageId).toBe(CONFIG.digest);
    expect((await opened([listed("evil.json", "x:1"), listed(CONFIG_NAME, "y:1")])).imageId).toBe(
      CONFIG.digest,
    );
    for (const listing of [[listed("evil.json"), listed(CONFIG_NAME, "y:1")], [listed("evil.json", "x:1")]]) {
      await expect(opened(listing)).rejects.toMatchObject({ code: "formats-disagree" });
    }
  });
});

test("a name that manifest.json gives two images is refused, in a docker-archive alone, too", async () => {
  const files = { ...dockerFiles(), "evil.json": EVIL.bytes };
  const twice = archive({ ...files, "manifest.json": [listed(CONFIG_NAME), listed("evil.json")] });
  await expect(openAndClose(`${twice}:team/app:1.0`)).rejects.toMatchObject({
    code: "name-repeated",
    exit: 65,
  });
  const same = archive({ ...files, "manifest.json": [listed(CONFIG_NAME), listed(CONFIG_NAME)] });
  expect((await openAndClose(`${same}:team/app:1.0`)).imageId).toBe(CONFIG.digest);
});

describe("an index of two platforms, of which manifest.json names one", () => {
  const index = indexOf([IMAGE, ARM]);
  const blobs = [index, manifestOf(IMAGE), manifestOf(ARM), configOf(ARM)];
  const files = {
    ...Object.fromEntries(blobs.map(({ digest, bytes }) => [`blobs/sha256/${digest.slice(7)}`, bytes])),
    "arm.json": configOf(ARM).bytes,
    "index.json": {
      schemaVersion: 2,
      manifests: [{ mediaType: index.mediaType, digest: index.digest, size: index.bytes.length }],
    },
  };

  test("is read for the other one too, as `ctr export --all-platforms` writes it", async () => {
    const source = hybrid({ ...files, "manifest.json": [listed("arm.json")] });
    expect((await openAndClose(source, linux)).imageId).toBe(CONFIG.digest);
    expect((await openAndClose(source, { platform: "linux/arm64" })).imageId).toBe(configOf(ARM).digest);
    expect((await openAndClose(`docker-archive:${source}`)).imageId).toBe(configOf(ARM).digest);
  });

  test("is refused when manifest.json names for it what the index does not", async () => {
    const other = configOf(withConfig(ARM, { User: "0" }));
    const source = hybrid({ ...files, "arm.json": other.bytes, "manifest.json": [listed("arm.json")] });
    await expect(openAndClose(source, linux)).rejects.toMatchObject({ code: "formats-disagree" });
  });
});

test("a manifest.json whose config is not there names no image", async () => {
  const source = hybrid({ "manifest.json": [listed("gone.json")] });
  expect((await openAndClose(source)).imageId).toBe(CONFIG.digest);
});

test.each(["./manifest.json", ".//manifest.json", "x/../manifest.json", "/manifest.json"])(
  "a second manifest.json, by the name %s, is refused",
  async (path) => {
    const evil = JSON.stringify([listed("evil.json")]);
    const files = Object.entries(dockerFiles()).map(([name, value]) => ({
      path: name,
      content: value instanceof Uint8Array ? value : JSON.stringify(value),
    }));
    const tar = writeTar([...files, { path: "evil.json", content: EVIL.bytes }, { path, content: evil }]);
    await expect(openAndClose(file("app.tar", tar))).rejects.toMatchObject({ code: "archive-repeated" });
  },
);

test("a link in the place of index.json, before or after it, is refused", async () => {
  const files = Object.entries({ ...layoutFiles(), "evil.json": "{}" }).map(([path, content]) => ({
    path,
    content,
  }));
  const link = { path: "index.json", type: "symlink", link: "evil.json" } as const;
  for (const entries of [
    [link, ...files],
    [...files, link],
  ]) {
    await expect(openAndClose(file("app.tar", writeTar(entries)))).rejects.toMatchObject({
      code: "archive-repeated",
    });
  }
});

test("an archive whose names begin with a slash is read", async () => {
  const files = Object.entries(layoutFiles()).map(([path, content]) => ({ path: `/${path}`, content }));
  const opened = await openAndClose(file("app.tar", writeTar(files)));
  expect(opened.digest).toBe(manifestOf(IMAGE).digest);
  expect(manifestOf(IMAGE).mediaType).toBe(OCI_MANIFEST);
});
