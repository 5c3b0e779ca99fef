import { expect, onTestFinished, test } from "vitest";
import { NOTARY, POLICY, PROVENANCE, provenance, SOURCE } from "../../../test/fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../../../test/fixtures/attested-image.ts";
import { withAnnotations } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { sbomFacts } from "../../../test/fixtures/sbom-facts.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { attestImage } from "../../attest/attest-image.ts";
import { openStore } from "../../attest/store/open-store.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { imageOpener } from "../../image/open.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { RunAttestations } from "./run-attestations.ts";

const AT = "2026-06-15T12:00:00.000Z";
const SIGNAL = new AbortController().signal;

const sboms = (signers: readonly string[]): AttestationPolicy => ({
  ...POLICY,
  statements: { ...POLICY.statements, sbom: { signers } },
});

function runAttestations(policy: AttestationPolicy, cwd?: string): RunAttestations {
  const run = new RunAttestations(policy, { env: {}, ...(cwd === undefined ? {} : { cwd }) });
  onTestFinished(() => run.close());
  return run;
}

async function opened(source: string): Promise<OpenImage> {
  const opener = imageOpener({ env: {} });
  onTestFinished(() => opener.close());
  const image = await opener.open(source);
  onTestFinished(() => image.close());
  return image;
}

const factsOf = ({ imageId, digest }: OpenImage): ImageFacts =>
  imageFacts({ facts: { imageId, ...(digest === undefined ? {} : { digest }) } });

/** Answers of the first two checks of an image, provenance and source. */
async function answers(run: RunAttestations, image: OpenImage) {
  const facts = factsOf(image);
  await run.collect(image, facts, SIGNAL);
  const found = run.of(facts, AT);
  return found === undefined || "unread" in found
    ? found
    : found.checks.slice(0, 2).map(({ id, answer }) => [id, answer]);
}

const mapped = ({ registry }: AttestedImage): AttestationPolicy => ({
  ...POLICY,
  applications: [{ source: SOURCE, repositories: [`${registry.host}/team/portal`] }],
});

test("an image of a registry is judged by its repository", async () => {
  const attested = await attestedImage();
  await attested.attach(PROVENANCE, provenance());
  const image = await opened(attested.target);
  expect(await answers(runAttestations(mapped(attested)), image)).toEqual([
    ["provenance", "yes"],
    ["source", "yes"],
  ]);
  expect(await answers(runAttestations(POLICY), image)).toEqual([
    ["provenance", "yes"],
    ["source", "no"],
  ]);
});

/** A layout `app` in a folder, whose image has a provenance. */
async function attestedLayout(): Promise<string> {
  const folder = temporaryDirectory();
  const layout = `${folder}/app`;
  const image = withAnnotations(smallImage(), { a: "layout" });
  writeLayout(image, layout, { ref: "1" });
  const { digest } = await opened(`oci:${layout}:1`);
  const place = openStore(`oci:${layout}:1`, { env: {}, cwd: folder });
  const bytes = digest === undefined ? undefined : await place.store.manifest(digest);
  if (digest === undefined || bytes === undefined) throw new Error("no manifest");
  await attestImage(
    place.store,
    {
      name: "app",
      subjects: [
        {
          mediaType: "application/vnd.oci.image.manifest.v1+json",
          digest,
          size: bytes.length,
        },
      ],
      predicates: [{ type: PROVENANCE, content: provenance() }],
      sign: false,
      key: NOTARY.secret,
      layout: "bundle",
      now: new Date(AT),
    },
    { pause: async () => {}, warn: () => {} },
  );
  await place.close();
  return folder;
}

test("an image of a layout has attestations beside it, and no repository to compare its source with", async () => {
  const folder = await attestedLayout();
  const whole = await opened(`oci:${folder}/app:1`);
  const expected = [
    ["provenance", "yes"],
    ["source", "unproven"],
  ];
  expect(await answers(runAttestations(POLICY), whole)).toEqual(expected);
  const { reference } = whole;
  const relative = { ...whole, reference: { ...reference, given: "oci:app:1" } };
  expect(await answers(runAttestations(POLICY, folder), relative)).toEqual(expected);
});

test("an archive has no attestations by its nature: none are looked for", async () => {
  const image = await opened(`oci:${await attestedLayout()}/app:1`);
  const archive = { ...image, reference: referenceFacts({ transport: "docker-archive", given: "a.tar" }) };
  expect(await answers(runAttestations(POLICY), archive)).toBeUndefined();
});

test("attestations that a registry does not give leave what rests on them unread, and abort as the run does", async () => {
  const attested = await attestedImage();
  const image = await opened(attested.target);
  const gone = { ...image, reference: { ...image.reference, registry: "127.0.0.1:1" } };
  expect(await answers(runAttestations(POLICY), gone)).toEqual({
    unread: expect.objectContaining({ en: expect.stringContaining("127.0.0.1:1") }),
  });
  const aborted = AbortSignal.abort(new Error("stopped"));
  const collecting = runAttestations(POLICY).collect(gone, factsOf(image), aborted);
  await expect(collecting).rejects.toThrow("stopped");
});

test("documents of an image are read once, and count as signed by their signer", async () => {
  const attested = await attestedImage();
  const component = { type: "library", name: "a", version: "1", purl: "pkg:npm/a@1" };
  const bom = { bomFormat: "CycloneDX", specVersion: "1.6", components: [component] };
  await attested.attach("https://cyclonedx.org/bom", bom);
  const image = await opened(attested.target);
  const facts = factsOf(image);
  const run = runAttestations(sboms(["notary"]));
  await run.collect(image, facts, SIGNAL);
  const documents = run.documents(facts, AT);
  expect(run.documents(facts, AT)).toBe(documents);
  expect(documents.sbom(sbomFacts()).documents).toMatchObject([
    { state: "valid", signed: true, signer: "notary", components: 1 },
  ]);
});

test.each([
  [["notary"], ["too-long"]],
  [[], []],
])("documents that were not looked for may be SBOMs of %j", (signers, states) => {
  const run = runAttestations(sboms(signers));
  const found = run.documents(imageFacts(), AT).sbom(sbomFacts()).documents;
  expect(found.map(({ state }) => state)).toEqual(states);
});

test("the policy of no SBOMs leaves documents that were not looked for aside", () => {
  const found = runAttestations(POLICY).documents(imageFacts(), AT).sbom(sbomFacts());
  expect(found.documents).toEqual([]);
});

test.each([
  [{ signers: ["notary"] }, true],
  [{ signers: [] }, false],
  [undefined, false],
])("signers of trials %j: %s", (trial, hasTrials) => {
  const statements = { ...POLICY.statements, ...(trial === undefined ? {} : { trial }) };
  expect(runAttestations({ ...POLICY, statements }).hasTrials).toBe(hasTrials);
});
