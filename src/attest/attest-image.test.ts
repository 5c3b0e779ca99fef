import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  type MemoryArtifacts,
  type MemoryOptions,
  memoryArtifacts,
} from "../../test/fixtures/memory-artifacts.ts";
import { hexOf, sha256 } from "../contract/digest.ts";
import { UnavailableError } from "../contract/error.ts";
import type { Text } from "../contract/text.ts";
import { imageSubjects } from "./attach/image-subjects.ts";
import type { Pause } from "./attach/shared-tag.ts";
import { type AttestRequest, attestImage } from "./attest-image.ts";
import { generateKey } from "./keys/generate-key.ts";
import { readPrivateKey } from "./keys/private-key.ts";
import { readPublicKey } from "./keys/public-key.ts";
import { readAttachments } from "./read/read-attachments.ts";
import { verifyAttachments } from "./read/verify-attachments.ts";
import { repairImage } from "./repair-image.ts";
import { readScanReport } from "./reports/read-scan-report.ts";

const PAIR = generateKey("ed25519");
const KEY = readPrivateKey(PAIR.secret, "k", undefined);
const OPEN = readPublicKey(PAIR.open, "k.pub");
const MANIFEST = Buffer.from(
  JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: {
      mediaType: "application/vnd.oci.image.config.v1+json",
      digest: sha256(Buffer.from("{}")),
      size: 2,
    },
    layers: [],
  }),
);
const IMAGE = sha256(MANIFEST);
const PREFIX = `sha256-${hexOf(IMAGE)}`;
const NOW = new Date("2026-06-15T12:00:00.500Z");

async function pushed(options: MemoryOptions = {}): Promise<MemoryArtifacts> {
  const store = memoryArtifacts(options);
  store.manifests.set(IMAGE, MANIFEST);
  store.names.set("1.0.0", IMAGE);
  return store;
}

const turn = async () => {};

/** Waits for some turns of the event loop, more with each attempt, by a sequence that looks random. */
function parting() {
  let state = 1;
  return async (attempt: number) => {
    state = (state * 48_271) % 2_147_483_647;
    for (let left = state % (20 * attempt); left >= 0; left--) await setImmediate();
  };
}

async function attest(
  store: MemoryArtifacts,
  types: readonly string[],
  changes: Partial<AttestRequest & { pause: Pause }> = {},
) {
  const warnings: Text[] = [];
  const { subjects } = await imageSubjects(store, "1.0.0");
  const predicates = types.map((type) => ({ type, content: { type } }));
  const request = {
    name: "r.example/app",
    subjects,
    predicates,
    sign: false,
    key: KEY,
    layout: "both",
    now: NOW,
  } as const;
  await attestImage(
    store,
    { ...request, ...changes },
    { pause: changes.pause ?? turn, warn: (text) => void warnings.push(text) },
  );
  return warnings;
}

async function typesIn(store: MemoryArtifacts) {
  const found = await readAttachments(store, IMAGE);
  const { statements, refused } = verifyAttachments(found, IMAGE, [OPEN]);
  expect({ refused, problems: found.problems }).toEqual({ refused: [], problems: [] });
  return [...new Set(statements.map(({ statement }) => statement.predicateType))].toSorted();
}

const tags = ({ names }: MemoryArtifacts) =>
  [...names.keys()].filter((name) => name.startsWith(PREFIX)).toSorted();
const json = (bytes: Uint8Array | undefined) =>
  JSON.parse(Buffer.from(bytes ?? []).toString()) as Record<string, never>;

