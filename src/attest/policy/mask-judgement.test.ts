import { expect, test } from "vitest";
import {
  AT,
  BUILDER,
  IMAGE,
  POLICY,
  REPOSITORY,
  SOURCE,
  statedProvenance,
  statedScan,
} from "../../../test/fixtures/attested.ts";
import { judgeImageAttestations } from "./image-attestations.ts";
import { maskStatements } from "./mask-judgement.ts";
import type { SignedStatement } from "./signers.ts";

const TOKEN = ["glpat", "x7Kq2mZp9LtR4vWc8NbY"].join("-");
const PASSWORD = "hunter-of-24";

/** Provenance with one text replaced in its JSON. */
function provenanceWith(text: string, by: string): SignedStatement {
  const one = statedProvenance();
  const predicate = JSON.parse(JSON.stringify(one.statement.predicate).replaceAll(text, by));
  return { ...one, statement: { ...one.statement, predicate } };
}

function judged(statements: readonly SignedStatement[]) {
  const found = { statements, sources: [], unverified: [], imageSigners: [], repository: REPOSITORY };
  return judgeImageAttestations(found, POLICY, AT);
}

test.each([
  ["password of the source", SOURCE, SOURCE.replace("https://", `https://u:${PASSWORD}@`), PASSWORD],
  ["token in place of the user", SOURCE, SOURCE.replace("https://", `https://${TOKEN}@`), TOKEN],
  ["token in the run's address", `${SOURCE}/-/jobs/56`, `${SOURCE}/-/jobs/56?private_token=${TOKEN}`, TOKEN],
  ["token of the builder", BUILDER, `${BUILDER}?private_token=${TOKEN}`, TOKEN],
  [
    "token that the shortened text would cut",
    `${SOURCE}/-/jobs/56`,
    `${SOURCE}/${"a".repeat(100 - SOURCE.length)}?private_token=${TOKEN}`,
    TOKEN.slice(0, 16),
  ],
])("a judgement quotes no %s", (_, text, by, secret) => {
  const set = [provenanceWith(text, by), statedScan("sast"), statedScan("dast")];
  const { checks } = judged(set);
  expect(JSON.stringify(set)).toContain(secret);
  expect(JSON.stringify(checks)).not.toContain(secret);
});

test("masking changes no answer: what decides is what was signed", () => {
  const chain = [statedProvenance(), statedScan("sast"), statedScan("dast")];
  const withToken = [
    provenanceWith(`${SOURCE}/-/jobs/56`, `${SOURCE}/-/jobs/56?private_token=${TOKEN}`),
    ...chain.slice(1),
  ];
  const answers = (set: readonly SignedStatement[]) => judged(set).checks.map(({ answer }) => answer);
  expect(answers(withToken)).toEqual(answers(chain));
  // The reference that is signed is compared, not a masked one.
  const limited = provenanceWith("refs/heads/main", `refs/heads/${TOKEN}`);
  expect(answers([limited])[1]).toBe("no");
  expect(JSON.stringify(judged([limited]).checks)).not.toContain(TOKEN);
});

test("statements without a secret, and documents, stay as they are", () => {
  const chain = [statedProvenance(), statedScan("sast")];
  expect(maskStatements(chain)).toBe(chain);
  const [first] = chain;
  if (first === undefined) return;
  const sbom = {
    ...first,
    statement: {
      predicateType: "https://cyclonedx.org/bom",
      subjects: [IMAGE],
      predicate: { url: `https://u:${PASSWORD}@example.org` },
    },
  };
  expect(maskStatements([sbom])[0]).toBe(sbom);
});

test("a refused attestation's text is masked, too", () => {
  const text = { fr: `x ${TOKEN}`, en: `x ${TOKEN}` };
  const unverified = [{ name: IMAGE, code: "payload-type", text }];
  const found = { statements: [], sources: [], unverified, imageSigners: [], repository: REPOSITORY };
  expect(JSON.stringify(judgeImageAttestations(found, POLICY, AT))).not.toContain(TOKEN);
});
