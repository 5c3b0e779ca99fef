import { expect, test } from "vitest";
import { factsOf } from "../../../../test/fixtures/feed-facts.ts";
import { nvd } from "./nvd.ts";

// Names of https://csrc.nist.gov/schema/nvd/api/2.0/cve_api_json_2.0.schema
test.each(["cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"])("%s is a rating", (name) => {
  const metric = { source: "nvd@nist.gov", cvssData: { vectorString: "AV:N", baseScore: 9.8 } };
  const cve = { id: "CVE-2026-0001", metrics: { [name]: [metric, metric] } };
  const rating = { by: "NVD", vector: "AV:N", score: 9.8 };
  const facts = JSON.stringify({ severities: [rating, rating], exploited: [] });
  expect(factsOf(nvd, { cve })).toEqual([`cve CVE-2026-0001 ${facts}`]);
  expect(factsOf(nvd, { vulnerabilities: [{ cve }, { cve }] })).toHaveLength(2);
});

test.each([
  [{ source: "nvd@nist.gov" }, "NVD"],
  [{}, "NVD"],
  [{ source: "134c704f-9b21-4f2e-91b3-4a467353bcc0" }, "CISA-ADP"],
  [{ source: "security@vendor.example" }, "CNA"],
  [{ source: `${"x".repeat(60)}yz` }, "x".repeat(60)],
])("%j is rated by %s", (metric, by) => {
  const cve = {
    id: "CVE-2026-0001",
    sourceIdentifier: "security@vendor.example",
    metrics: { cvssMetricV31: [{ ...metric, cvssData: { baseScore: 0 } }] },
  };
  expect(factsOf(nvd, { cve })).toEqual([
    `cve CVE-2026-0001 ${JSON.stringify({ severities: [{ by, score: 0 }], exploited: [] })}`,
  ]);
});

test.each([
  [{ vectorString: "AV:N" }, [{ by: "NVD", vector: "AV:N" }]],
  [{ baseScore: 5 }, [{ by: "NVD", score: 5 }]],
  [{ baseScore: "5" }, []],
  [{}, []],
])("the metric %j is %j", (cvssData, severities) => {
  const cve = { id: "CVE-2026-0001", metrics: { cvssMetricV31: [{ cvssData }] } };
  expect(factsOf(nvd, { cve })).toEqual([
    `cve CVE-2026-0001 ${JSON.stringify({ severities, exploited: [] })}`,
  ]);
});

test("dates are those of the record and of the document", () => {
  const cve = {
    id: "CVE-2026-0001",
    published: "2026-06-05T15:13:50.527",
    lastModified: "2026-06-06T15:13:50.527",
  };
  const facts = JSON.stringify({ severities: [], exploited: [], published: "2026-06-05" });
  expect(factsOf(nvd, { vulnerabilities: [{ cve }], timestamp: "2026-06-14T00:00:00.000" })).toEqual([
    `cve CVE-2026-0001 ${facts} 2026-06-06T15:13:50.527`,
    "dated 2026-06-14T00:00:00.000",
  ]);
  const rejected = JSON.stringify({ severities: [], exploited: [], isRejected: true });
  expect(factsOf(nvd, { cve: { ...cve, vulnStatus: "Rejected" } })).toEqual([
    `cve CVE-2026-0001 ${rejected} 2026-06-06T15:13:50.527`,
  ]);
});

test.each([
  [{}],
  [{ cve: {} }],
  [{ cve: { id: "CVE-1" } }],
  [{ vulnerabilities: [] }],
  [{ vulnerabilities: [{ cve: 7 }] }],
])("%j is no document of NVD", (document) => {
  expect(nvd.recognises(document)).toBe(false);
});

test("an identifier that is none is told", () => {
  expect(factsOf(nvd, { vulnerabilities: [{ cve: { id: "CVE-1" } }] })).toEqual(["malformed CVE-1"]);
});
