import { describe, expect, test } from "vitest";
import { type MemoryArtifacts, memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import { hexOf, sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { attachBundles } from "../attach/attach.ts";
import { bundleManifest, formatBundle } from "../attach/bundle.ts";
import { ownTag } from "../attach/subject.ts";
import { ENVELOPE_TYPE, formatEnvelope } from "../dsse/envelope.ts";
import { signEnvelope } from "../dsse/sign-envelope.ts";
import { statementBytes } from "../in-toto/write-statement.ts";
import { generateKey } from "../keys/generate-key.ts";
import { readPrivateKey } from "../keys/private-key.ts";
import { readPublicKey } from "../keys/public-key.ts";
import { signedBy } from "../keys/sign.ts";
import { type Attachments, readAttachments } from "./read-attachments.ts";
import { verifyAttachments } from "./verify-attachments.ts";

const TYPE = "application/vnd.in-toto+json";
const IMAGE = sha256(Buffer.from("image"));
const OTHER = sha256(Buffer.from("other image"));
const TAG = `sha256-${hexOf(IMAGE)}`;
const CREATED = new Date("2026-06-15T12:00:00Z");

function pair() {
  const { secret, open } = generateKey("ed25519");
  return { secret: readPrivateKey(secret, "k", undefined), open: readPublicKey(open, "k.pub") };
}
const OURS = pair();
const THEIRS = pair();

function envelope(type = "a:a", digest: Digest = IMAGE, { secret } = OURS) {
  return signEnvelope(TYPE, statementBytes({ name: "app", digest }, { type, content: {} }), secret);
}

const subjectOf = (digest: Digest) => ({
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  digest,
  size: 5,
});

/** Puts a bundle with this content; its manifest is listed nowhere. */
async function putBundle(
  store: MemoryArtifacts,
  content = formatBundle(envelope(), OURS.open.id),
  subject = IMAGE,
) {
  const blob = Buffer.from(content);
  const manifest = bundleManifest(
    subjectOf(subject),
    { digest: await store.putBlob(blob), size: blob.length },
    "a:a",
    CREATED,
  );
  store.manifests.set(sha256(manifest), manifest);
  return sha256(manifest);
}

function list(store: MemoryArtifacts, tag: string, document: object) {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, ...document }));
  store.manifests.set(sha256(bytes), bytes);
  store.names.set(tag, sha256(bytes));
}

/** Lists manifests in the fallback index, with any descriptor. */
function listReferrers(store: MemoryArtifacts, digests: readonly Digest[], fields: object = {}) {
  list(store, TAG, { manifests: digests.map((digest) => ({ mediaType: "x", size: 1, digest, ...fields })) });
}

async function outcome(store: MemoryArtifacts) {
  const found = await readAttachments(store, IMAGE);
  const { statements, refused, imageSigners } = verifyAttachments(found, IMAGE, [OURS.open]);
  return {
    yes: statements.map(({ statement }) => statement.predicateType),
    refused: refused.map(({ code }) => code),
    problems: found.problems.map(({ text }) => text.en),
    signs: imageSigners.length,
  };
}

const NOTHING = { yes: [], refused: [], problems: [], signs: 0 };

test("an image without attachments has none", async () => {
  expect(await outcome(memoryArtifacts())).toEqual(NOTHING);
});

