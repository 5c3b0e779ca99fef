import { expect, test } from "vitest";
import {
  type MemoryArtifacts,
  type MemoryOptions,
  memoryArtifacts,
} from "../../../test/fixtures/memory-artifacts.ts";
import { sha256 } from "../../contract/digest.ts";
import { UnavailableError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import { fieldsOf, objectsAt } from "../../json/fields.ts";
import { readAttachments } from "../read/read-attachments.ts";
import { readScanReport } from "../reports/read-scan-report.ts";
import { parseArtifact } from "../store/artifact-manifest.ts";
import { attachReports } from "./attach-report.ts";
import { referrersTag } from "./subject.ts";

const IMAGE = {
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  digest: sha256(Buffer.from("a")),
  size: 1,
};
const REPORTS = ['<OWASPZAPReport version="2.17.0"/>', '[{"RuleID":"a","Secret":"hunter2"}]'].map((text) => {
  const { report, attachment } = readScanReport(Buffer.from(text), "report");
  return { mediaType: report.mediaType, attachment, digest: report.digest };
});

async function attachedTo(options: MemoryOptions): Promise<MemoryArtifacts> {
  const store = memoryArtifacts(options);
  const warnings: unknown[] = [];
  const attaching = {
    store,
    subject: IMAGE,
    pause: async () => {},
    warn: (text: unknown) => void warnings.push(text),
  };
  await attachReports(attaching, REPORTS);
  await attachReports(attaching, REPORTS);
  expect(warnings).toEqual([]);
  return store;
}

test.each<[string, MemoryOptions]>([
  ["with the referrers API", { referrers: true }],
  ["without it, by the index under the fallback tag", {}],
])("reports are listed by their media types, each once, %s", async (_, options) => {
  const store = await attachedTo(options);
  const index = await store.manifest(referrersTag(IMAGE.digest));
  const listed =
    (await store.referrers(IMAGE.digest)) ??
    objectsAt(fieldsOf(JSON.parse(Buffer.from(index ?? []).toString())), "manifests");
  const digests = listed.map((entry) => String(fieldsOf(entry)["digest"]));
  const manifests = await Promise.all(digests.map((digest) => store.manifest(digest)));
  const types = manifests.map((bytes) => parseArtifact(bytes ?? Buffer.from("{}"), "manifest").artifactType);
  expect(types.toSorted()).toEqual(["application/json", "application/xml"]);
});

test("where the list of attachments cannot be rewritten, a warning names its tag", async () => {
  const refuse = (reference: string) => {
    if (reference === referrersTag(IMAGE.digest))
      throw new UnavailableError("registry-forbidden", { fr: "non", en: "no" });
  };
  const warnings: Text[] = [];
  const attaching = {
    store: memoryArtifacts({ refuse }),
    subject: IMAGE,
    pause: async () => {},
    warn: (text: Text) => void warnings.push(text),
  };
  await attachReports(attaching, REPORTS);
  expect(warnings.map(({ en }) => en)).toEqual([expect.stringContaining(referrersTag(IMAGE.digest))]);
});

test("the blob has the digest that the statement names, and a reader of attestations passes reports over", async () => {
  const store = await attachedTo({});
  for (const { digest, attachment } of REPORTS) {
    const bytes = await store.blob({ digest, size: Buffer.byteLength(attachment.text) }, 10_000);
    expect(Buffer.from(bytes ?? []).toString()).toBe(attachment.text);
  }
  expect(await readAttachments(store, IMAGE.digest)).toEqual({
    attestations: [],
    signatures: [],
    problems: [],
  });
});
