import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { hexOf, sha256 } from "../../contract/digest.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Fields } from "../../json/fields.ts";
import { INDEX_TYPE, MANIFEST_TYPE } from "./artifact-manifest.ts";
import { layoutArtifacts, nameOf, readIndex } from "./layout-artifacts.ts";

const IMAGE = sha256(Buffer.from("image"));

interface Entry {
  readonly digest: string;
  readonly name?: string;
}

/** A layout with these entries in its index, without their content. */
function layout(...entries: readonly Entry[]): string {
  const folder = temporaryDirectory();
  const manifests = entries.map(({ digest, name }) => ({
    mediaType: MANIFEST_TYPE,
    digest,
    ...(name === undefined ? {} : { annotations: { "org.opencontainers.image.ref.name": name } }),
  }));
  writeFileSync(
    join(folder, "index.json"),
    JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests }),
  );
  return folder;
}

function manifestOf(more: object = {}): Buffer {
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST_TYPE, layers: [], ...more }));
}

const ATTACHED = manifestOf({ artifactType: "a/b", subject: { digest: IMAGE } });

test("what is put is there by its digest, and a manifest by its tag", async () => {
  const folder = layout();
  const store = layoutArtifacts(folder);
  const digest = await store.putBlob(Buffer.from("blob"));
  expect(digest).toBe(sha256(Buffer.from("blob")));
  expect(readFileSync(join(folder, "blobs", "sha256", hexOf(digest)), "utf8")).toBe("blob");
  expect(Buffer.from((await store.blob({ digest, size: 4 }, 4)) ?? []).toString()).toBe("blob");
  expect(await store.blob({ digest: IMAGE, size: 4 }, 4)).toBeUndefined();
  expect(await store.putManifest("v1", MANIFEST_TYPE, manifestOf())).toBe(false);
  for (const reference of ["v1", sha256(manifestOf())])
    expect(Buffer.from((await store.manifest(reference)) ?? [])).toEqual(manifestOf());
  expect(await store.manifest("v2")).toBeUndefined();
  expect(readdirSync(join(folder, "blobs", "sha256")).filter((name) => name.endsWith(".new"))).toEqual([]);
});

test("an attachment is listed with its type, and is a referrer of its subject alone", async () => {
  const folder = layout({ digest: "no digest" }, { digest: sha256(Buffer.from("gone")) });
  const store = layoutArtifacts(folder);
  expect(await store.putManifest(sha256(ATTACHED), MANIFEST_TYPE, ATTACHED)).toBe(true);
  const entry = {
    mediaType: MANIFEST_TYPE,
    digest: sha256(ATTACHED),
    size: ATTACHED.length,
    artifactType: "a/b",
  };
  expect(await store.referrers(IMAGE)).toEqual([entry]);
  expect(await store.referrers(sha256(Buffer.from("other")))).toEqual([]);
  expect(readIndex(folder)).toMatchObject({ schemaVersion: 2, mediaType: INDEX_TYPE });
});

test("an entry takes the place of the one of its name, or of its digest", async () => {
  const folder = layout({ digest: IMAGE, name: "v1" }, { digest: IMAGE, name: "v2" }, { digest: IMAGE });
  const store = layoutArtifacts(folder);
  const names = () =>
    (readIndex(folder)["manifests"] as readonly Fields[]).map((one) => [nameOf(one), one["digest"]]);
  await store.putManifest("v1", MANIFEST_TYPE, manifestOf());
  expect(names()).toEqual([
    ["v2", IMAGE],
    [undefined, IMAGE],
    ["v1", sha256(manifestOf())],
  ]);
  await store.putManifest(sha256(ATTACHED), MANIFEST_TYPE, ATTACHED);
  await store.putManifest(sha256(ATTACHED), MANIFEST_TYPE, ATTACHED);
  expect(names().filter(([, digest]) => digest === sha256(ATTACHED))).toHaveLength(1);
  expect(names()).toHaveLength(4);
  expect(await store.tags("v")).toEqual(["v2", "v1"]);
  expect(await store.tags("v1")).toEqual(["v1"]);
  expect(await store.tags("x")).toEqual([]);
});

describe("a layout is refused", () => {
  test.each([
    ["without an index", (folder: string) => rmSync(join(folder, "index.json")), "not-a-layout"],
    [
      "with an index that is no object",
      (folder: string) => writeFileSync(join(folder, "index.json"), "[]"),
      "not-a-layout",
    ],
    [
      "with an index that is a folder",
      (folder: string) => {
        rmSync(join(folder, "index.json"));
        mkdirSync(join(folder, "index.json"));
      },
      "layout-unreadable",
    ],
    [
      "with an index that is too long",
      (folder: string) =>
        writeFileSync(join(folder, "index.json"), Buffer.alloc(LIMITS.manifestBytes + 1, " ")),
      "document-too-large",
    ],
  ])("%s", (_, change, code) => {
    const folder = layout();
    change(folder);
    expect(() => readIndex(folder)).toThrow(expect.objectContaining({ code }));
  });

  test("with a blob whose content is another", async () => {
    const folder = layout({ digest: IMAGE, name: "v1" });
    mkdirSync(join(folder, "blobs", "sha256"), { recursive: true });
    writeFileSync(join(folder, "blobs", "sha256", hexOf(IMAGE)), "other");
    await expect(layoutArtifacts(folder).manifest("v1")).rejects.toThrow(/sha256/);
  });

  test.each(["blobs", "blobs/sha256"])("for writing, where %s is a link that leads out", async (name) => {
    const [folder, outside] = [layout(), temporaryDirectory()];
    if (name === "blobs/sha256") mkdirSync(join(folder, "blobs"));
    symlinkSync(outside, join(folder, name));
    await expect(layoutArtifacts(folder).putBlob(Buffer.from("x"))).rejects.toThrow(
      expect.objectContaining({ code: "layout-link" }),
    );
    expect(readdirSync(outside)).toEqual([]);
  });

  test("not where a link stays inside", async () => {
    const folder = layout();
    mkdirSync(join(folder, "real"));
    symlinkSync("real", join(folder, "blobs"));
    const digest = await layoutArtifacts(folder).putBlob(Buffer.from("x"));
    expect(existsSync(join(folder, "real", "sha256", hexOf(digest)))).toBe(true);
  });

  test("not a link at the name of a new file: it is replaced", async () => {
    const [folder, outside] = [layout(), temporaryDirectory()];
    writeFileSync(join(outside, "target"), "kept");
    symlinkSync(join(outside, "target"), join(folder, "index.json.new"));
    await layoutArtifacts(folder).putManifest("v1", MANIFEST_TYPE, manifestOf());
    expect(readFileSync(join(outside, "target"), "utf8")).toBe("kept");
    expect(lstatSync(join(folder, "index.json")).isFile()).toBe(true);
  });
});
