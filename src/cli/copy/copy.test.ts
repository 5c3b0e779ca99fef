import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type ArtifactRegistry,
  type ArtifactRegistryOptions,
  startArtifactRegistry,
} from "../../../test/fixtures/artifact-registry.ts";
import { NOTARY, PROVENANCE, provenance } from "../../../test/fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../../../test/fixtures/attested-image.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { readPublicKey } from "../../attest/keys/public-key.ts";
import { readAttachments } from "../../attest/read/read-attachments.ts";
import { verifyAttachments } from "../../attest/read/verify-attachments.ts";
import { layoutArtifacts } from "../../attest/store/layout-artifacts.ts";
import { openStore } from "../../attest/store/open-store.ts";
import { sha256 } from "../../contract/digest.ts";

/** Attests in every layout: bundles, `.att`, and signatures of both kinds. */
async function attested(image: AttestedImage, target = image.target): Promise<void> {
  writeFileSync(join(image.cwd, "notary.key"), NOTARY.secretPem);
  writeFileSync(join(image.cwd, "provenance.json"), JSON.stringify(provenance()));
  const argv = ["attest", target, "--key", "notary.key", "--sign", "--predicate", "provenance.json"];
  const ended = await douane([...argv, "--type", PROVENANCE], { cwd: image.cwd });
  expect(ended).toMatchObject({ exit: 0 });
}

/** What a verifier sees of the image at a place. */
async function seen(place: string, { cwd, digest }: AttestedImage) {
  const opened = openStore(place, { env: {}, cwd });
  try {
    const found = await readAttachments(opened.store, digest);
    const key = readPublicKey(NOTARY.pem, "notary");
    const { statements, refused, imageSigners } = verifyAttachments(found, digest, [key]);
    const names = statements.map(({ name, statement }) => `${name} ${statement.predicateType}`);
    return { names: names.toSorted(), refused, problems: found.problems, signs: imageSigners.length };
  } finally {
    await opened.close();
  }
}

const copy = (cwd: string, ...argv: readonly string[]) => douane(["copy", ...argv], { cwd });

interface Place {
  readonly name: string;
  readonly registry?: ArtifactRegistry;
}

const PLACES: Readonly<Record<string, () => Promise<Place>>> = {
  "a registry with the referrers API": () => registryWith({ referrers: true }),
  "a registry without": () => registryWith({}),
  "an OCI layout": async () => ({ name: "oci:copied:1.0.0" }),
};

async function registryWith(options: ArtifactRegistryOptions): Promise<Place> {
  const registry = await startArtifactRegistry(options);
  return { name: `${registry.host}/platform/portal:1.0.0`, registry };
}

describe.each([
  ["a registry with the referrers API", { referrers: true }],
  ["a registry without", {}],
] as const)("from %s", (_, options) => {
  test.each(Object.entries(PLACES))("to %s: the same image, and the same attestations", async (__, place) => {
    const image = await attestedImage(options);
    await attested(image);
    const before = await seen(image.target, image);
    expect([before.names.length, before.signs]).toEqual([3, 1]);
    const { name } = await place();
    expect(await copy(image.cwd, image.target, name)).toMatchObject({ exit: 0, stderr: "" });
    expect(await seen(name, image)).toEqual(before);
    // And onwards, from there.
    const onwards = await registryWith({ referrers: true });
    expect(await copy(image.cwd, name, onwards.name)).toMatchObject({ exit: 0, stderr: "" });
    expect(await seen(onwards.name, image)).toEqual(before);
    const again = await copy(image.cwd, name, onwards.name);
    expect(again).toMatchObject({ exit: 0, stdout: expect.stringContaining("contents copied 0 (0 bytes)") });
  });
});

test("the tag is the source's, unless another is named, and is written after everything else", async () => {
  const image = await attestedImage();
  await attested(image);
  image.registry.manifests.set("2.1.0", image.registry.manifests.get(image.digest) ?? new Uint8Array());
  const { registry } = await registryWith({});
  const source = image.target.replace(/@.*/, ":2.1.0");
  expect((await copy(image.cwd, source, `${registry?.host}/x/y`)).exit).toBe(0);
  const puts = registry?.requests.filter(({ method }) => method === "PUT").map(({ url }) => url);
  expect(puts?.at(-1)).toBe("/v2/x/y/manifests/2.1.0");
  expect((await copy(image.cwd, image.target, `${registry?.host}/x/z`)).exit).toBe(0);
  expect(registry?.requests.at(-1)?.url).toBe(`/v2/x/z/manifests/${image.digest}`);
});

