import { describe, expect, test } from "vitest";
import { type MemoryArtifacts, memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import { sha256 } from "../../contract/digest.ts";
import { UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { cosignTag, ownTag, referrersTag } from "../attach/subject.ts";
import { INDEX_TYPE, MANIFEST_TYPE } from "../store/artifact-manifest.ts";
import { type CopyRequest, copyImage } from "./copy-image.ts";
import type { CopySource, CopyTarget } from "./copy-ports.ts";

const NO_PAUSE = async () => {};

interface Place extends CopySource, CopyTarget, MemoryArtifacts {
  readonly mountable: Set<string>;
  /** Manifests that were asked for, in order. */
  readonly asked: string[];
  /** Names that were written, in order: digests of parts, digests and tags. */
  readonly order: string[];
}

function place(referrers?: true): Place {
  const store = memoryArtifacts(referrers === undefined ? {} : { referrers });
  const [mountable, asked, order] = [new Set<string>(), [] as string[], [] as string[]];
  return {
    ...store,
    mountable,
    asked,
    order,
    manifest: async (reference) => {
      asked.push(reference);
      return store.manifest(reference);
    },
    putManifest: async (reference, mediaType, bytes) => {
      order.push(reference);
      return store.putManifest(reference, mediaType, bytes);
    },
    putPart: async (_, bytes) => {
      order.push(sha256(bytes));
      store.manifests.set(sha256(bytes), bytes);
    },
    stream: async function* ({ digest }) {
      const bytes = store.blobs.get(digest);
      if (bytes === undefined) throw new UnavailableError("image-not-found", { fr: digest, en: digest });
      yield bytes;
    },
    hasBlob: async ({ digest }) => store.blobs.has(digest),
    putStream: async ({ digest }, open) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of open()) pieces.push(piece);
      store.blobs.set(digest, Buffer.concat(pieces));
    },
    mount: async (digest, from) => from === "registry.example/other" && mountable.has(digest),
  };
}

const json = (value: object) => Buffer.from(JSON.stringify(value));

/** Puts a blob and gives its descriptor. */
function blob(at: Place, text: string) {
  const bytes = Buffer.from(text);
  at.blobs.set(sha256(bytes), bytes);
  return { mediaType: "application/octet-stream", digest: sha256(bytes), size: bytes.length };
}

function put(at: Place, value: object, ...names: readonly string[]): Digest {
  const bytes = json({ schemaVersion: 2, mediaType: MANIFEST_TYPE, ...value });
  at.manifests.set(sha256(bytes), bytes);
  for (const name of names) at.names.set(name, sha256(bytes));
  return sha256(bytes);
}

function putImage(at: Place, text: string, ...names: readonly string[]): Digest {
  return put(at, { config: blob(at, `config ${text}`), layers: [blob(at, `layer ${text}`)] }, ...names);
}

/** An artifact that is attached to this digest, without a place in a list. */
function putAttached(at: Place, subject: Digest, text: string): Digest {
  return put(at, {
    config: blob(at, "{}"),
    layers: [blob(at, text)],
    subject: { mediaType: MANIFEST_TYPE, digest: subject, size: 1 },
  });
}

const copy = (source: Place, target: Place, more: Partial<CopyRequest> = {}) =>
  copyImage({ source, target, from: "v1", tag: "v1", force: false, ...more }, NO_PAUSE);

