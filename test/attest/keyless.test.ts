// Bundles signed with certificates of a private Sigstore, as three verifiers see them: Debian's sigstore-go 0.7.1,
// @sigstore/verify 4.1.3, and douane, which uses that library but reads timestamps itself. Where they differ, the
// specification decides, and its words stand beside the case.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFromJSON } from "@sigstore/bundle";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hexOf, sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import { IMAGE, PROVENANCE, provenance } from "../fixtures/attested.ts";
import {
  type FakeSigstore,
  fakeSigstore,
  KEYLESS_ISSUER,
  KEYLESS_SUBJECT,
  type KeylessOptions,
} from "../fixtures/fake-sigstore.ts";
import { judgeBundles, keylessPolicy, keylessServices, statementOf } from "../fixtures/keyless.ts";

const OTHER_IMAGE = sha256(Buffer.from("another image"));
const LATE = Date.now() + 3600 * 1000;
const folder = mkdtempSync(join(tmpdir(), "douane-keyless-"));
let sigstore: FakeSigstore;
beforeAll(async () => {
  sigstore = await fakeSigstore();
  writeFileSync(join(folder, "trusted_root.json"), JSON.stringify(sigstore.trustedRoot));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Verdict of sigstore-go: "yes", or the last line of its error. */
function bySigstoreGo(bundle: unknown, digest: Digest, flags: readonly string[]): string {
  writeFileSync(join(folder, "bundle.json"), JSON.stringify(bundle));
  const identity = ["-expectedIssuer", KEYLESS_ISSUER, "-expectedSAN", KEYLESS_SUBJECT];
  const root = ["-trustedrootJSONpath", "trusted_root.json", "-artifact-digest", hexOf(digest)];
  const argv = [...flags, ...identity, ...root, "bundle.json"];
  const { status, stderr } = spawnSync("sigstore-go-verification", argv, { cwd: folder, encoding: "utf8" });
  return status === 0 ? "yes" : (stderr.trim().split("\n").at(-1) ?? "");
}

/** Verdict of the library, which looks at no digest: "yes", or its message. */
function byLibrary(bundle: unknown, tlogThreshold: number): string {
  try {
    const material = toTrustMaterial(TrustedRoot.fromJSON(sigstore.trustedRoot));
    const entity = toSignedEntity(bundleFromJSON(bundle));
    new Verifier(material, { tlogThreshold }).verify(entity);
    return "yes";
  } catch (error) {
    return (error as Error).message;
  }
}

async function byDouane(bundle: Record<string, unknown>, digest: Digest, needsLog: boolean): Promise<string> {
  const changes = needsLog ? {} : { services: keylessServices(sigstore, {}, ["logs"]) };
  const { provenance: answer, codes } = await judgeBundles(
    [bundle],
    keylessPolicy(sigstore, changes),
    LATE,
    digest,
  );
  return answer === "yes" ? "yes" : codes.join(" ");
}

/** A time after the certificate's begin, with these milliseconds. */
const fraction = (milliseconds: number) =>
  new Date((Math.floor(Date.now() / 1000) + 2) * 1000 + milliseconds);

interface Verdicts {
  readonly go: string;
  readonly library: string;
  readonly douane: string;
}
const ALL: Verdicts = { go: "yes", library: "yes", douane: "yes" };

test.each<[string, () => KeylessOptions, Verdicts]>([
  ["an entry of kind intoto", () => ({}), ALL],
  ["an entry of kind dsse, as Rekor stores it", () => ({ entry: "dsse" }), ALL],
  ["a timestamp alone", () => ({ evidence: ["tsa"], tsaTime: fraction(0) }), ALL],
  [
    "an entry and a timestamp with three digits of a second",
    () => ({ evidence: ["log", "tsa"], tsaTime: fraction(123) }),
    ALL,
  ],
  // RFC 3161, section 2.4.2: the fraction of genTime "MUST omit all trailing 0's". sigstore-go is right, the library
  // reads three digits only; what looked like Rekor v1 beside a TSA was one timestamp in ten.
  [
    "a timestamp whose fraction ends in 0, which is omitted",
    () => ({ evidence: ["log", "tsa"], tsaTime: fraction(120) }),
    { ...ALL, library: "invalid time" },
  ],
  // Schema dsse v0.0.1 of Rekor: `proposedContent` is "writeOnly", `signatures` "readOnly": a log stores and signs an
  // entry of hashes and signatures. The library is right; the mock stores what clients propose, and sigstore-go
  // parses it as a proposal.
  [
    "an entry of kind dsse as clients propose it",
    () => ({ entry: "dsse-proposed" }),
    { go: "yes", library: "signature count mismatch", douane: "log-entry-other" },
  ],
])("%s", async (_, options, expected) => {
  const choice = options();
  const bundle = await sigstore.sign(statementOf(PROVENANCE, provenance()), choice);
  const needsLog = choice.evidence?.includes("log") ?? true;
  const flags = needsLog ? [] : ["-requireTlog=false"];
  expect({
    go: bySigstoreGo(bundle, IMAGE, flags),
    library: byLibrary(bundle, needsLog ? 1 : 0),
    douane: await byDouane(bundle, IMAGE, needsLog),
  }).toEqual(expected);
  expect(bySigstoreGo(bundle, OTHER_IMAGE, flags)).toContain("provided artifact digest does not match");
  const refusal = expected.douane === "yes" ? "other-subject" : expected.douane;
  expect(await byDouane(bundle, OTHER_IMAGE, needsLog)).toBe(refusal);
});