test("a layout that is there keeps what it holds", async () => {
  const image = await attestedImage();
  const other = await attestedImage();
  await attested(image);
  expect((await copy(image.cwd, image.target, "oci:both:1")).exit).toBe(0);
  const names = () => readdirSync(join(image.cwd, "both", "blobs", "sha256"));
  const before = names();
  expect((await copy(image.cwd, other.target, "oci:both:2")).exit).toBe(0);
  expect(names()).toEqual(expect.arrayContaining(before));
  expect(await layoutArtifacts(join(image.cwd, "both")).manifest("1")).toBeDefined();
  expect(names().filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
});

describe("a tag that is another image's", () => {
  test("is refused, nothing is written; --force replaces it", async () => {
    const image = await attestedImage();
    const { registry, name } = await registryWith({});
    const other = Buffer.from(JSON.stringify({ schemaVersion: 2, layers: [] }));
    registry?.manifests.set("1.0.0", other);
    const refused = await copy(image.cwd, image.target, name);
    expect(refused).toMatchObject({ exit: 64, stderr: expect.stringContaining(sha256(other)) });
    expect(registry?.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect((await copy(image.cwd, image.target, name, "--force")).exit).toBe(0);
    expect(registry?.manifests.get("1.0.0")).not.toEqual(other);
  });
});

describe("cosign's tags at the destination", () => {
  test("keep what they list, and what the source has is added", async () => {
    const image = await attestedImage();
    await attested(image);
    const { name } = await registryWith({});
    expect((await copy(image.cwd, image.target, name)).exit).toBe(0);
    writeFileSync(join(image.cwd, "more.json"), JSON.stringify({ more: 1 }));
    const argv = ["--key", "notary.key", "--layout", "tag", "--predicate", "more.json"];
    for (const [place, type] of [
      [name, "urn:there"],
      [image.target, "urn:source"],
    ] as const) {
      expect((await douane(["attest", place, ...argv, "--type", type], { cwd: image.cwd })).exit).toBe(0);
    }
    expect((await copy(image.cwd, image.target, name)).exit).toBe(0);
    const { names } = await seen(name, image);
    expect(names.map((one) => one.split(" ")[1])).toEqual(
      expect.arrayContaining(["urn:there", "urn:source"]),
    );
  });
});

describe("transfers", () => {
  test("that the registry fails are begun anew", async () => {
    const image = await attestedImage();
    let failed = 0;
    const { registry, name } = await registryWith({
      answer: ({ method, url }, response) => {
        if (method !== "PUT" || url?.includes("/blobs/uploads/") !== true || failed > 1) return false;
        failed++;
        response.writeHead(503).end();
        return true;
      },
    });
    expect((await copy(image.cwd, image.target, name)).exit).toBe(0);
    expect(failed).toBe(2);
    expect(registry?.manifests.has("1.0.0")).toBe(true);
  });

  test("within a registry are asked for as mounts, and uploaded if it does not", async () => {
    const image = await attestedImage();
    const target = `${image.registry.host}/platform/portal:1.0.0`;
    expect((await copy(image.cwd, image.target, target)).exit).toBe(0);
    const fresh = await attestedImage({
      answer: ({ method, url }, response) => {
        if (method === "HEAD" && url?.includes("/platform/") === true) response.writeHead(404).end();
        else if (method === "POST" && url?.includes("mount=") === true) response.writeHead(201).end();
        else return false;
        return true;
      },
    });
    const mounted = await copy(fresh.cwd, fresh.target, `${fresh.registry.host}/platform/portal:1.0.0`);
    expect(mounted).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("contents copied 0 (0 bytes)"),
    });
    const asked = fresh.registry.requests.filter(({ url }) => url?.includes("mount=") === true);
    expect(asked[0]?.url).toMatch(
      /\/v2\/platform\/portal\/blobs\/uploads\/\?mount=sha256%3A[0-9a-f]{64}&from=team%2Fportal$/,
    );
  });

  test.each(["changed", "shortened", "lengthened"])(
    "of content that was %s are refused: neither blob nor tag is written",
    async (how) => {
      const image = await attestedImage();
      const { registry, name } = await registryWith({});
      for (const [digest, bytes] of image.registry.blobs) {
        const other = Buffer.from(bytes);
        if (how === "changed") other[0] = (other[0] ?? 0) ^ 1;
        const lengthened = how === "lengthened" ? Buffer.concat([other, Buffer.from("x")]) : other;
        image.registry.blobs.set(digest, how === "shortened" ? other.subarray(1) : lengthened);
      }
      const ended = await copy(image.cwd, image.target, name);
      expect(ended.exit).toBe(65);
      expect([registry?.blobs.size, registry?.manifests.size]).toEqual([0, 0]);
      const layout = await copy(image.cwd, image.target, "oci:broken:1");
      expect(layout.exit).toBe(65);
      const blobs = join(image.cwd, "broken", "blobs", "sha256");
      expect(existsSync(blobs) ? readdirSync(blobs) : []).toEqual([]);
    },
    60_000,
  );
});