describe("what is attached", () => {
  test("is copied with what is attached to it, two levels deep, and each once", async () => {
    const [source, target] = [place(true), place(true)];
    const image = putImage(source, "a", "v1");
    const [sbom, scan] = [putAttached(source, image, "sbom"), putAttached(source, image, "scan")];
    const signature = putAttached(source, sbom, "signature");
    const third = putAttached(source, signature, "third level");
    const { attachments, digest, omitted } = await copy(source, target);
    expect([digest, attachments, omitted]).toEqual([image, 3, []]);
    for (const one of [image, sbom, scan, signature]) expect(target.manifests.has(one)).toBe(true);
    expect(target.manifests.has(third)).toBe(false);
    expect(target.order.at(-1)).toBe("v1");
  });

  test("that a list names and the source does not give is named, and everything else is copied", async () => {
    const [source, target] = [place(), place()];
    const [image, other] = [putImage(source, "a", "v1"), putImage(source, "b")];
    const [own, foreign] = [putAttached(source, image, "own"), putAttached(source, other, "foreign")];
    const absent = sha256(Buffer.from("absent"));
    const damaged = Buffer.from("{");
    source.manifests.set(sha256(damaged), damaged);
    const digests = [own, foreign, absent, sha256(damaged), "sha512:00", "sha256:../x", undefined];
    const manifests = digests.map((digest) => ({ digest }));
    put(source, { mediaType: INDEX_TYPE, manifests }, referrersTag(image));
    const { attachments, omitted } = await copy(source, target);
    expect(attachments).toBe(1);
    expect(Object.fromEntries(omitted.map(({ name, code }) => [name, code]))).toEqual({
      [foreign]: "other-image",
      [absent]: "attachment-missing",
      [sha256(damaged)]: "json-invalid",
      "sha512:00": "attachment-digest",
      "sha256:../x": "attachment-digest",
      "?": "attachment-digest",
    });
    expect(target.names.get("v1")).toBe(image);
  });

  test("to an attachment, if it is missing, is named, too", async () => {
    const [source, target] = [place(), place(true)];
    const image = putImage(source, "a", "v1");
    const sbom = putAttached(source, image, "sbom");
    const absent = sha256(Buffer.from("absent"));
    put(source, { mediaType: INDEX_TYPE, manifests: [{ digest: sbom }] }, referrersTag(image));
    put(source, { mediaType: INDEX_TYPE, manifests: [{ digest: absent }] }, referrersTag(sbom));
    expect(await copy(source, target)).toMatchObject({
      attachments: 1,
      omitted: [{ name: absent, code: "attachment-missing" }],
    });
  });

  test("under a damaged list is no less than what the list names", async () => {
    const [source, target] = [place(), place()];
    const image = putImage(source, "a", "v1");
    const own = putAttached(source, image, "own");
    source.names.set(ownTag(image, own), own);
    const list = Buffer.from("[");
    source.manifests.set(sha256(list), list);
    source.names.set(referrersTag(image), sha256(list));
    expect(await copy(source, target)).toMatchObject({
      attachments: 1,
      omitted: [{ name: referrersTag(image), code: "json-invalid" }],
    });
  });

  test("of another image, which a list names, is left out", async () => {
    const [source, target] = [place(), place()];
    const [image, other] = [putImage(source, "a", "v1"), putImage(source, "b")];
    const [own, foreign] = [putAttached(source, image, "own"), putAttached(source, other, "foreign")];
    const manifests = [{ digest: own }, { digest: foreign }, { digest: sha256(Buffer.from("absent")) }];
    put(source, { mediaType: INDEX_TYPE, manifests }, referrersTag(image));
    expect((await copy(source, target)).attachments).toBe(1);
    expect([target.manifests.has(own), target.manifests.has(foreign)]).toEqual([true, false]);
  });

  test("has a tag of its own and a place in the index at a target without the referrers API", async () => {
    const [source, target] = [place(true), place()];
    const image = putImage(source, "a", "v1");
    const [first, second] = [putAttached(source, image, "1"), putAttached(source, image, "2")];
    await copy(source, target);
    expect([...target.names.keys()].toSorted()).toEqual(
      ["v1", referrersTag(image), ownTag(image, first), ownTag(image, second)].toSorted(),
    );
    const index = JSON.parse(String(await target.manifest(referrersTag(image)))) as {
      manifests: { digest: string }[];
    };
    expect(index.manifests.map(({ digest }) => digest).toSorted()).toEqual([first, second].toSorted());
  });

  test("has no tag of its own at a target with the referrers API", async () => {
    const [source, target] = [place(), place(true)];
    const image = putImage(source, "a", "v1");
    const first = putAttached(source, image, "1");
    source.names.set(ownTag(image, first), first);
    put(source, { mediaType: INDEX_TYPE, manifests: [{ digest: first }] }, referrersTag(image));
    expect((await copy(source, target)).attachments).toBe(1);
    expect([...target.names.keys()]).toEqual(["v1"]);
    // The attachment's digest is listed, so that its own tag is not read as well.
    expect(source.asked).not.toContain(ownTag(image, first));
  });

  test("by its own tag alone, which a writer has not listed yet, is copied", async () => {
    const [source, target] = [place(), place(true)];
    const image = putImage(source, "a", "v1");
    const first = putAttached(source, image, "1");
    source.names.set(ownTag(image, first), first);
    source.names.set(`${referrersTag(image)}.backup`, first);
    expect((await copy(source, target)).attachments).toBe(1);
    expect(target.manifests.has(first)).toBe(true);
  });

  test.each(["att", "sig"] as const)(
    "under cosign's tag .%s is added to the target's layers",
    async (kind) => {
      const [source, target] = [place(true), place(true)];
      const image = putImage(source, "a", "v1");
      const tag = cosignTag(image, kind);
      const layersOf = async () => {
        const { layers } = JSON.parse(String(await target.manifest(tag))) as { layers: { digest: string }[] };
        return layers.map(({ digest }) => digest);
      };
      const [ours, theirs] = [blob(source, "ours"), blob(target, "theirs")];
      put(source, { config: blob(source, "{}"), layers: [ours] }, tag);
      expect((await copy(source, target)).attachments).toBe(1);
      expect(await layersOf()).toEqual([ours.digest]);
      put(target, { config: blob(target, "{}"), layers: [theirs] }, tag);
      expect((await copy(source, target)).attachments).toBe(1);
      expect(await layersOf()).toEqual([theirs.digest, ours.digest]);
      // The config lists its layers, as an image's does.
      const { config } = JSON.parse(String(await target.manifest(tag))) as { config: { digest: Digest } };
      expect(JSON.parse(String(target.blobs.get(config.digest)))).toMatchObject({
        history: [{ created: "0001-01-01T00:00:00Z" }, { created: "0001-01-01T00:00:00Z" }],
        rootfs: { type: "layers", diff_ids: [theirs.digest, ours.digest] },
      });
    },
  );

  test("to the platforms of an index is copied, too", async () => {
    const [source, target] = [place(true), place(true)];
    const [amd, arm] = [putImage(source, "amd"), putImage(source, "arm")];
    const manifests = [amd, arm].map((digest) => ({ mediaType: MANIFEST_TYPE, digest, size: 1 }));
    const index = put(source, { mediaType: INDEX_TYPE, manifests }, "v1");
    const attached = [amd, arm, index].map((digest) => putAttached(source, digest, `of ${digest}`));
    expect(await copy(source, target)).toMatchObject({ digest: index, manifests: 3, attachments: 3 });
    for (const digest of attached) expect(target.manifests.has(digest)).toBe(true);
    expect(target.order.slice(0, 3)).toEqual([amd, arm, index]);
  });
});