describe("a bundle", () => {
  test.each([
    [
      "with cosign's descriptor, whose artifactType is the empty config's",
      { artifactType: "application/vnd.oci.empty.v1+json" },
    ],
    [
      "whose descriptor says it is an SBOM",
      { artifactType: "application/spdx+json", annotations: { "dev.sigstore.bundle.predicateType": "b:b" } },
    ],
  ])("%s is read: its manifest decides", async (_, fields) => {
    const store = memoryArtifacts();
    listReferrers(store, [await putBundle(store)], fields);
    expect(await outcome(store)).toEqual({ ...NOTHING, yes: ["a:a"] });
  });

  test("that the index does not list is found by its own tag", async () => {
    const store = memoryArtifacts();
    const attaching = { store, subject: subjectOf(IMAGE), pause: async () => {}, warn: () => {} };
    const attestation = { envelope: envelope(), predicateType: "a:a", keyId: OURS.open.id, created: CREATED };
    await attachBundles(attaching, [attestation]);
    store.names.delete(TAG);
    expect((await outcome(store)).yes).toEqual(["a:a"]);
  });

  test("that the index lists is not asked for by its own tag", async () => {
    const store = memoryArtifacts();
    const digest = await putBundle(store);
    listReferrers(store, [digest]);
    store.names.set(ownTag(IMAGE, digest), digest);
    const asked: string[] = [];
    const counting = {
      ...store,
      manifest: (reference: string) => {
        asked.push(reference);
        return store.manifest(reference);
      },
    };
    expect((await readAttachments(counting, IMAGE)).attestations).toHaveLength(1);
    expect(asked.toSorted()).toEqual([TAG, `${TAG}.att`, `${TAG}.sig`, digest].toSorted());
  });

  // The twelve digits of a tag are not the whole digest: a listed digest that begins alike proves nothing of the tag.
  test.each([
    ["is missing", undefined],
    ["is another image's", OTHER],
  ])("is found by its own tag if the listed manifest whose digest begins alike %s", async (_, subject) => {
    const store = memoryArtifacts();
    const digest = await putBundle(store);
    const alike: Digest = `sha256:${hexOf(digest).slice(0, 12)}${"0".repeat(52)}`;
    if (subject !== undefined) {
      const foreign = await putBundle(store, undefined, subject);
      store.manifests.set(alike, store.manifests.get(foreign) ?? new Uint8Array());
    }
    listReferrers(store, [alike]);
    store.names.set(ownTag(IMAGE, digest), digest);
    const { yes, problems } = await outcome(store);
    expect([yes, problems.length]).toEqual([["a:a"], 1]);
  });

  test("whose own tag another image's manifest has is named, and counts for nothing", async () => {
    const store = memoryArtifacts();
    const digest = await putBundle(store, undefined, OTHER);
    store.names.set(ownTag(IMAGE, digest), digest);
    expect(await outcome(store)).toEqual({
      ...NOTHING,
      problems: [expect.stringContaining(`another one (${OTHER})`)],
    });
  });

  test("on a registry with the referrers API: nothing is asked but the API and cosign's tags", async () => {
    const store = memoryArtifacts({ referrers: true });
    const digest = await putBundle(store);
    const asked: string[] = [];
    const counting = {
      ...store,
      manifest: (reference: string) => {
        asked.push(reference);
        return store.manifest(reference);
      },
      tags: () => Promise.reject(new Error("tags are not asked for")),
    };
    expect((await readAttachments(counting, IMAGE, { signatures: false })).attestations).toHaveLength(1);
    expect(asked.toSorted()).toEqual([`${TAG}.att`, digest].toSorted());
  });

  test("that several lists name counts once", async () => {
    const store = memoryArtifacts();
    const digest = await putBundle(store);
    listReferrers(store, [digest, digest]);
    store.names.set(`${TAG}.${hexOf(digest).slice(0, 12)}`, digest);
    expect((await outcome(store)).yes).toEqual(["a:a"]);
  });

  test("of another image's manifest, which the index names, counts for nothing", async () => {
    const store = memoryArtifacts();
    listReferrers(store, [await putBundle(store, undefined, OTHER)]);
    expect(await outcome(store)).toEqual({
      ...NOTHING,
      problems: [expect.stringContaining(`another one (${OTHER})`)],
    });
  });

  test("about another image, replayed on this one, is refused for its subject", async () => {
    const store = memoryArtifacts();
    listReferrers(store, [await putBundle(store, formatBundle(envelope("a:a", OTHER), OURS.open.id))]);
    expect(await outcome(store)).toEqual({ ...NOTHING, refused: ["other-subject"] });
  });

  test("that carries the public key that signed it is refused: the key is not ours", async () => {
    const text = formatBundle(envelope("a:a", IMAGE, THEIRS), OURS.open.id);
    const der = THEIRS.open.key.export({ type: "spki", format: "der" }).toString("base64");
    const store = memoryArtifacts();
    const withKey = text.replace('"publicKey":{', `"publicKey":{"rawBytes":"${der}",`);
    listReferrers(store, [await putBundle(store, withKey)]);
    expect(await outcome(store)).toEqual({ ...NOTHING, refused: ["untrusted-signature"] });
  });

  test.each([
    ["that is no JSON", "x", /not valid JSON/],
    [
      "of another media type",
      formatBundle(envelope(), "").replace("bundle.v0.3", "bundle.v9.3"),
      /not a Sigstore bundle/,
    ],
    [
      "with a message's signature",
      formatBundle(envelope(), "").replace("dsseEnvelope", "messageSignature"),
      /no DSSE envelope/,
    ],
    [
      "with one key twice",
      formatBundle(envelope(), "").replace("{", '{"mediaType":"x",'),
      /"mediaType" occurs twice/,
    ],
  ])("%s is named, and the others count", async (_, content, problem) => {
    const store = memoryArtifacts();
    listReferrers(store, [await putBundle(store, content), await putBundle(store)]);
    expect(await outcome(store)).toEqual({
      ...NOTHING,
      yes: ["a:a"],
      problems: [expect.stringMatching(problem)],
    });
  });

  test("whose manifest or content is gone is named", async () => {
    const store = memoryArtifacts();
    listReferrers(store, [OTHER, await putBundle(store)]);
    store.blobs.clear();
    // Problems are sorted by digest, and the bundle's, whose signature is new in each run, may come before or after.
    expect((await outcome(store)).problems.toSorted()).toEqual([
      "content missing from the registry",
      "listed as attached to this image, but missing from the registry",
    ]);
  });

  test.each([
    ["application/spdx+json", [], "application/spdx+json"],
    // BuildKit's and ratify's type, with an envelope in it.
    ["application/vnd.in-toto+json", ["application/vnd.in-toto+json"], "application/vnd.in-toto+json"],
    ["urn:several", ["application/vnd.dsse.envelope.v1+json", "text/plain"], "urn:several"],
    // Reports of `douane attest --scan`, which statements name.
    ["application/json", ["application/json"], undefined],
    ["application/sarif+json", ["application/sarif+json"], undefined],
    ["application/xml", ["application/xml"], undefined],
  ])("another kind of artifact is named, unless it is a report: %s", async (artifactType, types, named) => {
    const store = memoryArtifacts();
    const layers = types.map((mediaType) => ({ mediaType, digest: IMAGE, size: 1 }));
    const artifact = Buffer.from(
      JSON.stringify({ schemaVersion: 2, artifactType, layers, subject: subjectOf(IMAGE) }),
    );
    store.manifests.set(sha256(artifact), artifact);
    listReferrers(store, [sha256(artifact)]);
    const { problems } = await readAttachments(store, IMAGE);
    const text = { en: expect.stringContaining(`type "${named}"`) };
    expect(problems).toMatchObject(
      named === undefined ? [] : [{ name: sha256(artifact), code: "attachment-type", text }],
    );
  });

  test("entries of a list without a SHA-256 digest are named", async () => {
    const store = memoryArtifacts();
    listReferrers(store, ["sha512:00" as Digest, "sha256:../../x", "sha512:00" as Digest]);
    const { problems } = await readAttachments(store, IMAGE);
    expect(problems.map(({ name, code }) => [name, code])).toEqual([
      ["sha256:../../x", "attachment-digest"],
      ["sha512:00", "attachment-digest"],
    ]);
  });
});

