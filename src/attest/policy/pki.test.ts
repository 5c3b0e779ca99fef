// Attestations signed with certificates of an organisation's authorities: chain, validity, usages, path length,
// revocation. What openssl says of the same chains stands in test/attest/pki.test.ts.

import { sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { POLICY, PROVENANCE, provenance } from "../../../test/fixtures/attested.ts";
import { judgeBundles, statementOf } from "../../../test/fixtures/keyless.ts";
import {
  type CertificateOptions,
  certificate,
  daysFromNow,
  type KeyType,
  keyIdOf,
  revocationList,
  type TestCertificate,
  USAGES,
} from "../../../test/fixtures/x509.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { PkiAuthority, SignerIdentity } from "../../contract/certificate-policy.ts";
import { preAuthEncoding } from "../dsse/pae.ts";

const SUBJECT = "build@team.example";
const TYPE = "application/vnd.in-toto+json";
const NOW = Date.now();
const BUILT = statementOf(PROVENANCE, provenance());
const CRITICAL = ["1.2.3.4.5"];

const ROOT = certificate({ name: "root", ca: {} });
const MIDDLE = certificate({ name: "middle", issuer: ROOT, ca: { pathLength: 0 } });
const leafOf = (issuer: TestCertificate, more: Partial<CertificateOptions> = {}) =>
  certificate({ name: "build", names: [SUBJECT], issuer, ...more });
const LEAF = leafOf(MIDDLE);

/** A bundle with a chain, as its version 0.1 has it; without others, as version 0.3 has it. */
function signed(leaf: TestCertificate, others: readonly TestCertificate[] = [MIDDLE], payload = BUILT) {
  const { privateKey } = leaf.keys;
  const hash = privateKey.asymmetricKeyType === "ed25519" ? null : "sha256";
  const signature = sign(hash, preAuthEncoding(TYPE, Buffer.from(BUILT)), privateKey);
  const raw = ({ der }: TestCertificate) => ({ rawBytes: der.toString("base64") });
  const material =
    others.length === 0
      ? { certificate: raw(leaf) }
      : { x509CertificateChain: { certificates: [leaf, ...others].map(raw) } };
  const version = others.length === 0 ? ".v0.3+json" : "+json;version=0.1";
  return {
    mediaType: `application/vnd.dev.sigstore.bundle${version}`,
    verificationMaterial: material,
    dsseEnvelope: {
      payloadType: TYPE,
      payload: Buffer.from(payload).toString("base64"),
      signatures: [{ keyid: "", sig: signature.toString("base64") }],
    },
  };
}

interface Changes {
  readonly trusted?: readonly TestCertificate[];
  readonly crls?: readonly string[];
  readonly identity?: Partial<SignerIdentity>;
  readonly more?: Partial<AttestationPolicy>;
}

function policyOf({ trusted = [ROOT], crls = [], identity, more }: Changes = {}): AttestationPolicy {
  const authority: PkiAuthority = {
    id: "pki",
    kind: "pki",
    certificates: trusted.map(({ pem }) => ({ pem })),
    ...(crls.length === 0 ? {} : { crls: crls.map((pem) => ({ pem })) }),
  };
  return {
    ...POLICY,
    signers: [{ id: "team", identities: [{ authority: "pki", subject: SUBJECT, ...identity }] }],
    authorities: [authority],
    builders: [{ signer: "team", id: "https://gitlab.example/*", level: 1 }],
    statements: { provenance: { signers: ["team"] } },
    ...more,
  };
}

const judged = (bundle: Record<string, unknown>, changes?: Changes, at = NOW) =>
  judgeBundles([bundle], policyOf(changes), at);

describe("a signature with a certificate of an organisation counts", () => {
  test.each<KeyType>(["rsa", "p256", "p384", "ed25519"])("with %s keys from root to leaf", async (type) => {
    const root = certificate({ name: "root", ca: {}, type });
    const middle = certificate({ name: "middle", issuer: root, ca: {}, type });
    const { provenance: answer, codes } = await judged(signed(leafOf(middle, { type }), [middle]), {
      trusted: [root],
    });
    expect([answer, codes]).toEqual(["yes", []]);
  });

  const list = revocationList(MIDDLE, { revoked: [{ serial: 1, from: daysFromNow(-2) }] });
  test.each<[string, Record<string, unknown>, Changes]>([
    ["without its chain, which the policy has", signed(LEAF, []), { trusted: [ROOT, MIDDLE] }],
    ["by an intermediate authority that alone is trusted", signed(LEAF, []), { trusted: [MIDDLE] }],
    [
      "with foreign certificates in its chain",
      signed(LEAF, [certificate({ name: "x", ca: {} }), MIDDLE]),
      {},
    ],
    ["without keyUsage", signed(leafOf(MIDDLE, { usage: null })), {}],
    [
      "with several names, one of which is the signer's",
      signed(leafOf(MIDDLE, { names: ["https://team.example/", SUBJECT] })),
      {},
    ],
    ["that no list revokes", signed(LEAF), { crls: [revocationList(ROOT), list] }],
    [
      "that a list revokes later",
      signed(LEAF),
      {
        crls: [
          revocationList(ROOT),
          revocationList(MIDDLE, { revoked: [{ serial: LEAF.serial, from: daysFromNow(1) }] }),
        ],
      },
    ],
    [
      "that an older list names, and the newer one does not",
      signed(LEAF),
      {
        crls: [
          revocationList(ROOT),
          revocationList(MIDDLE, {
            thisUpdate: daysFromNow(-9),
            revoked: [{ serial: LEAF.serial, from: daysFromNow(-10) }],
          }),
          list,
        ],
      },
    ],
    [
      "that no list of one text revokes",
      signed(LEAF),
      { crls: [`Issuing\n${revocationList(ROOT)}\nRoot\n${list}`] },
    ],
    [
      "whose root has no list, but is trusted itself beside its authority",
      signed(LEAF),
      {
        trusted: [ROOT, MIDDLE],
        crls: [list],
      },
    ],
  ])("%s", async (_, bundle, changes) => {
    const { provenance: answer, codes } = await judged(bundle, changes);
    expect([answer, codes]).toEqual(["yes", []]);
  });
});

describe("a signature with a certificate of an organisation is refused", () => {
  const other = certificate({ name: "root", ca: {} });
  const forged = certificate({ name: "middle", ca: {} });
  const deep = certificate({ name: "deep", issuer: MIDDLE, ca: {} });
  const server = certificate({ name: "tls", issuer: ROOT, ca: {}, extended: [USAGES.serverAuth] });
  const noSigner = certificate({ name: "no signer", issuer: ROOT, ca: {}, usage: [6] });
  const critical = certificate({ name: "critical", issuer: ROOT, ca: {}, critical: CRITICAL });
  const old = certificate({ name: "old", issuer: ROOT, ca: {}, notAfter: daysFromNow(-1) });
  const weak = certificate({ name: "weak", issuer: ROOT, ca: {}, type: "rsa", hash: "sha1" });
  const first = leafOf(MIDDLE, { name: "first" });
  const SAME = daysFromNow(-0.5);
  const REVOKED = { serial: LEAF.serial, from: daysFromNow(-1) };
  const lists = (...crls: string[]): Changes => ({ crls: [revocationList(ROOT), ...crls] });

  test.each<[string, string, Record<string, unknown>, Changes?]>([
    ["by a foreign root of the same name", "certificate-untrusted", signed(LEAF), { trusted: [other] }],
    ["without the authority between", "certificate-untrusted", signed(LEAF, [])],
    [
      "by a forged authority of the same name",
      "certificate-untrusted",
      signed(leafOf(forged), [forged, MIDDLE]),
    ],
    ["signed by itself", "certificate-untrusted", signed(certificate({ name: "build", names: [SUBJECT] }))],
    ["under an authority signed with SHA-1", "certificate-untrusted", signed(leafOf(weak), [weak])],
    ["signed with SHA-1 itself", "certificate-untrusted", signed(leafOf(MIDDLE, { hash: "sha1" }))],
    ["with an RSA key of 1024 bits", "certificate-invalid", signed(leafOf(MIDDLE, { type: "rsa-1024" }))],
    ["expired", "certificate-expired", signed(leafOf(MIDDLE, { notAfter: daysFromNow(-1) }))],
    ["under an expired authority", "certificate-expired", signed(leafOf(old), [old])],
    ["not valid yet", "certificate-not-yet-valid", signed(leafOf(MIDDLE, { notBefore: daysFromNow(1) }))],
    ["for servers", "certificate-usage", signed(leafOf(MIDDLE, { extended: [USAGES.serverAuth] }))],
    ["for any purpose", "certificate-usage", signed(leafOf(MIDDLE, { extended: null }))],
    ["whose key does not sign", "certificate-usage", signed(leafOf(MIDDLE, { usage: [2] }))],
    ["of an authority", "certificate-usage", signed(MIDDLE, [ROOT])],
    [
      "with a critical extension nobody knows",
      "certificate-critical",
      signed(leafOf(MIDDLE, { critical: CRITICAL })),
    ],
    ["under an authority with one", "certificate-authority", signed(leafOf(critical), [critical])],
    ["issued by another leaf", "certificate-authority", signed(leafOf(first), [first, MIDDLE])],
    ["deeper than the path length", "certificate-authority", signed(leafOf(deep), [deep, MIDDLE])],
    ["by an authority for servers", "certificate-authority", signed(leafOf(server), [server])],
    [
      "by an authority that may not sign certificates",
      "certificate-authority",
      signed(leafOf(noSigner), [noSigner]),
    ],
    ["of another subject", "certificate-subject", signed(leafOf(MIDDLE, { names: ["build@other.example"] }))],
    ["without a name", "certificate-subject", signed(certificate({ name: SUBJECT, issuer: MIDDLE }))],
    ["of a longer subject", "certificate-subject", signed(leafOf(MIDDLE, { names: [`${SUBJECT}.evil`] }))],
    [
      "of a group",
      "certificate-project",
      signed(leafOf(MIDDLE, { names: ["https://team.example/build"] })),
      { identity: { subject: "https://team.example/*" } },
    ],
    ["with a payload that was changed", "certificate-signature", signed(LEAF, [MIDDLE], `${BUILT} `)],
    [
      "revoked",
      "certificate-revoked",
      signed(LEAF),
      lists(revocationList(MIDDLE, { revoked: [{ serial: LEAF.serial, from: daysFromNow(-1) }] })),
    ],
    [
      "revoked by the second list of a text",
      "certificate-revoked",
      signed(LEAF),
      lists(
        [
          revocationList(MIDDLE, { thisUpdate: daysFromNow(-9) }),
          revocationList(MIDDLE, { revoked: [{ serial: LEAF.serial, from: daysFromNow(-1) }] }),
        ].join("\n"),
      ),
    ],
    [
      "under a revoked authority",
      "certificate-revoked",
      signed(LEAF),
      {
        crls: [
          revocationList(ROOT, { revoked: [{ serial: MIDDLE.serial, from: daysFromNow(-1) }] }),
          revocationList(MIDDLE),
        ],
      },
    ],
    [
      "revoked by the list of a higher number, which stands first",
      "certificate-revoked",
      signed(LEAF),
      lists(
        revocationList(MIDDLE, { thisUpdate: SAME, revoked: [REVOKED], number: 2 }),
        revocationList(MIDDLE, { thisUpdate: SAME }),
      ),
    ],
    [
      "revoked by the list of a higher number, which stands last",
      "certificate-revoked",
      signed(LEAF),
      lists(
        revocationList(MIDDLE, { thisUpdate: SAME }),
        revocationList(MIDDLE, { thisUpdate: SAME, revoked: [REVOKED], number: 2 }),
      ),
    ],
    [
      "revoked by one of two lists without numbers",
      "certificate-revoked",
      signed(LEAF),
      lists(
        revocationList(MIDDLE, { thisUpdate: SAME, revoked: [REVOKED], number: null }),
        revocationList(MIDDLE, { thisUpdate: SAME, number: null }),
      ),
    ],
    [
      "revoked, beside a list of the future that says otherwise",
      "certificate-revoked",
      signed(LEAF),
      lists(
        revocationList(MIDDLE, { revoked: [REVOKED] }),
        revocationList(MIDDLE, { thisUpdate: daysFromNow(3), number: 2 }),
      ),
    ],
    [
      "by a list that has not begun",
      "crl-not-yet-valid",
      signed(LEAF),
      lists(revocationList(MIDDLE, { thisUpdate: daysFromNow(3) })),
    ],
    ["whose issuer has no list", "crl-missing", signed(LEAF), lists()],
    ["whose authority's issuer has none", "crl-missing", signed(LEAF), { crls: [revocationList(MIDDLE)] }],
    [
      "by a list that somebody else signed",
      "crl-missing",
      signed(LEAF),
      lists(revocationList(MIDDLE, { by: other })),
    ],
    [
      "by a list that is out of date",
      "crl-expired",
      signed(LEAF),
      lists(revocationList(MIDDLE, { nextUpdate: daysFromNow(-0.5) })),
    ],
    [
      "by a revoked key",
      "key-revoked",
      signed(LEAF),
      {
        more: { revokedKeys: [{ id: keyIdOf(LEAF), from: "2026-01-01", reason: "stolen" }] },
      },
    ],
    [
      "after the last day of its identity",
      "identity-expired",
      signed(LEAF),
      { identity: { notAfter: "2026-01-01" } },
    ],
  ])("%s: %s", async (_, code, bundle, changes) => {
    const { provenance: answer, codes } = await judged(bundle, changes);
    expect([answer, codes]).toEqual(["no", [code]]);
  });

  test("once it has expired, also if it was valid when it signed", async () => {
    const bundle = signed(leafOf(MIDDLE, { notAfter: daysFromNow(1) }));
    expect((await judged(bundle)).provenance).toBe("yes");
    const { provenance: answer, codes } = await judged(bundle, {}, daysFromNow(2).getTime());
    expect([answer, codes]).toEqual(["no", ["certificate-expired"]]);
  });

  test("by authorities that certify each other in a circle", async () => {
    const keys = [certificate({ name: "a", ca: {} }), certificate({ name: "b", ca: {} })] as const;
    const a = certificate({ name: "a", issuer: keys[1], keys: keys[0].keys, ca: {} });
    const b = certificate({ name: "b", issuer: keys[0], keys: keys[1].keys, ca: {} });
    const many = Array.from({ length: 6 }, () =>
      certificate({ name: "a", issuer: keys[1], keys: keys[0].keys, ca: {} }),
    );
    const { provenance: answer, codes } = await judged(signed(leafOf(a), [a, b, ...many]));
    expect([answer, codes]).toEqual(["no", ["certificate-untrusted"]]);
  });
});

describe("constraints of an authority on names", () => {
  type Constraints = NonNullable<Parameters<typeof certificate>[0]["constraints"]>;
  const answer = async (constraints: Constraints, names: readonly string[] = [SUBJECT]) => {
    const issuing = certificate({ name: "issuing", issuer: ROOT, ca: {}, constraints });
    return (await judged(signed(leafOf(issuing, { names }), [issuing]))).codes;
  };
  const URI_SUBJECT = "https://ci.team.example/build";
  const other = ["certificate-authority"];
  // SUBJECT is build@team.example.
  test.each<[string, Constraints, readonly string[], readonly string[]]>([
    ["permit its host", { permitted: ["team.example"] }, [SUBJECT], []],
    ["permit its host, and are critical", { permitted: ["TEAM.example"], isCritical: true }, [SUBJECT], []],
    ["permit its mailbox", { permitted: [SUBJECT] }, [SUBJECT], []],
    ["permit another mailbox", { permitted: ["x@team.example"] }, [SUBJECT], other],
    ["permit another host", { permitted: ["other.example"] }, [SUBJECT], other],
    ["permit hosts below its own only", { permitted: [".team.example"] }, [SUBJECT], other],
    ["permit one of two hosts", { permitted: ["a.example", "team.example"] }, [SUBJECT], []],
    ["exclude its host", { excluded: ["team.example"] }, [SUBJECT], other],
    ["exclude another host", { excluded: ["other.example"] }, [SUBJECT], []],
    ["permit and exclude it", { permitted: ["team.example"], excluded: [SUBJECT] }, [SUBJECT], other],
    [
      "permit the mailbox, of two addresses",
      { permitted: ["team.example"] },
      [SUBJECT, "x@evil.example"],
      other,
    ],
    ["are about DNS names only", { permitted: ["dns:other.example"] }, [SUBJECT], []],
    [
      "permit no DNS name that is there",
      { permitted: ["dns:team.example"] },
      [SUBJECT, "dns:evil.example"],
      other,
    ],
    ["permit a DNS name below", { permitted: ["dns:team.example"] }, [SUBJECT, "dns:ci.team.example"], []],
    [
      "permit a DNS name that only ends alike",
      { permitted: ["dns:team.example"] },
      [SUBJECT, "dns:xteam.example"],
      other,
    ],
    ["permit hosts of URIs below", { permitted: ["uri:.team.example"] }, [SUBJECT, URI_SUBJECT], []],
    ["permit another host of URIs", { permitted: ["uri:team.example"] }, [SUBJECT, URI_SUBJECT], other],
    [
      "permit hosts, of a URI without one",
      { permitted: ["uri:.team.example"] },
      [SUBJECT, "uri:urn:x"],
      other,
    ],
    ["exclude every URI", { excluded: ["uri:"] }, [SUBJECT, URI_SUBJECT], other],
    ["are about addresses that are not read", { permitted: ["ip:aaaabbbb"] }, [SUBJECT, "ip:aaaa"], other],
    ["are about addresses that are not there", { permitted: ["ip:aaaabbbb"] }, [SUBJECT], []],
  ])("%s", async (_, constraints, names, codes) => {
    expect(await answer(constraints, names)).toEqual(codes);
  });

  test("bind authorities further below, too", async () => {
    const upper = certificate({
      name: "upper",
      issuer: ROOT,
      ca: {},
      constraints: { permitted: ["other.example"] },
    });
    const lower = certificate({ name: "lower", issuer: upper, ca: {} });
    expect((await judged(signed(leafOf(lower), [lower, upper]))).codes).toEqual(other);
  });

  test("that are not readable allow nothing", async () => {
    const broken = certificate({ name: "broken", issuer: ROOT, ca: {}, critical: ["2.5.29.30"] });
    const constraints = { permitted: ["team.example"] };
    expect((await judged(signed(leafOf(broken), [broken]))).codes).toEqual([]);
    expect(await answer(constraints)).toEqual([]);
  });
});

describe("a revocation list is an error of the policy", () => {
  test.each<[string, string]>([
    [
      "with a critical extension: of one distribution point, or a delta",
      revocationList(MIDDLE, { critical: ["2.5.29.28"] }),
    ],
    ["of one distribution point, not marked as critical", revocationList(MIDDLE, { marks: ["2.5.29.28"] })],
    ["a delta, not marked as critical", revocationList(MIDDLE, { marks: ["2.5.29.27"] })],
    ["cut in its midst", revocationList(MIDDLE).replace(/\n.*\n-----END/, "\n-----END")],
    ["that is a certificate", MIDDLE.pem],
    ["that is empty", ""],
    ["whose first one has no end", revocationList(ROOT).replace(/-----END.*/, "") + revocationList(MIDDLE)],
    ["whose second one has no end", revocationList(ROOT) + revocationList(MIDDLE).replace(/-----END.*/, "")],
    ["with another sign", revocationList(MIDDLE).replace(/\n-----END/, "!\n-----END")],
    ["of which one is damaged", revocationList(ROOT) + revocationList(MIDDLE).replace("\nMI", "\nNI")],
  ])("%s", async (_, crl) => {
    await expect(judged(signed(LEAF), { crls: [crl] })).rejects.toThrow("not a complete revocation list");
  });

  test("as is an authority whose key is too short", async () => {
    const trusted = [certificate({ name: "root", ca: {}, type: "rsa-1024" })];
    await expect(judged(signed(LEAF), { trusted })).rejects.toThrow("no readable PEM certificate");
  });
});
