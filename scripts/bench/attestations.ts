// Processor time of an image's attestations in a process that is warm, as `douane serve` is:
// node scripts/bench/attestations.ts [attestations] [runs]. A provenance and static analyses, signed by P-256 keys, are
// read from memory, verified and judged. A known verdict needs none of this, and no request: see admission.ts.

import { attachBundles } from "../../src/attest/attach/attach.ts";
import { signEnvelope } from "../../src/attest/dsse/sign-envelope.ts";
import { statementBytes } from "../../src/attest/in-toto/write-statement.ts";
import {
  type ImageAttestations,
  judgeImageAttestations,
  readImageAttestations,
} from "../../src/attest/policy/image-attestations.ts";
import { trustedKeys } from "../../src/attest/policy/trusted-key.ts";
import { TEST_RESULT_TYPE } from "../../src/attest/predicates/scan-result.ts";
import {
  AT,
  IMAGE,
  NOTARY,
  POLICY,
  PROVENANCE,
  provenance,
  REPOSITORY,
  SCANNER,
  scan,
} from "../../test/fixtures/attested.ts";
import { memoryArtifacts } from "../../test/fixtures/memory-artifacts.ts";

const COUNT = Number(process.argv[2] ?? 100);
const RUNS = Number(process.argv[3] ?? 30);

const store = memoryArtifacts({ referrers: true });
await attachBundles(
  {
    store,
    subject: { mediaType: "application/vnd.oci.image.manifest.v1+json", digest: IMAGE, size: 5 },
    pause: async () => {},
    warn: () => {},
  },
  Array.from({ length: COUNT }, (_, index) => {
    const predicate =
      index === 0
        ? { type: PROVENANCE, content: provenance() }
        : { type: TEST_RESULT_TYPE, content: scan("sast", { rulesRun: 100 + index }) };
    const key = index === 0 ? NOTARY : SCANNER;
    return {
      envelope: signEnvelope(
        "application/vnd.in-toto+json",
        statementBytes({ name: REPOSITORY, digest: IMAGE }, predicate),
        key.secret,
      ),
      predicateType: predicate.type,
      keyId: key.id,
      created: new Date(AT),
    };
  }),
);

/** Milliseconds of processor time for each attestation, after ten runs that are not counted. */
async function perAttestation(run: () => Promise<unknown>): Promise<number> {
  for (let count = 0; count < 10; count++) await run();
  const before = process.cpuUsage();
  for (let count = 0; count < RUNS; count++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / RUNS / COUNT;
}

const keys = trustedKeys(POLICY);
const read = async (): Promise<ImageAttestations> => ({
  ...(await readImageAttestations(store, [IMAGE], keys)),
  repository: REPOSITORY,
});
const found = await read();
const { checks } = judgeImageAttestations(found, POLICY, AT);
if (!checks.some(({ id, answer }) => id === "sast" && answer === "yes")) throw new Error("nothing counts");
const reading = await perAttestation(read);
const judging = await perAttestation(async () => judgeImageAttestations(found, POLICY, AT));
console.log(
  `${COUNT} attestations: read and verified ${reading.toFixed(3)} ms, judged ${judging.toFixed(3)} ms CPU each`,
);