describe("cosign's tags", () => {
  async function layer(store: MemoryArtifacts, content: Uint8Array, mediaType: string, annotations: object) {
    return { mediaType, digest: await store.putBlob(content), size: content.length, annotations };
  }

  test("an annotation that lies about the predicate changes nothing", async () => {
    const store = memoryArtifacts();
    const annotations = { predicateType: "b:b", "dev.cosignproject.cosign/signature": "" };
    list(store, `${TAG}.att`, {
      layers: [await layer(store, Buffer.from(formatEnvelope(envelope())), ENVELOPE_TYPE, annotations)],
    });
    expect(await outcome(store)).toEqual({ ...NOTHING, yes: ["a:a"] });
  });

  const SIMPLE = "application/vnd.dev.cosign.simplesigning.v1+json";
  const payload = (digest: string, type = "cosign container image signature") =>
    Buffer.from(
      JSON.stringify({
        critical: { identity: {}, image: { "docker-manifest-digest": digest }, type },
        optional: null,
      }),
    );

  test.each<[string, Uint8Array, typeof OURS, number]>([
    ["of this image by a trusted key", payload(IMAGE), OURS, 1],
    ["of another image", payload(OTHER), OURS, 0],
    ["by another key", payload(IMAGE), THEIRS, 0],
    ["of another type", payload(IMAGE, "atomic container signature"), OURS, 0],
    ["over something else", Buffer.from("[]"), OURS, 0],
    ["over what is no JSON", Buffer.from("x"), OURS, 0],
  ])("a signature %s", async (_, content, { secret }, signs) => {
    const store = memoryArtifacts();
    const annotations = {
      "dev.cosignproject.cosign/signature": signedBy(secret, content).toString("base64"),
    };
    list(store, `${TAG}.sig`, { layers: [await layer(store, content, SIMPLE, annotations)] });
    expect(await outcome(store)).toEqual({ ...NOTHING, signs });
  });

  // Written by cosign's experiment; test/e2e/attestations-referrers.test.ts has its own.
  describe("in a referrer of cosign's type for signatures", () => {
    const CONFIG = "application/vnd.dev.cosign.artifact.sig.v1+json";

    async function signed(store: MemoryArtifacts, fields: object, { secret } = OURS) {
      const content = payload(IMAGE);
      const annotations = {
        "dev.cosignproject.cosign/signature": signedBy(secret, content).toString("base64"),
      };
      const manifest = Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          config: { mediaType: CONFIG },
          layers: [await layer(store, content, SIMPLE, annotations)],
          subject: subjectOf(IMAGE),
          ...fields,
        }),
      );
      store.manifests.set(sha256(manifest), manifest);
      return sha256(manifest);
    }

    test.each<[string, object, typeof OURS, number]>([
      ["by a trusted key", {}, OURS, 1],
      ["by another key", {}, THEIRS, 0],
      ["known by its artifactType", { artifactType: CONFIG, config: { mediaType: "x" } }, OURS, 1],
      ["with an artifactType of its own beside", { artifactType: "urn:x" }, OURS, 1],
    ])("a signature %s", async (_, fields, pairOf, signs) => {
      const store = memoryArtifacts();
      listReferrers(store, [await signed(store, fields, pairOf)]);
      expect(await outcome(store)).toEqual({ ...NOTHING, signs });
    });

    test("whose manifest is of another type is named", async () => {
      const store = memoryArtifacts();
      listReferrers(store, [await signed(store, { config: { mediaType: "x" } })]);
      expect(await outcome(store)).toMatchObject({
        signs: 0,
        problems: [expect.stringContaining('type "x"')],
      });
    });

    test("whose manifest is attached to another image is named", async () => {
      const store = memoryArtifacts();
      listReferrers(store, [await signed(store, { subject: subjectOf(OTHER) })]);
      expect(await outcome(store)).toMatchObject({ signs: 0, problems: [expect.stringContaining(OTHER)] });
    });

    test("of more layers than the bound is refused with its name", async () => {
      const store = memoryArtifacts();
      const layers = Array.from({ length: LIMITS.attestationsPerImage }, () => ({
        mediaType: SIMPLE,
        digest: OTHER,
        size: 1,
      }));
      listReferrers(store, [await signed(store, { layers })]);
      await expect(readAttachments(store, IMAGE)).rejects.toMatchObject({ code: "too-many-attestations" });
      // Not asked for, not read.
      expect((await readAttachments(store, IMAGE, { signatures: false })).signatures).toEqual([]);
    });
  });

  test("a signature that is no Base64 counts for nothing", async () => {
    const store = memoryArtifacts();
    list(store, `${TAG}.sig`, {
      layers: [await layer(store, payload(IMAGE), SIMPLE, { "dev.cosignproject.cosign/signature": "?" })],
    });
    expect(await outcome(store)).toEqual(NOTHING);
  });

  test.each([".att", ".sig", ""])(
    "a manifest under the tag %s that cannot be read is named",
    async (suffix) => {
      const store = memoryArtifacts();
      const bytes = Buffer.from("{");
      store.manifests.set(sha256(bytes), bytes);
      store.names.set(`${TAG}${suffix}`, sha256(bytes));
      expect((await outcome(store)).problems).toEqual([expect.stringContaining("not valid JSON")]);
    },
  );
});

