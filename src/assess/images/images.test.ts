import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { assessmentRequest, recordedPorts } from "../../../test/fixtures/assessment.ts";
import { type ImageValue, withFields } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import { container, deployment, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import type { RawImage } from "../../contract/image-facts.ts";
import type { EvidencePiece } from "../../evidence/file.ts";
import { assess } from "../assess.ts";
import type { Assessed } from "../assess-subject.ts";
import { Assessment } from "../run/assessment.ts";
import type { AssessmentPorts, AssessmentRequest } from "../run/request.ts";
import { imagesToRead } from "./images.ts";

const APP = "registry.example/app:1.4.2";

/** Folder with an image in each of these layouts, each under the tag `1`. */
function layouts(images: Readonly<Record<string, ImageValue | readonly ImageValue[]>>): string {
  const cwd = temporaryDirectory();
  for (const [name, image] of Object.entries(images)) writeLayout(image, join(cwd, name), { ref: "1" });
  return cwd;
}

/** Everything that a run says, without a consumer that drops repetitions. */
async function assessed(request: Partial<AssessmentRequest>, ports: Partial<AssessmentPorts>) {
  const recorded = recordedPorts(ports);
  const subjects: Assessed[] = [];
  for await (const one of assess(assessmentRequest(request), recorded.ports)) subjects.push(one);
  const { events } = recorded;
  return {
    subjects,
    events,
    warnings: events.flatMap((event) => (event.kind === "warning" ? [event.text.en] : [])),
    failed: events.flatMap((event) =>
      event.kind === "failed" ? [(event.error as { readonly text: { readonly en: string } }).text.en] : [],
    ),
    images: subjects.flatMap(({ evidence }) =>
      evidence.flatMap((piece): readonly RawImage[] => (piece.kind === "image" ? [piece.image] : [])),
    ),
  };
}

const given = (...images: readonly string[]) => ({
  inputs: { manifests: [], dockerfiles: [], projects: [], images },
});
const PLATFORM = { platform: "linux/amd64" };

describe("an image that cannot be read", () => {
  const web = (name: string, more = {}) =>
    deployment({ name, pod: podSpec({ containers: [container({ image: APP })], ...more }) });
  const arm = { nodeSelector: { "kubernetes.io/arch": "arm64" } };
  const twice = podSpec({
    containers: [container({ name: "a", image: APP }), container({ name: "b", image: APP })],
  });

  test.each([
    ["the workload", [web("web")], [/ The image is named by a\.yaml\S* \(Deployment\/web\)\.$/]],
    ["the first of several", [web("web"), web("api")], [/\(Deployment\/web\) and 1 more\.$/]],
    ["one with two containers, which is one", [deployment({ name: "web", pod: twice })], [/\/web\)\.$/]],
    [
      "the platform that a manifest fixes",
      [web("web", arm)],
      [/\/web\), for nodes of linux\/arm64 \(nodeSelector, nodeAffinity\)\.$/],
    ],
    [
      "each platform with its own workloads",
      [web("web", arm), web("api"), web("db")],
      [/\/web\), for nodes of linux\/arm64 /, /\(Deployment\/api\) and 1 more\.$/],
    ],
  ])("is one problem, which names %s", async (_, objects, expected) => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, "a.yaml"), yaml(...objects));
    const { failed, subjects, events } = await assessed(
      {
        inputs: { manifests: ["a.yaml"], dockerfiles: [], projects: [], images: [] },
        replacements: [{ source: "oci:none" }],
      },
      { cwd },
    );
    expect(failed).toEqual(expected.map((text) => expect.stringMatching(text)));
    const [error] = events.flatMap((event) => (event.kind === "failed" ? [event.error] : []));
    expect(error).toMatchObject({
      text: { fr: expect.stringMatching(/Image nommée par a\.yaml/) },
      cause: {},
    });
    expect((error as { text: { fr: string } }).text.fr.includes(" de plus")).toBe(
      failed[0]?.includes(" more"),
    );
    expect(subjects).toHaveLength(objects.length);
  });

  test("names no workload if the user named it", async () => {
    const { failed } = await assessed(given("oci:none"), { cwd: temporaryDirectory() });
    expect(failed).toEqual([expect.not.stringContaining("named by")]);
  });
});

