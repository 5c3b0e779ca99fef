import { describe, expect, test } from "vitest";
import { certificate } from "../../../test/fixtures/x509.ts";
import { parseCertificate } from "./certificate.ts";
import { bitsOf, booleanOf, DerError, derTimeOf, oidOf, parseDer } from "./der.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const element = (text: string) => parseDer(hex(text));
const time = (tag: number, text: string) =>
  derTimeOf(parseDer(Buffer.concat([Buffer.from([tag, text.length]), Buffer.from(text)])));
const GENERALIZED = 0x18;
const UTC = 0x17;

describe("DER is read", () => {
  test.each<[string, () => unknown, unknown]>([
    ["an object identifier", () => oidOf(element("06 06 2a 86 48 86 f7 0d")), "1.2.840.113549"],
    ["one below 2", () => oidOf(element("06 02 78 01")), "2.40.1"],
    ["one whose arc has 40 bits", () => oidOf(element("06 06 2a 81 80 80 80 00")), "1.2.268435456"],
    ["true", () => booleanOf(element("01 01 ff")), true],
    ["a bit string with unused bits", () => bitsOf(element("03 02 05 a0")), [true, false, true]],
    ["a bit string without bits", () => bitsOf(element("03 01 00")), []],
    [
      "a length of two bytes",
      () => parseDer(Buffer.concat([hex("04 82 01 00"), Buffer.alloc(256)])).content.length,
      256,
    ],
    ["a time", () => time(GENERALIZED, "20261130070000Z"), Date.parse("2026-11-30T07:00:00Z")],
    ["a time of two digits of year", () => time(UTC, "491130070000Z"), Date.parse("2049-11-30T07:00:00Z")],
    ["a time of the last century", () => time(UTC, "501130070000Z"), Date.parse("1950-11-30T07:00:00Z")],
    [
      "a tenth of a second",
      () => time(GENERALIZED, "20261130070000.1Z"),
      Date.parse("2026-11-30T07:00:00.100Z"),
    ],
    [
      "a nanosecond, cut",
      () => time(GENERALIZED, "20261130070000.123456789Z"),
      Date.parse("2026-11-30T07:00:00.123Z"),
    ],
  ])("%s", (_, read, expected) => {
    expect(read()).toEqual(expected);
  });
});

describe("DER is refused", () => {
  test.each<[string, () => unknown]>([
    ["without any byte", () => element("")],
    ["without its length", () => element("04")],
    ["cut", () => element("04 02 00")],
    ["with bytes behind it", () => element("04 01 00 00")],
    ["with a length that is longer than needed", () => element("04 81 01 00")],
    [
      "with a length that begins with zero",
      () => parseDer(Buffer.concat([hex("04 82 00 80"), Buffer.alloc(128)])),
    ],
    ["without a definite length", () => element("30 80 00 00")],
    ["with a length of five bytes", () => element("04 85 00 00 00 00 01 00")],
    ["with a tag of several bytes", () => element("1f 81 01 00")],
    ["an object identifier that ends in its midst", () => oidOf(element("06 02 2a 86"))],
    ["an empty object identifier", () => oidOf(element("06 00"))],
    ["a boolean that is neither", () => booleanOf(element("01 01 01"))],
    ["a bit string with nine unused bits", () => bitsOf(element("03 02 09 00"))],
    ["a bit string without its count", () => bitsOf(element("03 00"))],
    ["a time without its zone", () => time(GENERALIZED, "20261130070000")],
    ["a time in another zone", () => time(GENERALIZED, "20261130070000+0100")],
    ["a day that does not exist", () => time(GENERALIZED, "20261330070000Z")],
    ["a day beyond the month's end", () => time(GENERALIZED, "20260230070000Z")],
    ["a time that is a word", () => time(UTC, "today")],
    ["a number in the place of a time", () => derTimeOf(element("02 01 00"))],
  ])("%s", (_, read) => {
    expect(read).toThrow(DerError);
  });
});

test("a certificate with any byte changed or cut is read or refused, and never counts as issued", () => {
  const root = certificate({ name: "root", ca: {} });
  const { der } = certificate({ name: "leaf", issuer: root, names: ["a@b.example"] });
  const { key } = parseCertificate(root.der);
  expect(parseCertificate(der).isIssuedBy(key)).toBe(true);
  const isIssued = (bytes: Buffer) => {
    try {
      return parseCertificate(bytes).isIssuedBy(key);
    } catch {
      return false;
    }
  };
  const counted = Array.from(der.keys()).filter((at) => {
    const changed = Buffer.from(der);
    changed[at] = (der[at] ?? 0) ^ 0x41;
    return isIssued(changed) || isIssued(der.subarray(0, at));
  });
  expect(counted).toEqual([]);
});