describe("where attestations go", () => {
  test("without the referrers API: a tag of their own, the fallback index, and cosign's tag", async () => {
    const store = await pushed();
    await attest(store, ["a:a"]);
    const own = tags(store).find((tag) => /\.[0-9a-f]{12}$/.test(tag));
    expect(tags(store)).toEqual([PREFIX, own ?? "", `${PREFIX}.att`].toSorted());
    const bundle = store.names.get(own ?? "");
    expect(own).toBe(`${PREFIX}.${hexOf(bundle ?? IMAGE).slice(0, 12)}`);
    const manifest = json(store.manifests.get(bundle ?? ""));
    expect(json(await store.manifest(PREFIX))).toMatchObject({
      mediaType: "application/vnd.oci.image.index.v1+json",
      manifests: [
        {
          digest: bundle,
          artifactType: "application/vnd.dev.sigstore.bundle.v0.3+json",
          annotations: manifest["annotations"],
        },
      ],
    });
    expect(await typesIn(store)).toEqual(["a:a"]);
  });

  test("the bundle's manifest is what cosign writes", async () => {
    const store = await pushed({ referrers: true });
    await attest(store, ["a:a"], { layout: "bundle" });
    const [, manifest] = [...store.manifests.values()].map(json);
    expect(manifest).toMatchObject({
      artifactType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      config: {
        mediaType: "application/vnd.oci.empty.v1+json",
        digest: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        size: 2,
      },
      layers: [{ mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json" }],
      subject: {
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        digest: IMAGE,
        size: MANIFEST.length,
      },
      annotations: {
        "dev.sigstore.bundle.content": "dsse-envelope",
        "dev.sigstore.bundle.predicateType": "a:a",
        "org.opencontainers.image.created": "2026-06-15T12:00:00Z",
      },
    });
  });

  test("with the API: by digest, no tag but cosign's", async () => {
    const store = await pushed({ referrers: true });
    await attest(store, ["a:a"]);
    expect(tags(store)).toEqual([`${PREFIX}.att`]);
    expect(await typesIn(store)).toEqual(["a:a"]);
  });

  test("cosign's tag lists envelopes with their predicates' types and an empty signature", async () => {
    const store = await pushed();
    await attest(store, ["a:a", "a:b"], { layout: "tag" });
    const { layers } = json(await store.manifest(`${PREFIX}.att`)) as unknown as {
      layers: readonly { readonly mediaType: string; readonly annotations: object }[];
    };
    expect(layers.map(({ mediaType, annotations }) => [mediaType, annotations])).toEqual(
      ["a:a", "a:b"].map((predicateType) => [
        "application/vnd.dsse.envelope.v1+json",
        { "dev.cosignproject.cosign/signature": "", predicateType },
      ]),
    );
  });

  test("a layer of somebody else without a digest stays, and has none in the config", async () => {
    const store = await pushed();
    const other = Buffer.from(JSON.stringify({ schemaVersion: 2, layers: [{ mediaType: "x" }] }));
    store.manifests.set(sha256(other), other);
    store.names.set(`${PREFIX}.att`, sha256(other));
    await attest(store, ["a:a"], { layout: "tag" });
    const { layers, config } = json(await store.manifest(`${PREFIX}.att`)) as unknown as {
      layers: readonly { readonly mediaType: string; readonly digest?: string }[];
      config: { readonly digest: string };
    };
    expect(layers[0]).toEqual({ mediaType: "x" });
    expect(json(store.blobs.get(config.digest))).toMatchObject({
      rootfs: { diff_ids: ["", layers[1]?.digest] },
    });
  });

  test("scan reports are there before the statements that name them", async () => {
    const store = await pushed({ referrers: true });
    const read = readScanReport(Buffer.from('<OWASPZAPReport version="2.17.0"/>'), "report");
    const { mediaType, digest } = read.report;
    const reports = [{ mediaType, attachment: read.attachment, digest }];
    await attest(store, ["a:a"], { layout: "bundle", reports });
    const types = store.written.map((name) => json(store.manifests.get(name))["artifactType"]);
    expect(types).toEqual([mediaType, "application/vnd.dev.sigstore.bundle.v0.3+json"]);
  });

  test("of some attachments that the registry lists itself, those that it does not are listed", async () => {
    const store = await pushed();
    let count = 0;
    const lists: MemoryArtifacts["putManifest"] = async (reference, mediaType, bytes) => {
      await store.putManifest(reference, mediaType, bytes);
      return /\.[0-9a-f]{12}$/.test(reference) && count++ === 0;
    };
    await attest({ ...store, putManifest: lists }, ["a:a", "a:b"], { layout: "bundle" });
    expect(tags(store)).toContain(PREFIX);
    const all = await pushed();
    const whole: MemoryArtifacts["putManifest"] = async (...given) => {
      await all.putManifest(...given);
      return true;
    };
    await attest({ ...all, putManifest: whole }, ["a:a", "a:b"], { layout: "bundle" });
    expect(tags(all)).not.toContain(PREFIX);
  });

  test.each([
    ["tag", [`${PREFIX}.att`, `${PREFIX}.sig`]],
    ["bundle", [PREFIX, expect.stringMatching(/\.[0-9a-f]{12}$/), expect.stringMatching(/\.[0-9a-f]{12}$/)]],
  ] as const)("in the layout %s alone", async (layout, expected) => {
    const store = await pushed();
    await attest(store, ["a:a"], { layout, sign: true });
    expect(tags(store)).toEqual(expected);
  });

  test("nothing to attest writes nothing", async () => {
    const store = await pushed();
    await attest(store, []);
    expect(store.written).toEqual([]);
  });
});

describe("writers at once", () => {
  test.each([10, 50])("%i lose nothing after a repair", async (count) => {
    const store = await pushed();
    const types = Array.from({ length: count }, (_, at) => `a:${at}`);
    const pause = parting();
    await Promise.all(types.map((type) => attest(store, [type], { pause })));
    expect(json(await store.manifest(PREFIX))["manifests"]).toHaveLength(count);
    await repairImage(store, IMAGE, turn);
    expect(json(await store.manifest(`${PREFIX}.att`))["layers"]).toHaveLength(count);
    expect(await typesIn(store)).toEqual(types.toSorted());
  });

  test("a tag that others replace for ever ends in an error that names the bound and the repair", async () => {
    const store = await pushed();
    const endless = {
      ...store,
      manifest: async (name: string) => (name === PREFIX ? undefined : store.manifest(name)),
    };
    await expect(attest(endless, ["a:a"])).rejects.toMatchObject({
      code: "shared-tag-contended",
      message: expect.stringMatching(/\(limit sharedTagWrites\).*--repair/),
      text: { fr: expect.stringContaining("(limite sharedTagWrites)") as string },
    });
  });
});

test("repair restores both lists, and writes nothing where nothing is lost", async () => {
  const store = await pushed();
  await attest(store, ["a:a", "a:b"], { sign: true });
  const before = store.written.length;
  await repairImage(store, IMAGE, turn);
  expect(store.written.length).toBe(before);
  store.names.delete(PREFIX);
  store.names.delete(`${PREFIX}.att`);
  await repairImage(store, IMAGE, turn);
  expect(json(await store.manifest(PREFIX))["manifests"]).toHaveLength(3);
  // A signature of the image is no attestation to cosign 2.
  expect(json(await store.manifest(`${PREFIX}.att`))["layers"]).toHaveLength(2);
});

test("a repair of what was never attested writes nothing", async () => {
  const store = await pushed();
  await repairImage(store, IMAGE, turn);
  expect(store.written).toEqual([]);
});

describe("a registry that does not list its tags", () => {
  const forbidden = () =>
    Promise.reject(new UnavailableError("registry-forbidden", { fr: "refus.", en: "refused." }));
  const broken = () =>
    Promise.reject(new UnavailableError("connection-refused", { fr: "refus.", en: "refused." }));
  const listed = async (store: MemoryArtifacts) =>
    json(await store.manifest(PREFIX))["manifests"] as unknown as readonly { readonly digest: string }[];

  test.each([
    ["answers 404", async () => []],
    ["forbids it", forbidden],
  ])("and %s: the fallback index has what each writer attached, the reader finds it", async (_, list) => {
    const store = { ...(await pushed()), tags: list };
    await attest(store, ["a:a"], { layout: "bundle" });
    await attest(store, ["a:b"], { layout: "bundle", sign: true });
    expect(await listed(store)).toHaveLength(3);
    const found = await readAttachments({ ...store, tags: async () => [] }, IMAGE);
    expect(found.attestations).toHaveLength(3);
  });

  test("a list that lags behind hides nothing that was just written", async () => {
    const store = await pushed();
    await attest(store, ["a:a"], { layout: "bundle" });
    const before = tags(store);
    await attest({ ...store, tags: async () => before }, ["a:b"], { layout: "bundle" });
    expect(await listed(store)).toHaveLength(2);
  });

  test("because it cannot be reached: the error stays one", async () => {
    const store = { ...(await pushed()), tags: broken };
    await expect(attest(store, ["a:a"])).rejects.toMatchObject({ code: "connection-refused" });
  });
});

describe("a registry whose tags cannot be rewritten", () => {
  const refuse = (code: string) => (reference: string) => {
    if (/^sha256-[0-9a-f]{64}(?:\.(?:att|sig))?$/.test(reference)) {
      throw new UnavailableError(code, { fr: "refus.", en: "refused." });
    }
  };

  test("keeps the attestation under its own tag, and the exemption to set is named", async () => {
    const store = await pushed({ refuse: refuse("registry-answer") });
    const warnings = await attest(store, ["a:a"], { sign: true });
    expect(warnings).toHaveLength(4);
    for (const { en, fr } of warnings) {
      expect(en).toMatch(/could not be rewritten .*"sha256-\*".*--repair/);
      expect(fr).toMatch(/« sha256-\* ».*--repair/);
    }
    expect(await typesIn(store)).toEqual(["a:a", "https://sigstore.dev/cosign/sign/v1"]);
  });

  test.each([
    ["the layout tag alone has no other place", "registry-answer", "tag"],
    ["a registry that cannot be reached is another matter", "connection-refused", "both"],
  ] as const)("%s: the error stays one", async (_, code, layout) => {
    const store = await pushed({ refuse: refuse(code) });
    await expect(attest(store, ["a:a"], { layout })).rejects.toMatchObject({ code });
  });
});

test.each([
  ["the fallback index", PREFIX],
  ["cosign's tag", `${PREFIX}.att`],
])("%s that holds something else is not overwritten", async (_, tag) => {
  const store = await pushed();
  const other = tag === PREFIX ? MANIFEST : Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [] }));
  store.manifests.set(sha256(other), other);
  store.names.set(tag, sha256(other));
  await expect(attest(store, ["a:a"])).rejects.toMatchObject({ code: "tag-taken" });
  expect(store.names.get(tag)).toBe(sha256(other));
});