describe("the number of images read at a time", () => {
  test.each([
    ["several", undefined, 3],
    ["one, while a trial needs it open", async () => {}, 1],
  ])("%s", async (_, onImageOpen, expected) => {
    const cwd = layouts({ a: smallImage(), b: smallImage({ User: "1" }), c: smallImage({ User: "2" }) });
    const { ports, events } = recordedPorts({ cwd });
    const assessment = new Assessment(assessmentRequest(given("oci:a", "oci:b", "oci:c")), ports);
    const images = await imagesToRead(assessment, new Map(), new Map(), onImageOpen);
    const [first, ...others] = images.given.map((read) => read());
    // What has begun before any image could be read.
    expect(events).toHaveLength(expected);
    expect(events[0]).toEqual({ kind: "reading-image", image: "oci:a", number: 1, of: 3 });
    expect((await Promise.all([first, ...others])).map((one) => one?.image.source)).toEqual([
      "oci:a",
      "oci:b",
      "oci:c",
    ]);
    await images.close();
    const numbers = events.flatMap((event) => (event.kind === "reading-image" ? [event.number] : []));
    expect([...new Set(numbers)]).toEqual([1, 2, 3]);
    expect(events.at(-1)).toEqual({ kind: "images-read" });
  });
});

test.each([
  ["of a platform that nobody asked for is told", {}, 1],
  ["of the platform that was asked for is no surprise", { platform: "linux/s390x" }, 0],
])("an image %s", async (_, asked, count) => {
  const cwd = layouts({ one: withFields(smallImage(), { architecture: "s390x" }) });
  const { warnings, images } = await assessed({ ...given("oci:one"), ...asked }, { cwd });
  expect(images.map(({ platform }) => platform)).toEqual(["linux/s390x"]);
  expect(warnings).toEqual(
    Array.from({ length: count }, () => expect.stringMatching(/^oci:one: an image of "linux\/s390x"/)),
  );
});

test.each([
  ["of another digest", `registry.example/app@sha256:${"0".repeat(64)}`, 1],
  ["that a tag names", APP, 0],
])("an image %s in a manifest's place", async (_, image, count) => {
  const cwd = layouts({ one: smallImage() });
  mkdirSync(join(cwd, "m"));
  const pod = podSpec({ containers: [container({ image })] });
  writeFileSync(join(cwd, "m", "a.yaml"), yaml(deployment({ name: "web", pod })));
  const inputs = { manifests: ["m"], dockerfiles: [], projects: [], images: [] };
  const { warnings, subjects } = await assessed(
    { ...PLATFORM, inputs, replacements: [{ source: "oci:one:1" }] },
    { cwd },
  );
  expect(warnings).toHaveLength(count);
  expect(subjects[0]?.evidence).toHaveLength(2 - count);
});

