import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { ecosystemCoverage, sbomFacts } from "../../../test/fixtures/sbom-facts.ts";
import type { EcosystemCoverage, NamedPackages } from "../../contract/sbom-facts.ts";
import { sbomCoverage } from "./2.2-sbom-coverage.ts";

const NONE: NamedPackages = { count: 0, names: [] };

function check(ecosystems: readonly EcosystemCoverage[], share?: number, unseen = NONE) {
  const sbom = sbomFacts({ coverage: { ecosystems, unseen } });
  const judging = { at: "2026-11-24T00:00:00.000Z", sbomCoverage: share ?? 90, vulnerabilityDataDays: 5 };
  return checkRule(sbomCoverage, share === undefined ? { sbom } : { sbom, judging });
}

const npm = (named: number, packages = 10): EcosystemCoverage => {
  const count = packages - named;
  const names = Array.from({ length: Math.min(20, count) }, (_, index) => `p${index} 1.0.0`);
  return ecosystemCoverage({ named, packages, missing: { count, names } });
};
const deb = (named: number, packages = 10): EcosystemCoverage => ({
  ...npm(named, packages),
  type: "deb",
  source: "system",
});
const generic = (named: number): EcosystemCoverage => ({ ...npm(named, 1), type: "generic" });

test("all that was seen: a pass that counts", () => {
  expect(check([deb(10), npm(10)])).toEqual({
    status: "pass",
    proof: {
      fr: "le SBOM nomme 20 des 20 paquets vus, soit 100 % (deb 10/10, npm 10/10)",
      en: "the SBOM names 20 of the 20 packages seen, which is 100 % (deb 10/10, npm 10/10)",
    },
    notes: [],
  });
});

test("nothing seen: nothing that it would have to name", () => {
  expect(check([])).toMatchObject({
    status: "pass",
    proof: { en: expect.stringContaining("nothing in the layers") },
  });
});

test("no document that counts: unproven", () => {
  expect(checkRule(sbomCoverage, { sbom: sbomFacts() }).status).toBe("unproven");
});

describe("the share", () => {
  test.each<[string, readonly EcosystemCoverage[], number | undefined, string]>([
    ["90 % by itself", [npm(9)], undefined, "pass"],
    ["less by itself", [npm(89, 100)], undefined, "fail"],
    ["of a policy that asks for all", [npm(9)], 100, "fail"],
    ["of a policy that asks for half", [npm(5)], 50, "pass"],
    ["of each ecosystem for itself", [deb(1_000, 1_000), npm(0, 5)], undefined, "fail"],
    ["of the system, wholly missing", [deb(0, 90), npm(1_000, 1_000)], undefined, "fail"],
    ["of a runtime, which few tools name", [deb(10), npm(10), generic(0)], undefined, "pass"],
    ["of a runtime, where the application is nothing else", [deb(10), generic(0)], undefined, "fail"],
    ["of a runtime, where of the application nothing is named", [deb(10), npm(0), generic(0)], 1, "fail"],
  ])("%s", (_, ecosystems, share, status) => {
    expect(check(ecosystems, share).status).toBe(status);
  });
});

test("what is missing is named, the first of it, with the count of the rest", () => {
  expect(check([{ ...npm(2, 10), otherVersion: 3 }])).toMatchObject({
    findings: [
      {
        message: {
          fr: "le SBOM nomme 2 des 10 paquets npm de l'application (20 %, 90 % attendus) ; manquent p0 1.0.0, p1 1.0.0, p2 1.0.0, p3 1.0.0, p4 1.0.0 et 3 autres ; 3 y figurent dans une autre version",
          en: "the SBOM names 2 of the 10 npm packages of the application (20 %, 90 % expected); missing are p0 1.0.0, p1 1.0.0, p2 1.0.0, p3 1.0.0, p4 1.0.0 and 3 others; 3 of them stand there in another version",
        },
        fingerprint: "2.2-sbom-coverage:npm:2:10",
      },
    ],
  });
});

test("what is missing of a sufficient share, and what only the document knows, are notes", () => {
  expect(check([npm(9)], 90, { count: 1, names: ["ghost 1.0.0"] })).toMatchObject({
    status: "pass",
    notes: [
      { message: { en: "npm packages that the SBOM does not name: 1 of 10 (p0 1.0.0)" } },
      { message: { en: "packages that only the SBOM knows: 1 (ghost 1.0.0)" } },
    ],
  });
});