describe("subjects of an image", () => {
  const index = (manifests: readonly object[]) =>
    Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }));
  const entry = (os: string, architecture: string, digest = IMAGE) => ({
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    digest,
    size: 3,
    platform: { os, architecture },
  });
  const OTHER = sha256(Buffer.from("other"));

  async function subjectsOf(manifests: readonly object[], platform?: string) {
    const store = await pushed();
    const bytes = index(manifests);
    store.manifests.set(sha256(bytes), bytes);
    store.names.set("multi", sha256(bytes));
    const { subjects, platforms } = await imageSubjects(store, "multi", platform);
    return {
      digests: subjects.map(({ digest }) => (digest === sha256(bytes) ? "index" : digest)),
      platforms,
    };
  }

  test("are the index and each platform's manifest, without what BuildKit attached", async () => {
    const manifests = [
      entry("linux", "amd64"),
      entry("linux", "arm64", OTHER),
      entry("unknown", "unknown", sha256(Buffer.from("x"))),
    ];
    expect(await subjectsOf(manifests)).toEqual({
      digests: ["index", IMAGE, OTHER],
      platforms: ["linux/amd64", "linux/arm64"],
    });
  });

  test("are one manifest for one platform", async () => {
    const manifests = [entry("linux", "amd64"), entry("linux", "arm64", OTHER)];
    expect((await subjectsOf(manifests, "linux/arm64")).digests).toEqual([OTHER]);
    await expect(subjectsOf(manifests, "linux/s390x")).rejects.toMatchObject({ code: "no-such-platform" });
  });

  test("of an image that is not there: it has to be pushed first", async () => {
    await expect(imageSubjects(await pushed(), "2.0.0")).rejects.toMatchObject({
      code: "image-not-found",
      exit: 69,
    });
  });
});