describe("the cache", () => {
  const readLayers = ({ events }: Awaited<ReturnType<typeof assessed>>) =>
    events.filter(({ kind }) => kind === "reading-layers");
  const read = (cwd: string, more: Partial<AssessmentPorts> = {}) =>
    assessed({ ...given("oci:one"), ...PLATFORM }, { cwd, ...more });

  test("keeps what layers hold", async () => {
    const cwd = layouts({ one: smallImage() });
    const cache = join(cwd, "cache");
    const first = await read(cwd, { cache });
    expect(readLayers(first)).toEqual([{ kind: "reading-layers", inThreads: false }]);
    const again = await read(cwd, { cache });
    expect([readLayers(again), again.warnings]).toEqual([[], []]);
    expect(again.images).toEqual(first.images);
    expect(readLayers(await read(cwd))).toHaveLength(1);
  });

  test.each(["file", "unused"])("that cannot be used is told, with its folder: %s", async (kind) => {
    const cwd = layouts({ one: smallImage() });
    const directory = join(cwd, "cache");
    writeFileSync(directory, "");
    const reason = { fr: "non", en: "no" };
    const { warnings, images } = await read(
      cwd,
      kind === "file" ? { cache: directory } : { unusedCache: { directory, reason } },
    );
    expect(warnings).toEqual([expect.stringMatching(/^the cache \S+cache cannot be used \(/)]);
    expect(images).toHaveLength(1);
  });
});

describe("stored evidence of an image that is opened again", () => {
  const HANDED = { by: "handed-in", file: "e.json", douane: "0.1.0" } as const;
  const [X, Y] = [digestOf(0x11), digestOf(0x22)];

  /** Digests of the image by evidence that has these, opened from a layout of one image, or of an index. */
  async function digests(stored: Partial<RawImage>, isIndex: boolean) {
    const small = smallImage();
    const other = withFields(small, { architecture: "s390x" });
    const cwd = layouts({ one: isIndex ? [small, other] : small });
    const first = await assessed({ ...given("oci:one"), ...PLATFORM }, { cwd });
    const pieces = first.subjects.flatMap(({ evidence }) =>
      evidence.flatMap((piece): readonly EvidencePiece[] => {
        if (piece.kind !== "image") return [];
        const { digest: _, indexDigest: __, otherIndexDigests: ___, ...rest }: RawImage = piece.image;
        const { otherPlatforms: ____, ...raw } = rest;
        return [{ ...piece, origin: HANDED, image: asMasked({ ...raw, ...stored }) }];
      }),
    );
    const again = await assessed(
      { ...given("oci:one"), ...PLATFORM, evidence: { pieces, sources: ["e.json"] } },
      { cwd },
    );
    expect(again.subjects[0]?.evidence).toMatchObject([{ kind: "image", origin: HANDED }]);
    const [before, after] = [first.images[0], again.images[0]];
    if (before === undefined || after === undefined) throw new Error("no image");
    return { before, after };
  }

  test("has the digests of the opened image", async () => {
    const { before, after } = await digests({}, true);
    expect(before.digest).toMatch(/^sha256:/);
    expect(before.indexDigest).toMatch(/^sha256:/);
    expect(after).toEqual(before);
    expect(after).not.toHaveProperty("otherIndexDigests");
    expect(after.otherPlatforms).toEqual(["linux/s390x"]);
  });

  test("keeps the indexes by which it was reached earlier, each once", async () => {
    const { before, after } = await digests({ indexDigest: X, otherIndexDigests: [Y, X] }, true);
    expect(after.indexDigest).toBe(before.indexDigest);
    expect(after.otherIndexDigests).toEqual([X, Y]);
  });

  test("of no index keeps the earlier one alone", async () => {
    const { before, after } = await digests({ indexDigest: X }, false);
    expect(before).not.toHaveProperty("indexDigest");
    expect(after.indexDigest).toBe(X);
    expect(after).not.toHaveProperty("otherIndexDigests");
    const { after: plain } = await digests({}, false);
    expect(plain).not.toHaveProperty("indexDigest");
    expect(plain.digest).toBe(before.digest);
  });
});

describe("stored evidence of a local image", () => {
  const NAMED = "127.0.0.1:1/team/app:1.4.2";

  test.each([
    ["stands for an image of a registry that does not answer", NAMED, true],
    ["stands for no image that is pinned to another digest", `${NAMED}@sha256:${"0".repeat(64)}`, false],
  ])("%s", async (_, image, isUsed) => {
    const cwd = layouts({ app: smallImage() });
    const first = await assessed({ ...given("oci:app"), ...PLATFORM }, { cwd });
    const origin = { by: "handed-in", file: "e.json", douane: "0.1.0" } as const;
    const pieces = first.subjects.flatMap(({ evidence }) => evidence.map((piece) => ({ ...piece, origin })));
    const pod = podSpec({ containers: [container({ image })] });
    writeFileSync(join(cwd, "a.yaml"), yaml(deployment({ name: "web", pod })));
    const inputs = { manifests: ["a.yaml"], dockerfiles: [], projects: [], images: [] };
    const { failed, warnings, images } = await assessed(
      { inputs, evidence: { pieces, sources: ["e.json"] } },
      { cwd },
    );
    expect(images.map(({ source }) => source)).toEqual(isUsed ? ["oci:app"] : []);
    expect(failed).toHaveLength(isUsed ? 0 : 1);
    expect(warnings[0]).toMatch(
      isUsed ? /^oci:app is judged from the evidence in the place of/ : /evidence ignored/,
    );
  });
});
