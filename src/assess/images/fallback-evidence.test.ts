import { expect, test } from "vitest";
import { assessmentRequest } from "../../../test/fixtures/assessment.ts";
import { digestOf, imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { namedImages } from "../../evidence/named-images.ts";
import type { AssessmentRequest } from "../run/request.ts";
import { fallbackEvidence, judgedByEvidence } from "./fallback-evidence.ts";

const WEB = "registry.example/team/web:1.0.0";
const DB = "registry.example/team/db:1.0.0";
const ORIGIN = { by: "handed-in", file: "e.json", douane: "0.1.0" } as const;

function stored(
  source: string,
  more: { given?: string; id?: number; transport?: "layout" | "registry"; alone?: true; index?: number } = {},
) {
  const { given = source, id = 0xb, transport = "layout", alone, index } = more;
  const reached = index === undefined ? {} : { indexDigest: digestOf(index) };
  return {
    kind: "image",
    origin: ORIGIN,
    image: imageFacts({ facts: { source, imageId: digestOf(id), ...reached } }),
    reference: { ...referenceFacts({ given }), transport },
    ...(alone === undefined ? {} : { alone }),
  } as never;
}

/** Sources of the evidence that counts, by the manifest's text. */
function found(
  images: readonly string[],
  evidence: readonly never[],
  changes: Partial<AssessmentRequest> = {},
): Readonly<Record<string, string>> {
  const named = namedImages([
    workloadFacts({ containers: images.map((image, at) => ({ name: `c${at}`, image })) }),
  ]).images;
  const all = fallbackEvidence(named, evidence, assessmentRequest(changes));
  for (const [text, { reference }] of all) expect(reference).toEqual(named.get(text)?.reference);
  return Object.fromEntries([...all].map(([text, { image }]) => [text, image.source]));
}

const inputs = { manifests: [], dockerfiles: [], projects: [], images: [] };

test.each<[string, readonly string[], readonly never[], Readonly<Record<string, string>>]>([
  ["of the only image", [WEB], [stored("oci:x", { alone: true })], { [WEB]: "oci:x" }],
  ["of one of two, by name", [WEB, DB], [stored("oci:out/db", { alone: true })], { [DB]: "oci:out/db" }],
  ["of another name, beside two", [WEB, DB], [stored("oci:x", { alone: true })], {}],
  ["that replaced this one before", [WEB, DB], [stored("oci:x", { given: WEB })], { [WEB]: "oci:x" }],
  ["that replaced another one before", [WEB], [stored("oci:x", { given: DB })], {}],
  ["of two images", [WEB], [stored("oci:x", { alone: true }), stored("oci:y", { alone: true, id: 0xc })], {}],
  [
    "of one image, twice",
    [WEB],
    [stored("oci:x", { alone: true }), stored("oci:y", { alone: true })],
    { [WEB]: "oci:x" },
  ],
  ["of a registry's image", [WEB], [stored(DB, { transport: "registry", alone: true })], {}],
  [
    "of a local image that a registry's reference names",
    [WEB],
    [stored("oci:x", { transport: "registry", given: WEB })],
    { [WEB]: "oci:x" },
  ],
  ["none", [WEB], [], {}],
  ["of another digest", [`${WEB}@${digestOf(0xf)}`], [stored("oci:x", { alone: true })], {}],
  [
    "of the pinned index",
    [`${WEB}@${digestOf(0xf)}`],
    [stored("oci:x", { alone: true, index: 0xf })],
    { [`${WEB}@${digestOf(0xf)}`]: "oci:x" },
  ],
  [
    "of the pinned digest",
    [`${WEB}@${digestOf(0xa)}`],
    [stored("oci:x", { alone: true })],
    { [`${WEB}@${digestOf(0xa)}`]: "oci:x" },
  ],
])("evidence %s", (_, images, evidence, expected) => {
  expect(found(images, evidence)).toEqual(expected);
});

test("evidence counts for its platform alone, and for none where images are named or tried", () => {
  const evidence = [stored("oci:x", { alone: true })];
  expect(found([WEB], evidence, { platform: "linux/amd64" })).toEqual({ [WEB]: "oci:x" });
  expect(found([WEB], evidence, { platform: "linux/arm64" })).toEqual({});
  expect(found([WEB], evidence, { tryImages: true })).toEqual({});
  expect(found([WEB], evidence, { inputs: { ...inputs, images: ["oci:y"] } })).toEqual({});
  expect(found([WEB], evidence, { replacements: [{ source: "oci:y" }] })).toEqual({});
});

test("the user is told what is judged, and why", () => {
  const { en } = judgedByEvidence(stored("oci:x"), WEB, { fr: "panne", en: "down" });
  expect(en).toContain("oci:x");
  expect(en).toContain(WEB);
  expect(en).toContain("down");
});
