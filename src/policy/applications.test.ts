import { expect, test } from "vitest";
import { twoMaps } from "./applications.ts";
import { policySchema } from "./policy.ts";
import { withApplications } from "./with-applications.ts";

const PORTAL = {
  source: "https://gitlab.example/social/portal",
  repositories: ["registry.example/social/portal"],
};
const GITOPS = { ...PORTAL, source: `${PORTAL.source}-gitops`, builds: false, predicates: ["a:a"] };
const ISSUER = { kind: "gitlab", url: "https://gitlab.example", audience: "https://notary.example" };
const LISTED = {
  issuer: ISSUER.url,
  project: "social/portal",
  repository: "registry.example/social/portal",
  predicates: ["a:a"],
};
const NOTARY = { issuers: [ISSUER] };
const ATTESTATIONS = { signers: [], builders: [], statements: {} };

test.each<[string, object]>([
  ["one map for both", { applications: [PORTAL, GITOPS], notary: NOTARY, attestations: ATTESTATIONS }],
  ["a map that no section needs", { applications: [PORTAL] }],
  [
    "a whole forge",
    { applications: [{ source: "https://gitlab.example/*", repositories: ["r.example/*"] }] },
  ],
  ["references", { applications: [{ ...PORTAL, refs: ["refs/heads/main", "refs/tags/*"] }] }],
  [
    "both lists of before",
    {
      notary: { ...NOTARY, applications: [LISTED] },
      attestations: { ...ATTESTATIONS, applications: [PORTAL] },
    },
  ],
  [
    "a list of before that is empty beside the map",
    {
      applications: [PORTAL],
      attestations: { ...ATTESTATIONS, applications: [] },
    },
  ],
  ["a section without any map: no image is of a known source", { attestations: ATTESTATIONS }],
])("accepted: %s", (_, policy) => {
  expect(policySchema.safeParse(policy).success).toBe(true);
});

test.each<[string, object, string]>([
  ["an empty map", { applications: [] }, "applications"],
  ["a notary without any", { notary: NOTARY }, "applications"],
  ["a notary with an empty one", { notary: { ...NOTARY, applications: [] } }, "applications"],
  [
    "the map beside the notary's list",
    { applications: [PORTAL], notary: { ...NOTARY, applications: [LISTED] } },
    "applications",
  ],
  [
    "the map beside the list of attestations",
    { applications: [PORTAL], attestations: { ...ATTESTATIONS, applications: [PORTAL] } },
    "applications",
  ],
  ["a half-open entry", { applications: [{ ...PORTAL, repositories: ["r.example/*"] }] }, "applications.0"],
  [
    "a name that is cut",
    { applications: [{ ...PORTAL, source: "https://h.example/te*" }] },
    "applications.0.source",
  ],
  [
    "a repository with a tag",
    { applications: [{ ...PORTAL, repositories: ["r.example/a:1"] }] },
    "applications.0.repositories.0",
  ],
  [
    "a predicate that is no URI",
    { applications: [{ ...PORTAL, predicates: ["*"] }] },
    "applications.0.predicates.0",
  ],
  ["the notary's fields", { applications: [{ ...PORTAL, project: "social/portal" }] }, "applications.0"],
])("refused: %s", (_, policy, place) => {
  const places = policySchema.safeParse(policy).error?.issues.map(({ path }) => path.join("."));
  expect(places ?? []).toContain(place);
});

test("those who judge find the projects that build, and nothing that only the notary needs", () => {
  const refs = ["refs/heads/main"];
  const policy = {
    applications: [{ ...PORTAL, refs, predicates: ["a:a"] }, GITOPS],
    attestations: ATTESTATIONS,
  };
  const { attestations, applications } = withApplications(policySchema.parse(policy));
  expect(attestations?.applications).toEqual([{ ...PORTAL, refs }]);
  expect(attestations?.scanners).toEqual([{ source: GITOPS.source, repositories: GITOPS.repositories }]);
  expect(applications).toEqual(policy.applications);
});

test("a policy without the map is read as before", () => {
  const policy = policySchema.parse({ attestations: { ...ATTESTATIONS, applications: [PORTAL] } });
  expect(withApplications(policy)).toEqual(policy);
});

test("two lists are told, one is not", () => {
  const [attestations, notary] = [{ applications: [PORTAL] }, { applications: [LISTED] }];
  expect(twoMaps({ attestations, notary }, "policy.yaml")).toEqual({
    fr: expect.stringMatching(/^policy\.yaml : .*Écrire une seule liste, applications\.$/),
    en: expect.stringMatching(/^policy\.yaml: .*Write one list, applications\.$/),
  });
  for (const policy of [{}, { attestations }, { notary }, { attestations, notary: { applications: [] } }])
    expect(twoMaps(policy, "policy.yaml")).toBeUndefined();
});
