import { expect, test } from "vitest";
import { assessmentRequest, recordedAssessment, recordedPorts } from "../../../test/fixtures/assessment.ts";
import { serveImage } from "../../../test/fixtures/fake-registry.ts";
import {
  emptyImage,
  type ImageValue,
  manifestOf,
  withAnnotations,
  withLayer,
} from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { container, podSpec } from "../../../test/fixtures/manifests.ts";
import { memoryEvidence } from "../../../test/fixtures/memory-evidence.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { parseEvidence } from "../../evidence/file.ts";
import { evidenceVersion } from "../../evidence/image.ts";
import { VERSIONS } from "../../evidence/layers/analyzers/versions.ts";
import { namedImages } from "../../evidence/named-images.ts";
import { imageOpener } from "../../image/open.ts";
import type { Policy } from "../../policy/policy.ts";
import { RULES } from "../../rules/index.ts";
import { review } from "../review.ts";
import type { EvidencePort } from "../run/evidence-port.ts";
import type { GivenEvidence } from "../run/evidence-store.ts";
import { imageCollector } from "./collector.ts";

const NOW = "2026-11-27T12:00:00.000Z";
const before = (ms: number) => new Date(Date.parse(NOW) - ms).toISOString();
const DAYS = LIMITS.storedEvidenceDays * 86_400_000;

interface Changes {
  readonly policy?: Policy;
  readonly douane?: string;
  readonly command?: readonly string[];
  readonly name?: (host: string, digest: string) => string;
  readonly platform?: string;
  readonly evidence?: GivenEvidence;
}

async function served(image: ImageValue = smallImage()) {
  const registry = await serveImage(image);
  const { digest } = manifestOf(image);
  const store = memoryEvidence(NOW);
  async function judged(changes: Changes = {}) {
    const { policy = {}, douane = "1", command, name, platform, evidence } = changes;
    const reference = name?.(registry.host, digest) ?? `${registry.host}/web@${digest}`;
    const web = container({ name: "web", image: reference, ...(command === undefined ? {} : { command }) });
    const value = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "web" },
      spec: podSpec({ containers: [web] }),
    };
    const objects = [{ value, at: { in: "api", uid: "u" } as const }];
    const already = registry.requests.length;
    const { assessed, failed, warnings } = await review(
      assessmentRequest({
        inputs: { manifests: [], dockerfiles: [], projects: [], images: [], objects },
        insecureRegistries: [registry.host],
        policy,
        ...(platform === undefined ? {} : { platform }),
        ...(evidence === undefined ? {} : { evidence }),
      }),
      {
        ...recordedPorts({ cwd: temporaryDirectory() }).ports,
        douane,
        today: NOW.slice(0, 10),
        judgedAt: NOW,
        evidence: store.port,
      },
    );
    expect(failed).toEqual([]);
    const pieces = assessed.flatMap((one) => one.evidence);
    const images = pieces.flatMap((piece) => (piece.kind === "image" ? [piece] : []));
    const requests = registry.requests.length - already;
    return { verdict: assessed[0]?.verdict, image: images[0], requests, warnings };
  }
  return { judged, store, registry };
}

test("a verdict by stored evidence is that of a full check, and asks no registry", async () => {
  const { judged, store } = await served();
  const first = await judged();
  expect(first.requests).toBeGreaterThan(1);
  const again = await judged();
  expect([again.requests, store.state.found]).toEqual([0, 1]);
  expect(again.verdict).toEqual(first.verdict);
  expect(again.verdict?.rows).toHaveLength(18);
  expect(again.image).toEqual(first.image);
});

test.each<[string, Changes]>([
  ["another version of douane", { douane: "2" }],
  ["another command", { command: ["other"] }],
  ["another name of the digest", { name: (host, digest) => `${host}/other@${digest}` }],
  ["a tag, which may have moved", { name: (host) => `${host}/web:1` }],
  ["another platform", { platform: "linux/amd64" }],
])("for %s the image is read", async (_, changes) => {
  const { judged } = await served();
  await judged();
  expect((await judged(changes)).requests).toBeGreaterThan(1);
});

test("evidence is of one version of analyzers, catalogers and selectors", () => {
  const [rule] = RULES.filter(({ files = [] }) => files.length > 0);
  const others = RULES.filter((one) => one !== rule);
  const versions = [evidenceVersion("1", RULES), evidenceVersion("2", RULES), evidenceVersion("1", others)];
  expect(new Set(versions).size).toBe(versions.length);
  expect(versions[0]).toContain(JSON.stringify(VERSIONS.packages));
});

test.each<[string, number, boolean]>([
  ["until its days are over", DAYS, true],
  ["no longer than that", DAYS + 1, false],
  ["from a clock that is a little ahead", -60_000, true],
  ["not from the future, which somebody wrote", -3_600_000, false],
])("evidence counts %s", async (_, age, counts) => {
  const { judged, store } = await served();
  await judged();
  store.state.collectedAt = before(age);
  expect((await judged()).requests === 0).toBe(counts);
});

