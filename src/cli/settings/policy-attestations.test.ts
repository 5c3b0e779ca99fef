import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { testKey } from "../../../test/fixtures/attested.ts";
import { fakeSigstore } from "../../../test/fixtures/fake-sigstore.ts";
import { certificate, revocationList } from "../../../test/fixtures/x509.ts";
import { loadPolicy } from "./load-policy.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-policy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const KEY = testKey();
mkdirSync(join(folder, "keys"));
writeFileSync(join(folder, "keys", "notary.pub"), KEY.pem);
writeFileSync(join(folder, "keys", "notary.key"), KEY.secretPem);

const SECTION = {
  signers: [{ id: "notary", keys: [{ file: "keys/notary.pub", notAfter: "2027-06-30" }] }],
  builders: [{ signer: "notary", id: "https://gitlab.example/*", level: 2 }],
  applications: [
    { source: "https://gitlab.example/team/portal", repositories: ["registry.example/team/portal"] },
  ],
  statements: { provenance: { signers: ["notary"] } },
};

const CA = certificate({ name: "ca", ca: {} });
writeFileSync(join(folder, "keys", "ca.crl"), revocationList(CA));
const IDENTITY = {
  authority: "fulcio",
  issuer: "https://gitlab.example",
  subject: "https://gitlab.example/team/portal//.gitlab-ci.yml@refs/heads/main",
};
const AUTHORITY = { id: "fulcio", kind: "sigstore" };
const { trustedRoot: ROOT } = await fakeSigstore();

/** Section with one identity, of the authorities. */
function identity(
  changes: object,
  authorities: readonly object[] = [{ ...AUTHORITY, trustedRoot: { json: "{}" } }],
) {
  return { signers: [{ id: "notary", identities: [{ ...IDENTITY, ...changes }] }], authorities };
}

function load(attestations: unknown) {
  const file = join(folder, "policy.yaml");
  writeFileSync(file, JSON.stringify({ attestations }));
  return loadPolicy(file, "policy.yaml");
}

test("a signer's key is read from the file beside the policy", async () => {
  const { attestations } = await load(SECTION);
  expect(attestations?.signers[0]?.keys?.[0]).toEqual({
    file: "keys/notary.pub",
    pem: KEY.pem,
    notAfter: "2027-06-30",
  });
});

test.each<[string, object]>([
  ["with a key in the policy itself", { signers: [{ id: "notary", keys: [{ pem: KEY.pem }] }] }],
  ["with a revoked key", { revokedKeys: [{ id: KEY.id, from: "2026-11-01T08:00:00Z", reason: "stolen" }] }],
  [
    "with a builder of one workflow",
    { builders: [{ signer: "notary", id: "https://github.example/a/b.yml@*", level: 3 }] },
  ],
  [
    "with a whole forge",
    {
      applications: [
        {
          source: "https://gitlab.example/*",
          repositories: ["registry.example:5000/*"],
          refs: ["refs/tags/*"],
        },
      ],
    },
  ],
  [
    "with a row that only warns",
    { rows: { scans: { mode: "warn" }, provenance: { mode: "enforce", from: "2027-01-01" } } },
  ],
  [
    "with an identity of an authority",
    {
      signers: [{ id: "notary", identities: [IDENTITY] }],
      authorities: [{ ...AUTHORITY, trustedRoot: { json: JSON.stringify(ROOT) } }],
    },
  ],
  [
    "with an identity of an organisation's authority",
    {
      signers: [{ id: "notary", identities: [{ authority: "pki", subject: "build@team.example" }] }],
      authorities: [
        { id: "pki", kind: "pki", certificates: [{ pem: CA.pem }], crls: [{ file: "keys/ca.crl" }] },
      ],
    },
  ],
  [
    "with keys beside identities, and an identity whose end is open",
    {
      signers: [
        {
          id: "notary",
          keys: [{ pem: KEY.pem }],
          identities: [{ ...IDENTITY, subject: "https://gitlab.example/team/*", notAfter: "2027-01-01" }],
        },
      ],
      authorities: [{ ...AUTHORITY, trustedRoot: { json: JSON.stringify(ROOT) }, require: ["log"] }],
    },
  ],
])("%s the section is accepted", async (_, more) => {
  await expect(load({ ...SECTION, ...more })).resolves.toBeDefined();
});