test("an attachment that the source lists and does not give is named, with 65, once everything else is copied", async () => {
  let gone: string | undefined;
  const image = await attestedImage({
    referrers: true,
    answer: ({ method, url }, response) => {
      if (method !== "GET" || gone === undefined || url?.endsWith(`/manifests/${gone}`) !== true)
        return false;
      response.writeHead(404).end();
      return true;
    },
  });
  await attested(image);
  gone = [...image.registry.manifests].find(([, bytes]) => "subject" in JSON.parse(String(bytes)))?.[0];
  const { name } = await registryWith({ referrers: true });
  const before = await seen(image.target, image);
  for (const [lang, words] of [
    ["en", "listed as attached to this image, but missing"],
    ["fr", "listé comme attaché à cette image, mais absent"],
  ] as const) {
    const ended = await copy(image.cwd, image.target, name, "--lang", lang);
    expect(ended).toMatchObject({ exit: 65, stderr: expect.stringContaining(words) });
    expect(ended.stderr).toContain(gone);
  }
  expect((await seen(name, image)).names).toEqual(before.names);
});

// A registry with the referrers API is written to by the same steps, without lists.
describe.each(Object.entries(PLACES).slice(1))(
  "to %s, whichever content of an attachment the source lost",
  (_, place) => {
    test("the rest is copied, verifies as at the source, and is completed by a second copy", async () => {
      const image = await attestedImage({ referrers: true });
      const own = new Set(image.registry.blobs.keys());
      await attested(image);
      const config = sha256(Buffer.from("{}"));
      const lost = [...image.registry.blobs.keys()].filter((digest) => !own.has(digest) && digest !== config);
      expect(lost.length).toBeGreaterThanOrEqual(4);
      const whole = await seen(image.target, image);
      for (const digest of lost) {
        const bytes = image.registry.blobs.get(digest) ?? new Uint8Array();
        image.registry.blobs.delete(digest);
        const { name } = await place();
        const target = name.replace("oci:copied", `oci:copied-${digest.slice(-8)}`);
        const ended = await copy(image.cwd, image.target, target);
        expect(ended).toMatchObject({ exit: 65, stdout: expect.stringContaining(image.digest) });
        expect(ended.stderr).toContain(digest);
        expect(ended.stderr).toContain("the image is copied, without 1 of its attachments");
        const before = await seen(image.target, image);
        const after = await seen(target, image);
        expect([after.names, after.signs, after.problems]).toEqual([before.names, before.signs, []]);
        image.registry.blobs.set(digest, bytes);
        expect(await copy(image.cwd, image.target, target)).toMatchObject({ exit: 0, stderr: "" });
        expect(await seen(target, image)).toEqual(whole);
      }
    });
  },
);

test("a list that names another image's attachment is said, and is no failure", async () => {
  const [image, other] = [await attestedImage(), await attestedImage()];
  await attested(image);
  await attested(other);
  const [tag = "", list] =
    [...image.registry.manifests].find(([key]) => /^sha256-[0-9a-f]{64}$/.test(key)) ?? [];
  const index = JSON.parse(String(list)) as { manifests: object[] };
  const foreign = Buffer.from(
    JSON.stringify({ schemaVersion: 2, layers: [], subject: { digest: sha256(Buffer.from("x")) } }),
  );
  image.registry.manifests.set(sha256(foreign), foreign);
  const manifests = [...index.manifests, { digest: sha256(foreign), size: foreign.length }];
  image.registry.manifests.set(tag, Buffer.from(JSON.stringify({ ...index, manifests })));
  const { name } = await registryWith({});
  const ended = await copy(image.cwd, image.target, name);
  expect(ended).toMatchObject({ exit: 0, stderr: expect.stringContaining("attaches it to another one") });
  expect((await copy(image.cwd, image.target, name, "--quiet")).stderr).toBe("");
});

