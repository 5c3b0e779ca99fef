import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { AUTHORITY_MS, LEAF_MS } from "./authority.ts";
import { readMaterial, type TlsMaterial, writeMaterial } from "./material.ts";
import { type Renewal, renewed } from "./renew.ts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2027-03-01T12:00:00Z");
const NAMES = ["douane.douane.svc", "127.0.0.1", "::1"];
const at = (days: number, more: Partial<Renewal> = {}): Renewal => ({
  names: NAMES,
  now: NOW + days * DAY_MS,
  ...more,
});
const first = renewed({ authorities: [] }, at(0));
const trusting = (...authorities: readonly (TlsMaterial["authorities"][number] | undefined)[]) => ({
  trusted: new Set(authorities.map((one) => one?.x509.raw.toString("base64") ?? "")),
});
const issuerOf = ({ authorities, leaf }: TlsMaterial) =>
  authorities.findIndex(({ x509 }) => leaf?.x509.verify(x509.publicKey) === true);

test("the first material is an authority of ten years and a certificate of 90 days for every name", () => {
  const [authority] = first.authorities;
  const { leaf } = first;
  expect([authority?.until, leaf?.until]).toEqual([NOW + AUTHORITY_MS, NOW + LEAF_MS]);
  expect([authority?.x509.ca, leaf?.x509.ca]).toEqual([true, false]);
  expect(leaf?.x509.subjectAltName).toBe(
    "DNS:douane.douane.svc, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1",
  );
  expect(leaf?.x509.checkIssued(authority?.x509 ?? new X509Certificate(""))).toBe(true);
  expect(leaf?.x509.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
});

test("what is kept is read as it was", () => {
  const two = renewed(first, at(3_000));
  for (const material of [first, two]) {
    const again = readMaterial({ ...writeMaterial(material) }, "x");
    expect(writeMaterial(again)).toEqual(writeMaterial(material));
    expect(renewed(again, at(material === two ? 3_000 : 0))).toBe(again);
  }
  expect(two.authorities).toHaveLength(2);
});

describe("a certificate", () => {
  test.each([
    [0, true],
    [59, true],
    [61, false],
    [91, false],
    // A clock that is behind replaces nothing: the one that is right would replace it again.
    [-400, true],
  ])("on day %i stays: %j", (day, isKept) => {
    const next = renewed(first, at(day));
    expect([next.leaf?.cert === first.leaf?.cert, next.authorities.length]).toEqual([isKept, 1]);
  });

  test("that lacks a name is replaced", () => {
    expect(renewed(first, at(1, { names: ["other.douane.svc"] })).leaf?.x509.subjectAltName).toBe(
      "DNS:other.douane.svc",
    );
    expect(renewed(first, at(1, { names: ["127.0.0.1"] }))).toBe(first);
  });

  test("of an authority that is not kept is replaced", () => {
    const other = renewed({ authorities: [] }, at(0));
    const next = renewed({ authorities: other.authorities, ...(first.leaf && { leaf: first.leaf }) }, at(0));
    expect(issuerOf(next)).toBe(0);
  });
});

describe("a new authority", () => {
  const both = renewed(first, at(3_000));
  const [old, young] = both.authorities;

  test("is published two years before the old one ends, and signs nothing until it is trusted", () => {
    expect(renewed(first, at(2_900)).authorities).toHaveLength(1);
    expect(both.authorities.map(({ until }) => until)).toEqual([
      NOW + AUTHORITY_MS,
      NOW + 3_000 * DAY_MS + AUTHORITY_MS,
    ]);
    expect(issuerOf(both)).toBe(0);
    expect(issuerOf(renewed(both, at(3_100, trusting(old))))).toBe(0);
    expect(issuerOf(renewed(both, at(3_100, trusting(old, young))))).toBe(1);
  });

  test("signs at once if it alone is trusted", () => {
    expect(issuerOf(renewed(both, at(3_001, trusting(young))))).toBe(1);
  });

  test("signs in the old one's last 90 days if nobody knows whether it is trusted, and on its last day anyway", () => {
    expect(issuerOf(renewed(both, at(3_550)))).toBe(0);
    expect(issuerOf(renewed(both, at(3_565)))).toBe(1);
    const late = renewed(both, at(3_640, trusting(old)));
    expect([issuerOf(late), late.leaf?.until]).toEqual([0, old?.until]);
    expect(issuerOf(renewed(both, at(3_649.5, trusting(old))))).toBe(1);
  });

  test("stays alone when the old one has ended", () => {
    const after = renewed(both, at(3_651));
    expect(after.authorities.map(({ cert }) => cert)).toEqual([young?.cert]);
    expect(issuerOf(after)).toBe(0);
  });

  test("is made at once if none counts", () => {
    const after = renewed(first, at(3_651));
    expect([after.authorities.length, issuerOf(after)]).toEqual([1, 0]);
  });

  test("that no webhook trusts does not make certificates again and again", () => {
    const next = renewed(first, at(1, trusting()));
    expect(next).toBe(first);
  });
});

test("times from 2050 on are read, too", () => {
  const late = renewed({ authorities: [] }, at(365 * 30));
  expect(late.leaf?.x509.validTo).toContain("2057");
});

describe("a material that cannot be read is refused, and never replaced", () => {
  const texts = writeMaterial(first);
  const other = writeMaterial(renewed({ authorities: [] }, at(0)));
  test.each<[string, Readonly<Record<string, string>>]>([
    ["without the authority's key", { ...texts, "ca.key": "" }],
    ["with another authority's key", { ...texts, "ca.key": other["ca.key"] }],
    ["with another certificate's key", { ...texts, "tls.key": other["tls.key"] }],
    ["without the certificate's key", { ...texts, "tls.key": "" }],
    ["with a certificate alone", { ...texts, "ca.crt": "", "ca.key": "" }],
    [
      "with a certificate that is none",
      { ...texts, "ca.crt": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" },
    ],
    [
      "with nine authorities",
      { ...texts, "ca.crt": texts["ca.crt"].repeat(9), "ca.key": texts["ca.key"].repeat(9) },
    ],
  ])("%s", (_, broken) => {
    expect(() => readMaterial(broken, "douane-tls")).toThrow("contains no readable authority");
  });

  test("of line feeds alone is none yet", () => {
    expect(readMaterial({ "ca.crt": "\n" }, "x")).toEqual({ authorities: [] });
  });
});