describe("the section is refused", () => {
  const key = (fields: object) => ({ signers: [{ id: "notary", keys: [fields] }] });
  test.each<[string, object, RegExp]>([
    ["without signers", { signers: undefined }, /signers/],
    ["without statements", { statements: undefined }, /statements/],
    ["with a misspelt key", { builder: [] }, /unknown key "builder".*builders/],
    ["with a private key", key({ file: "keys/notary.key" }), /"keys\/notary\.key": a private key/],
    ["with a key that is not there", key({ file: "keys/none.pub" }), /"keys\/none\.pub" cannot be read/],
    ["with a key twice", key({ file: "keys/notary.pub", pem: KEY.pem }), /a key by pem or by file/],
    ["with no key", key({}), /a key by pem or by file/],
    ["with a private key in PEM", key({ pem: KEY.secretPem }), /a PEM public key/],
    ["with a day that does not exist", key({ pem: KEY.pem, notAfter: "2027-02-30" }), /YYYY-MM-DD/],
    ["with a signer without keys", { signers: [{ id: "notary", keys: [] }] }, /keys/],
    [
      "with two signers of one name",
      { signers: [...SECTION.signers, ...SECTION.signers] },
      /one signer for each name/,
    ],
    [
      "with a builder of an unknown signer",
      { builders: [{ signer: "x", id: "https://a/*", level: 1 }] },
      /a signer declared/,
    ],
    [
      "with a statement of an unknown signer",
      { statements: { sast: { signers: ["x"] } } },
      /a signer declared/,
    ],
    ["with a level of its own", { builders: [{ signer: "notary", id: "https://a/*", level: 4 }] }, /level/],
    [
      "with a builder cut within a name",
      { builders: [{ signer: "notary", id: "https://gitlab.exam*", level: 1 }] },
      /its beginning/,
    ],
    [
      "with a source cut within a name",
      { applications: [{ source: "https://g.example/te*", repositories: ["r.example/a"] }] },
      /a project's URI/,
    ],
    [
      "with a source that alone is open",
      { applications: [{ source: "https://g.example/*", repositories: ["r.example/a"] }] },
      /or none does/,
    ],
    [
      "with a repository without its registry",
      { applications: [{ source: "https://g.example/a", repositories: ["team/portal"] }] },
      /with its registry/,
    ],
    [
      "with a key id of another form",
      { revokedKeys: [{ id: "abc", from: "2026-11-01", reason: "x" }] },
      /a key id/,
    ],
    [
      "with a revocation at no time",
      { revokedKeys: [{ id: KEY.id, from: "2026-11-31", reason: "x" }] },
      /RFC 3339/,
    ],
    ["with a signer of neither keys nor identities", { signers: [{ id: "notary" }] }, /keys or identities/],
    ["with an identity of an unknown authority", identity({}, []), /an authority declared/],
    ["with an identity without an issuer", identity({ issuer: undefined }), /issuer is missing/],
    [
      "with an issuer of an organisation's certificate",
      identity({}, [{ id: "fulcio", kind: "pki", certificates: [{ file: "a.pem" }] }]),
      /of kind sigstore and there only/,
    ],
    [
      "with a group of an organisation's certificates",
      identity({ issuer: undefined, subject: "https://gitlab.example/*" }, [
        { id: "fulcio", kind: "pki", certificates: [{ file: "a.pem" }] },
      ]),
      /states no project/,
    ],
    ["with an authority of an unknown kind", identity({}, [{ id: "fulcio", kind: "x" }]), /kind/],
    [
      "with a revocation list of another form",
      identity({ issuer: undefined }, [
        { id: "fulcio", kind: "pki", certificates: [{ pem: CA.pem }], crls: [{ pem: CA.pem }] },
      ]),
      /a PEM revocation list/,
    ],
    [
      "with a revocation list that is not there",
      identity({ issuer: undefined }, [
        { id: "fulcio", kind: "pki", certificates: [{ pem: CA.pem }], crls: [{ file: "none.crl" }] },
      ]),
      /"none\.crl" cannot be read/,
    ],
    ["with a subject cut within a name", identity({ subject: "https://gitlab.exam*" }), /its beginning/],
    ["with a subject that is open in its midst", identity({ subject: "https://*/team/a" }), /its beginning/],
    ["with an authority without a root", identity({}, [AUTHORITY]), /trustedRoot or certificates/],
    [
      "with an authority of two roots",
      identity({}, [{ ...AUTHORITY, trustedRoot: { file: "a" }, certificates: [{ file: "b" }] }]),
      /trustedRoot or certificates/,
    ],
    [
      "with a root and a log beside it",
      identity({}, [{ ...AUTHORITY, trustedRoot: { file: "a" }, ctLogs: [{ pem: KEY.pem }] }]),
      /no ctLogs/,
    ],
    [
      "with a log without its URL",
      identity({}, [{ ...AUTHORITY, certificates: [{ file: "b" }], logs: [{ pem: KEY.pem }] }]),
      /url/,
    ],
    [
      "with a key in the place of certificates",
      identity({}, [{ ...AUTHORITY, certificates: [{ pem: KEY.pem }] }]),
      /PEM certificates/,
    ],
    [
      "with a file without certificates",
      identity({}, [{ ...AUTHORITY, certificates: [{ file: "keys/notary.pub" }] }]),
      /"keys\/notary\.pub": no readable PEM certificate/,
    ],
    ["with unknown evidence", identity({}, [{ ...AUTHORITY, require: ["sct"] }]), /require/],
    [
      "with two authorities of one name",
      identity({}, [
        { ...AUTHORITY, trustedRoot: { json: "{}" } },
        { ...AUTHORITY, trustedRoot: { json: "{}" } },
      ]),
      /one authority for each name/,
    ],
    ["with a mandatory row", { rows: { "non-root": { mode: "warn" } } }, /unknown key "non-root"/],
  ])("%s", async (_, more, message) => {
    await expect(load({ ...SECTION, ...more })).rejects.toThrow(message);
  });
});