describe("an attachment whose content the source lacks is named, and everything else is copied", () => {
  const lost = (at: Place, text: string) => at.blobs.delete(sha256(Buffer.from(text)));

  test.each([
    ["with the referrers API", true],
    ["without", undefined],
  ] as const)("to a target %s", async (_, api) => {
    const [source, target] = [place(true), place(api)];
    const image = putImage(source, "a", "v1");
    const [whole, broken] = [putAttached(source, image, "whole"), putAttached(source, image, "broken")];
    const signature = putAttached(source, broken, "signature of what is broken");
    lost(source, "broken");
    expect(await copy(source, target)).toMatchObject({
      attachments: 1,
      omitted: [{ name: broken, code: "copy-blob-missing" }],
    });
    expect([whole, broken, signature].map((one) => target.manifests.has(one))).toEqual([true, false, false]);
    expect(target.order.at(-1)).toBe("v1");
    const lists = api === undefined ? [referrersTag(image), ownTag(image, whole)] : [];
    expect([...target.names.keys()].toSorted()).toEqual(["v1", ...lists].toSorted());
    // Once the source has the content again, a second copy completes the first.
    blob(source, "broken");
    expect(await copy(source, target)).toMatchObject({ attachments: 3, omitted: [] });
    expect([broken, signature].map((one) => target.manifests.has(one))).toEqual([true, true]);
  });

  test("or changed", async () => {
    const [source, target] = [place(true), place(true)];
    const image = putImage(source, "a", "v1");
    const changed = putAttached(source, image, "changed");
    source.blobs.set(sha256(Buffer.from("changed")), Buffer.from("CHANGED"));
    expect(await copy(source, target)).toMatchObject({
      attachments: 0,
      omitted: [{ name: changed, code: "digest-mismatch" }],
    });
    expect([target.manifests.has(changed), target.order.at(-1)]).toEqual([false, "v1"]);
  });

  describe.each(["att", "sig"] as const)("under cosign's tag .%s", (kind) => {
    const layersAt = async (at: Place, tag: string) => {
      const bytes = await at.manifest(tag);
      if (bytes === undefined) return undefined;
      const { layers } = JSON.parse(String(bytes)) as { layers: { digest: string }[] };
      return layers.map(({ digest }) => digest);
    };
    const listed = () => {
      const [source, target] = [place(true), place(true)];
      const tag = cosignTag(putImage(source, "a", "v1"), kind);
      const layers = ["one", "two", "three"].map((text) => blob(source, text));
      put(source, { config: blob(source, "{}"), layers }, tag);
      const [one = "", two = "", three = ""] = layers.map(({ digest }) => digest);
      return { source, target, tag, one, two, three };
    };

    test("the other layers are copied, and a second copy adds it", async () => {
      const { source, target, tag, one, two, three } = listed();
      lost(source, "two");
      expect((await copy(source, target)).omitted).toMatchObject([{ name: two, code: "copy-blob-missing" }]);
      expect(await layersAt(target, tag)).toEqual([one, three]);
      expect(target.names.has("v1")).toBe(true);
      blob(source, "two");
      expect((await copy(source, target)).omitted).toEqual([]);
      expect(await layersAt(target, tag)).toEqual([one, three, two]);
    });

    test("the target's layers stay", async () => {
      const { source, target, tag, one, three } = listed();
      const own = blob(target, "own");
      put(target, { config: blob(target, "{}"), layers: [own] }, tag);
      lost(source, "two");
      await copy(source, target);
      expect(await layersAt(target, tag)).toEqual([own.digest, one, three]);
    });

    test("without any layer there is no tag", async () => {
      const { source, target, tag, one, two, three } = listed();
      for (const text of ["one", "two", "three"]) lost(source, text);
      const { omitted, attachments } = await copy(source, target);
      expect([omitted.map(({ name }) => name).toSorted(), attachments]).toEqual([
        [one, two, three].toSorted(),
        0,
      ]);
      expect([await layersAt(target, tag), target.names.has("v1")]).toEqual([undefined, true]);
    });

    test("layers without their config are copied with a config of their own", async () => {
      const { source, target, tag, one, two, three } = listed();
      lost(source, "{}");
      expect((await copy(source, target)).omitted).toMatchObject([{ code: "copy-blob-missing" }]);
      expect(await layersAt(target, tag)).toEqual([one, two, three]);
    });

    test.each([
      ["no manifest", "[]"],
      [
        "an index that lists what the source lacks",
        JSON.stringify({ schemaVersion: 2, manifests: [{ digest: sha256(Buffer.from("x")), size: 1 }] }),
      ],
    ])("%s is named by its tag", async (_, text) => {
      const { source, target, tag } = listed();
      source.manifests.set(sha256(Buffer.from(text)), Buffer.from(text));
      source.names.set(tag, sha256(Buffer.from(text)));
      expect((await copy(source, target)).omitted).toMatchObject([{ name: tag }]);
      expect([target.names.has(tag), target.names.has("v1")]).toEqual([false, true]);
    });
  });

  test("but a failure of the target or of the network ends the copy", async () => {
    const [source, target] = [place(true), place(true)];
    const image = putImage(source, "a", "v1");
    putAttached(source, image, "sbom");
    const full = new UnavailableError("registry-read-only", { fr: "plein", en: "full" });
    const isSbom = ({ digest }: { digest: Digest }) => digest === sha256(Buffer.from("sbom"));
    const refusing: Place = {
      ...target,
      putStream: async (ref, open) => {
        if (isSbom(ref)) throw full;
        await target.putStream(ref, open);
      },
    };
    await expect(copy(source, refusing)).rejects.toBe(full);
    const unreachable: Place = {
      ...source,
      stream: (ref) => {
        if (isSbom(ref)) throw new UnavailableError("registry-busy", { fr: "x", en: "x" });
        return source.stream(ref);
      },
    };
    await expect(copy(unreachable, target)).rejects.toMatchObject({ code: "registry-busy" });
    expect(target.names.has("v1")).toBe(false);
  });
});