test("a store that does not answer leads to the registry", async () => {
  const { judged, store } = await served();
  await judged();
  store.state.isBroken = true;
  expect((await judged()).requests).toBeGreaterThan(1);
});

test.each<[string, (text: string) => string]>([
  ["is damaged", () => "{"],
  ["is empty", () => '{"schema":"douane/evidence/v3","douane":"1","evidence":[]}'],
  [
    "is about another image",
    (text) => text.replaceAll(/"digest":"sha256:[0-9a-f]{64}"/g, `"digest":"sha256:${"0".repeat(64)}"`),
  ],
  ["is about another name", (text) => text.replace(/"given":"[^"]+"/, '"given":"registry.example/other"')],
  ["lacks the packages", withoutSbom],
])("evidence that %s leads to the registry", async (_, damage) => {
  const { judged, store } = await served();
  await judged();
  for (const [key, { version, text }] of store.kept) store.kept.set(key, { version, text: damage(text) });
  expect((await judged()).requests).toBeGreaterThan(1);
  expect(store.state.found).toBe(1);
});

function withoutSbom(text: string): string {
  const { evidence, ...rest } = JSON.parse(text);
  for (const piece of evidence) delete piece.sbom;
  return JSON.stringify({ ...rest, evidence });
}

test("evidence with a layer that cannot be read is not stored", async () => {
  const encrypted = { ...layerOf([{ path: "x", content: "x" }]), mediaType: "application/x-encrypted" };
  const { judged, store } = await served(withLayer(smallImage(), encrypted));
  await judged();
  expect(store.kept.size).toBe(0);
});

test("evidence that was handed in comes first, and is not stored as the server's own", async () => {
  const { judged, store } = await served();
  await judged();
  const texts = [...store.kept.values()].map(({ text }) => text);
  store.kept.clear();
  const pieces = texts.flatMap((text) => parseEvidence(text, "given.json"));
  const { image } = await judged({ evidence: { pieces, sources: [] } });
  expect(image?.origin).toMatchObject({ by: "handed-in" });
  expect(store.kept.size).toBe(0);
});

test("where a trial follows, the image is opened", async () => {
  const image = smallImage();
  const { host } = await serveImage(image);
  const unused: EvidencePort = {
    find: () => Promise.reject(new Error("asked")),
    keep: () => Promise.reject(new Error("stored")),
  };
  const { assessment } = recordedAssessment({ insecureRegistries: [host] });
  const own = Object.assign(Object.create(assessment), { ports: { ...assessment.ports, evidence: unused } });
  const opener = imageOpener({ env: {}, insecureRegistries: [host] });
  const opened: string[] = [];
  const read = imageCollector(own, opener, 1, async ({ source }) => void opened.push(source));
  const name = `${host}/web@${manifestOf(image).digest}`;
  const workload = workloadFacts({ containers: [{ name: "web", image: name }] });
  const { users = [] } = namedImages([workload]).images.get(name) ?? {};
  await read({ name, users, open: (from, signal) => from.openRegistry(name, signal) }, 1);
  await opener.close();
  expect(opened).toEqual([name]);
});

test("a base is verified each time: its registry may no longer confirm it, and another policy names others", async () => {
  const file = { path: "opt/x/.env", content: "API_URL=https://api.recette.gouv.fr\n" };
  const base = withLayer(emptyImage(), layerOf([file]));
  const { digest } = manifestOf(base);
  let isGone = false;
  const bases = await serveImage(base, (_, response) => {
    if (isGone) response.writeHead(404).end();
    return isGone;
  });
  const app = withLayer(base, layerOf([{ path: "app/server", mode: 0o755, content: "\x7fELF" }]));
  const { judged } = await served(
    withAnnotations(app, {
      "org.opencontainers.image.base.digest": digest,
      "org.opencontainers.image.base.name": `${bases.host}/socle/java:21`,
    }),
  );
  const policy = { bases: [`${bases.host}/socle/*`] };
  const first = await judged({ policy });
  const again = await judged({ policy });
  expect(first.image?.image.base).toEqual({ reference: `${bases.host}/socle/java@${digest}`, layers: 1 });
  expect(again.image).toEqual(first.image);
  expect(again.verdict).toEqual(first.verdict);
  expect(again.requests).toBe(0);
  expect((await judged({ policy: { bases: ["registry.example/base"] } })).image?.image).not.toHaveProperty(
    "base",
  );
  isGone = true;
  const gone = await judged({ policy });
  expect([gone.requests, gone.warnings.length]).toEqual([0, 1]);
  expect(gone.image?.image).not.toHaveProperty("base");
});