test("an index that lists what the source lacks is refused", async () => {
  const image = await attestedImage();
  const child = {
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest: sha256(Buffer.from("x")),
    size: 1,
  };
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [child] }));
  image.registry.manifests.set("1.0.0", index);
  const { registry, name } = await registryWith({});
  const ended = await copy(image.cwd, image.target.replace(/@.*/, ":1.0.0"), name);
  expect(ended).toMatchObject({ exit: 65, stderr: expect.stringContaining("the source lacks") });
  expect(registry?.manifests.size).toBe(0);
});

test.each<[string, object]>([
  ["an index that is also a manifest", { schemaVersion: 2, manifests: [], layers: [] }],
  ["a list", []],
  ["another schema", { schemaVersion: 1 }],
  ["a layer without a size", { schemaVersion: 2, layers: [{ digest: sha256(Buffer.from("x")) }] }],
  ["a layer with a digest that is none", { schemaVersion: 2, layers: [{ digest: "../../x", size: 1 }] }],
])("%s is not copied", async (_, document) => {
  const image = await attestedImage();
  image.registry.manifests.set("1.0.0", Buffer.from(JSON.stringify(document)));
  const { registry, name } = await registryWith({});
  const ended = await copy(image.cwd, image.target.replace(/@.*/, ":1.0.0"), name);
  expect(ended).toMatchObject({ exit: 65, stderr: expect.stringContaining("not copied") });
  expect(registry?.manifests.size).toBe(0);
});

test("layers that lie outside of registries are not asked for", async () => {
  const image = await attestedImage();
  const foreign = {
    mediaType: "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
    digest: sha256(Buffer.from("windows")),
    size: 9,
    urls: ["http://127.0.0.1:1/x"],
  };
  image.registry.manifests.set("1.0.0", Buffer.from(JSON.stringify({ schemaVersion: 2, layers: [foreign] })));
  const { name } = await registryWith({});
  expect((await copy(image.cwd, image.target.replace(/@.*/, ":1.0.0"), name)).exit).toBe(0);
});

describe("the command line", () => {
  test.each<[string, (image: AttestedImage) => readonly string[], string]>([
    ["one operand", ({ target }) => [target], "source and a destination"],
    ["three", ({ target }) => [target, target, target], "source and a destination"],
    ["a destination by digest", ({ target }) => [target, target], "named by a tag"],
    ["a destination without a registry", ({ target }) => [target, "portal:1"], "copied from a registry"],
    ["an engine", ({ target }) => ["podman:x", target], "copied from a registry"],
    ["a folder that holds something else", ({ target }) => [target, "oci:full:1"], "empty or to be made"],
    ["a tag that is none", ({ target }) => [target, "oci:new:../x"], "copied from a registry"],
    ["a source that is no layout", ({ target }) => ["oci:full", target], "copied from a registry"],
  ])("%s", async (_, argv, said) => {
    const image = await attestedImage();
    mkdirSync(join(image.cwd, "full"));
    writeFileSync(join(image.cwd, "full", "a"), "");
    const ended = await copy(image.cwd, ...argv(image));
    expect(ended).toMatchObject({ exit: 64, stdout: "", stderr: expect.stringContaining(said) });
  });

  test("an image that is not there", async () => {
    const image = await attestedImage();
    const { name } = await registryWith({});
    const ended = await copy(image.cwd, image.target.replace(/@.*/, ":9.9.9"), name);
    expect(ended).toMatchObject({ exit: 69, stderr: expect.stringContaining("not at the source") });
  });
});

test("a layout's blobs behind a link out of it are not written to, and a whole one has one image", async () => {
  const image = await attestedImage();
  expect((await copy(image.cwd, image.target, "oci:made:1")).exit).toBe(0);
  const index = JSON.parse(readFileSync(join(image.cwd, "made", "index.json"), "utf8")) as {
    manifests: object[];
  };
  expect(index.manifests).toHaveLength(1);
  const [linked, outside] = [join(image.cwd, "linked"), join(image.cwd, "outside")];
  mkdirSync(linked);
  mkdirSync(outside);
  writeFileSync(join(linked, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [] }));
  symlinkSync(outside, join(linked, "blobs"));
  const ended = await copy(image.cwd, image.target, "oci:linked:1");
  expect(ended.exit).not.toBe(0);
  expect(readdirSync(outside)).toEqual([]);
});
