import { expect, test } from "vitest";
import { notarySchema } from "./notary.ts";

const ISSUER = { kind: "gitlab", url: "https://gitlab.example", audience: "https://notary.example" };
const APPLICATION = {
  issuer: ISSUER.url,
  project: "social/portal",
  repository: "registry.example/social/portal",
  predicates: ["https://slsa.dev/provenance/v1"],
};
const section = (issuer: object, application: object = {}) => ({
  issuers: [{ ...ISSUER, ...issuer }],
  applications: [{ ...APPLICATION, ...application }],
});

test.each([
  ["the least", section({})],
  ["the map of the policy in place of a list of its own", { issuers: [ISSUER] }],
  [
    "GitHub",
    section(
      { kind: "github", url: "https://token.actions.githubusercontent.com" },
      { issuer: "https://token.actions.githubusercontent.com" },
    ),
  ],
  [
    "a forge below a path",
    section({ url: "https://forge.example/gitlab" }, { issuer: "https://forge.example/gitlab" }),
  ],
  ["this machine over HTTP", section({ url: "http://127.0.0.1:8080" }, { issuer: "http://127.0.0.1:8080" })],
  ["a registry with a port", section({}, { repository: "registry.example:5000/a/b/c" })],
  ["a deployment repository", section({}, { source: false })],
  ["a predicate of our own", section({}, { predicates: ["urn:douane:trial:v1"] })],
])("accepted: %s", (_, value) => {
  expect(notarySchema.safeParse(value).success).toBe(true);
});

test.each([
  ["no issuer", { ...section({}), issuers: [] }, "issuers"],
  ["another kind of forge", section({ kind: "gitea" }), "issuers.0.kind"],
  ["an issuer over HTTP", section({ url: "http://gitlab.example" }), "issuers.0.url"],
  ["this machine by a name", section({ url: "http://localhost:80" }), "issuers.0.url"],
  ["an address with a user", section({ url: "https://a:b@gitlab.example" }), "issuers.0.url"],
  ["an address with parameters", section({ url: "https://gitlab.example?a=b" }), "issuers.0.url"],
  ["an issuer that is not listed", section({}, { issuer: "https://gitlab.example/" }), "applications"],
  ["a project without a group", section({}, { project: "portal" }), "applications.0.project"],
  [
    "a repository without a registry",
    section({}, { repository: "social/portal" }),
    "applications.0.repository",
  ],
  [
    "a repository with a tag",
    section({}, { repository: "registry.example/a:1" }),
    "applications.0.repository",
  ],
  ["all repositories", section({}, { repository: "registry.example/*" }), "applications.0.repository"],
  ["no predicate", section({}, { predicates: [] }), "applications.0.predicates"],
  ["a predicate that is no URI", section({}, { predicates: ["*"] }), "applications.0.predicates.0"],
  [
    "two issuers of one address",
    { ...section({}), issuers: [ISSUER, { ...ISSUER, audience: "b" }] },
    "issuers",
  ],
  [
    "two entries of a project for one repository",
    { ...section({}), applications: [APPLICATION, APPLICATION] },
    "applications",
  ],
])("refused: %s", (_, value, place) => {
  const { error } = notarySchema.safeParse(value);
  expect(error?.issues.map(({ path }) => path.join("."))).toContain(place);
});
