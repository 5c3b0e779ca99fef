import { describe, expect, test } from "vitest";
import { keystoreKeys } from "./keystore.ts";

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.concat([u16(value.length), Buffer.from(value)]);
}

/** A Java key store of this version with these entries. */
function store(version: number, entries: readonly Buffer[], magic = 0xfeed_feed): Buffer {
  return Buffer.concat([u32(magic), u32(version), u32(entries.length), ...entries]);
}

function certificate(version: number, length = 10): Buffer {
  const type = version === 2 ? text("X.509") : Buffer.alloc(0);
  return Buffer.concat([u32(2), text("ca"), Buffer.alloc(8), type, u32(length), Buffer.alloc(length, 7)]);
}

const KEY = Buffer.concat([u32(1), text("app"), Buffer.alloc(8), u32(4), Buffer.alloc(4)]);
const SECRET = Buffer.concat([u32(3), text("app"), Buffer.alloc(8)]);

describe("a Java key store with a key", () => {
  test.each([
    ["alone", store(2, [KEY])],
    ["behind certificates", store(2, [certificate(2), certificate(2, 300), KEY])],
    ["of the first version", store(1, [certificate(1), KEY])],
    ["a secret one", store(2, [certificate(2), SECRET], 0xcece_cece)],
    ["an entry that nobody knows", store(2, [u32(9)])],
    ["an entry that is cut", store(2, [certificate(2), u16(0)])],
  ])("%s", (_, bytes) => {
    expect(keystoreKeys(bytes)).toEqual({
      kind: "java-keystore-key",
      confidence: "likely",
      start: 0,
      end: bytes.length,
      value: bytes.toString("base64"),
    });
  });
});

describe("traps: none", () => {
  test.each([
    ["a trust store", store(2, [certificate(2), certificate(2, 300)])],
    ["a trust store of the first version", store(1, [certificate(1), certificate(1)])],
    ["a trust store of JCE", store(2, [certificate(2)], 0xcece_cece)],
    ["an empty store", store(2, [])],
    ["another magic", store(2, [KEY], 0xfeed_fee0)],
    ["another one that repeats", store(2, [KEY], 0xabab_abab)],
    ["too short", store(2, [KEY]).subarray(0, 11)],
    ["nothing", Buffer.alloc(0)],
  ])("%s", (_, bytes) => {
    expect(keystoreKeys(bytes)).toBeUndefined();
  });
});

describe("a PKCS#12 store", () => {
  const bag = Buffer.from("2a864886f70d010c0a0102", "hex");
  const plain = Buffer.from("2a864886f70d010c0a0101", "hex");
  const head = Buffer.from([0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x03, 0x30]);

  test.each([
    ["with a key behind a passphrase", Buffer.concat([head, Buffer.alloc(20), bag])],
    ["with a plain key", Buffer.concat([head, Buffer.alloc(20), plain])],
    ["with a short length", Buffer.concat([Buffer.from([0x30, 0x40, 0x02, 0x01, 0x03, 0x30]), bag])],
  ])("%s", (_, bytes) => {
    expect(keystoreKeys(bytes)?.kind).toBe("pkcs12-key");
  });

  test.each([
    ["with certificates alone", Buffer.concat([head, Buffer.alloc(40)])],
    ["that begins otherwise", Buffer.concat([Buffer.from([0x31]), head.subarray(1), bag])],
    ["whose version stands elsewhere", Buffer.concat([Buffer.from([0x30]), Buffer.alloc(20), head, bag])],
    ["of another version", Buffer.concat([Buffer.from([0x30, 0x40, 0x02, 0x01, 0x02, 0x30]), bag])],
  ])("trap: %s", (_, bytes) => {
    expect(keystoreKeys(bytes)).toBeUndefined();
  });
});