describe("contents", () => {
  test("of the image itself, if the source lacks them, end the copy", async () => {
    const [source, target] = [place(true), place(true)];
    putImage(source, "a", "v1");
    source.blobs.delete(sha256(Buffer.from("layer a")));
    await expect(copy(source, target)).rejects.toMatchObject({ code: "copy-blob-missing", exit: 65 });
    expect(target.order).toEqual([]);
  });

  test("are transferred, taken from another repository or there already, each once", async () => {
    const [source, target] = [place(true), place(true)];
    const [config, first, second] = ["config", "first!", "second"].map((text) => blob(source, text));
    put(source, { config, layers: [first, second, second] }, "v1");
    target.mountable.add(first?.digest ?? "");
    blob(target, "second");
    expect(await copy(source, target, { mountFrom: "registry.example/other" })).toMatchObject({
      copied: 1,
      bytes: 6,
      mounted: 1,
      present: 1,
    });
  });

  test("are transferred where no repository is named", async () => {
    const [source, target] = [place(true), place(true)];
    putImage(source, "a", "v1");
    for (const digest of source.blobs.keys()) target.mountable.add(digest);
    expect(await copy(source, target)).toMatchObject({ copied: 2, mounted: 0, present: 0 });
  });

  test.each([
    ["too long", "layer aa", "size-mismatch"],
    ["too short", "layer", "size-mismatch"],
    ["changed", "layer b", "digest-mismatch"],
    ["empty", "", "size-mismatch"],
  ])("that are %s are not copied, and the tag is not written", async (_, text, code) => {
    const [source, target] = [place(true), place(true)];
    putImage(source, "a", "v1");
    source.blobs.set(sha256(Buffer.from("layer a")), Buffer.from(text));
    await expect(copy(source, target)).rejects.toMatchObject({ code });
    expect([target.order, target.blobs.has(sha256(Buffer.from("layer a")))]).toEqual([[], false]);
  });
});