describe("bounds", () => {
  test("10,000 attestations are refused with the bound's name, before any is read", async () => {
    const store = memoryArtifacts();
    const digests = Array.from({ length: 10_000 }, (_, at) => sha256(Buffer.from(`${at}`)));
    listReferrers(store, digests);
    await expect(readAttachments(store, IMAGE)).rejects.toMatchObject({
      code: "too-many-attestations",
      message: expect.stringContaining("attestationsPerImage"),
    });
  });

  test("attestations of more bytes than the bound are refused with its name", async () => {
    const store = memoryArtifacts();
    const size = LIMITS.attestedBytesPerImage;
    const blob = { mediaType: ENVELOPE_TYPE, digest: OTHER, size, annotations: {} };
    list(store, `${TAG}.att`, { layers: [blob, blob] });
    await expect(readAttachments(store, IMAGE)).rejects.toMatchObject({ code: "attested-bytes" });
  });
});

describe("the answer is a function of the set", () => {
  const names = ["a:a", "b:b", "c:c"];
  const good = names.map((type) => envelope(type));
  const bad = [
    envelope("d:d", OTHER),
    envelope("e:e", IMAGE, THEIRS),
    { ...envelope("f:f"), payload: Buffer.from("{}") },
  ];
  const all: Attachments["attestations"] = [...good, ...bad].map((one, at) => ({
    name: sha256(Buffer.from(`${at}`)),
    envelope: one,
  }));

  test("in every order and of every subset: each proves what it proves alone", () => {
    for (let mask = 0; mask < 2 ** all.length; mask++) {
      const subset = all.filter((_, at) => (mask >> at) & 1);
      for (const order of [subset, subset.toReversed()]) {
        const { statements, refused } = verifyAttachments({ attestations: order, signatures: [] }, IMAGE, [
          OURS.open,
        ]);
        const proven = statements.map(({ statement }) => statement.predicateType).toSorted();
        expect(proven).toEqual(names.filter((_, at) => (mask >> at) & 1));
        expect(statements.length + refused.length).toBe(subset.length);
      }
    }
  });

  test("without a trusted key nothing is proven", () => {
    expect(verifyAttachments({ attestations: all, signatures: [] }, IMAGE, []).statements).toEqual([]);
  });
});
