import { join } from "node:path";
import { expect, test } from "vitest";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { digestOf, imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { NO_PACKAGES, sbomFacts } from "../../test/fixtures/sbom-facts.ts";
import { smallImage } from "../../test/fixtures/small-image.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import type { UnreadPackages } from "../contract/package-facts.ts";
import { imageSbom, sbomOfEvidence, sbomSubject } from "./image-sbom.ts";

const ORIGIN = { by: "own-run", douane: "0.1.0" } as const;
const CREATED = new Date("2026-06-15T12:00:00Z");
const MADE = { created: CREATED, douane: "0.1.0" };

test("the SBOM of an image that was opened has its layers, its system and no gap", async () => {
  const cwd = temporaryDirectory();
  writeLayout(smallImage(), join(cwd, "one"), { ref: "1.4.2" });
  const threads: boolean[] = [];
  const { content, choice } = await imageSbom({
    image: "oci:one:1.4.2",
    cwd,
    env: {},
    platform: "linux/amd64",
    signal: new AbortController().signal,
    ...MADE,
    onReading: (inThreads) => void threads.push(inThreads),
  });
  expect(content.subject).toMatchObject({
    platform: "linux/amd64",
    reference: { given: "oci:one:1.4.2" },
    digest: expect.stringMatching(/^sha256:/),
    imageId: expect.stringMatching(/^sha256:/),
    diffIds: [expect.stringMatching(/^sha256:/)],
  });
  expect(content).toMatchObject({
    gaps: [],
    douane: "0.1.0",
    created: CREATED,
    packages: { os: { id: "alpine" } },
  });
  expect([choice, threads]).toEqual([undefined, [false]]);
});

function ofEvidence(unread: readonly Partial<UnreadPackages>[], layers: readonly object[] = [{}, {}]) {
  const packages = {
    ...NO_PACKAGES,
    unread: unread.map((one) => ({ cataloger: "dpkg", path: "/a", layer: 0, ...one })),
  };
  const sbom = sbomFacts({ packages: packages as never });
  return sbomOfEvidence(
    { image: imageFacts({ layers }), reference: referenceFacts(), sbom, origin: ORIGIN },
    MADE,
  ).content;
}

test.each([
  ["damaged", '"/a" (dpkg): unreadable or damaged.'],
  ["too-long", '"/a" (dpkg): too large to be read.'],
  ["form", '"/a" (dpkg): of a form that is not read.'],
  ["packed", '"/a" (dpkg): compressed by a packer of programs.'],
  ["bundle", '"/a" (dpkg): a bundle of JavaScript that the image starts.'],
] as const)("packages that were not read since they are %s are a gap", (why, said) => {
  expect(ofEvidence([{ why }]).gaps.map(({ en }) => en)).toEqual([expect.stringContaining(said)]);
  const [inside, other] = ofEvidence([
    { why, inside: "b.jar" },
    { why, path: "/c" },
  ]).gaps;
  expect(inside?.en).toContain('"/a!/b.jar"');
  expect(other?.en).toContain('"/c"');
});

test("each layer that was not read is a gap, by its number", () => {
  const unread = { fr: "étrangère", en: "foreign" };
  expect(ofEvidence([], [{}, { unread }, { unread }]).gaps.map(({ en }) => en)).toEqual([
    "layer 2 was not read (foreign): the packages in it are missing.",
    "layer 3 was not read (foreign): the packages in it are missing.",
  ]);
});

test("the subject of evidence is the image, with its digest if it has one", () => {
  const reference = referenceFacts();
  const image = imageFacts({ layers: [{}, {}] });
  expect(sbomSubject({ image, reference })).toEqual({
    reference,
    digest: digestOf(0xa),
    imageId: digestOf(0xb),
    platform: "linux/amd64",
    diffIds: image.layers.map(({ diffId }) => diffId),
  });
  const { digest: _, ...bare } = image;
  expect(sbomSubject({ image: bare as never, reference })).not.toHaveProperty("digest");
});

test("evidence without packages is no SBOM", () => {
  const evidence = { image: imageFacts(), reference: referenceFacts(), origin: ORIGIN };
  expect(() => sbomOfEvidence(evidence, MADE)).toThrow("has its packages");
});