describe("an image", () => {
  test("that the source lacks is named", async () => {
    await expect(copy(place(), place())).rejects.toMatchObject({ code: "image-not-found" });
  });

  test("under a tag that is another's is not replaced without force", async () => {
    const [source, target] = [place(true), place(true)];
    const [image, other] = [putImage(source, "a", "v1"), putImage(target, "b", "v1")];
    await expect(copy(source, target)).rejects.toMatchObject({ code: "copy-tag-taken" });
    expect(target.names.get("v1")).toBe(other);
    await copy(source, target, { force: true });
    expect(target.names.get("v1")).toBe(image);
    await expect(copy(source, target)).resolves.toMatchObject({ digest: image });
  });

  test("without a tag is there by its digest", async () => {
    const [source, target] = [place(true), place(true)];
    const image = putImage(source, "a", "v1");
    await copyImage({ source, target, from: "v1", force: false }, NO_PAUSE);
    expect([[...target.names.keys()], target.order.at(-1)]).toEqual([[], image]);
  });

  test("of an index that lists what the source lacks is not copied", async () => {
    const source = place(true);
    const manifests = [{ digest: sha256(Buffer.from("absent")), size: 1 }];
    put(source, { mediaType: INDEX_TYPE, manifests }, "v1");
    await expect(copy(source, place(true))).rejects.toMatchObject({ code: "copy-incomplete" });
  });

  test("of four indexes within each other is copied, of five not", async () => {
    const source = place(true);
    let digest = putImage(source, "a", "v0");
    for (let level = 1; level <= 4; level++) {
      digest = put(source, { mediaType: INDEX_TYPE, manifests: [{ digest, size: 1 }] }, `v${level}`);
    }
    await expect(copy(source, place(true), { from: "v3" })).resolves.toMatchObject({ manifests: 4 });
    await expect(copy(source, place(true), { from: "v4" })).rejects.toMatchObject({ code: "copy-levels" });
  });
});
