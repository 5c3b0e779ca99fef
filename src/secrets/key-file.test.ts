import { describe, expect, test } from "vitest";
import {
  agentKey,
  derOf,
  javaStore,
  keytab,
  openpgpKey,
  pkcs12,
  signifyKey,
} from "../../test/fixtures/key-files.ts";
import { noise } from "../../test/fixtures/secrets.ts";
import { scanFile } from "./scan.ts";

const CERTIFICATE = Buffer.concat([Buffer.from("3012300a", "hex"), Buffer.alloc(16)]);
const TOR = Buffer.from(`== ed25519v1-secret: type0 ==\0\0\0${noise(64)}`);

function kinds(content: Uint8Array | string): readonly string[] {
  return scanFile("/app/data", Buffer.from(content as string, "latin1")).map(({ kind }) => kind);
}

const block = (bytes: Buffer): string =>
  `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${bytes.toString("base64")}\n=aB3d\n-----END PGP PRIVATE KEY BLOCK-----\n`;
const lines = (bytes: Buffer): string => bytes.toString("base64").replace(/.{64}/g, "$&\n");
const literal = (bytes: Buffer): string => JSON.stringify(lines(bytes));

describe("a file that is a key as a whole", () => {
  test.each<[string, string, Uint8Array | string]>([
    ["private-key", "OpenPGP, RSA", openpgpKey("rsa")],
    ["private-key", "OpenPGP, Ed25519", openpgpKey("ed25519")],
    ["private-key", "OpenPGP, Ed25519 by its curve", openpgpKey("eddsa")],
    ["private-key", "OpenPGP, ECDH", openpgpKey("ecdh")],
    ["private-key", "OpenPGP, new format, short", openpgpKey("ed25519", { format: "new" })],
    ["private-key", "OpenPGP, new format, long", openpgpKey("rsa", { format: "new" })],
    ["private-key", "OpenPGP, as a block", block(openpgpKey("rsa"))],
    ["encrypted-private-key", "OpenPGP behind a passphrase", openpgpKey("rsa", { usage: 254 })],
    ["encrypted-private-key", "the same as a block", block(openpgpKey("rsa", { usage: 254 }))],
    ["private-key", "gpg-agent's", agentKey()],
    ["private-key", "libgcrypt's", `(11:private-key(3:ecc(5:curve7:Ed25519)(1:d32:${noise(32)})))`],
    ["kerberos-key", "a keytab", keytab()],
    ["private-key", "Tor's", TOR],
    ["private-key", "DER with a line's end behind", Buffer.concat([derOf("P-384"), Buffer.from("\n")])],
    ["private-key", "DER behind a certificate", Buffer.concat([CERTIFICATE, derOf("ed448")])],
    ["private-key", "signify's", signifyKey()],
  ])("%s: %s", (kind, _, content) => {
    expect(kinds(content)).toEqual([kind]);
  });

  test.each<[string, Uint8Array | string]>([
    ["OpenPGP with a wrong sum", Buffer.concat([openpgpKey().subarray(0, -1), Buffer.from([0])])],
    [
      "OpenPGP of an unknown algorithm",
      Buffer.concat([Buffer.from("953004650000006300", "hex"), Buffer.alloc(60)]),
    ],
    ["OpenPGP of version 3", Buffer.concat([Buffer.from("940f03", "hex"), Buffer.alloc(60)])],
    ["OpenPGP that is cut off", openpgpKey().subarray(0, 60)],
    [
      "OpenPGP whose integers are longer than it",
      Buffer.concat([Buffer.from("9418046500000001ffff", "hex"), Buffer.alloc(60)]),
    ],
    ["OpenPGP of a partial length", Buffer.concat([Buffer.from("c5e104", "hex"), Buffer.alloc(60)])],
    [
      "OpenPGP, new format, of four bytes' length",
      Buffer.concat([Buffer.from("c5ff0000ffff04", "hex"), Buffer.alloc(60)]),
    ],
    [
      "OpenPGP without a secret",
      Buffer.concat([
        Buffer.from("94260465000000", "hex"),
        Buffer.from([27]),
        Buffer.alloc(31),
        Buffer.alloc(2),
      ]),
    ],
    ["a few bytes of OpenPGP", Buffer.from([0x95, 0, 1])],
    ["a block of OpenPGP that holds none", block(Buffer.from(noise(80)))],
    ["gpg-agent's, behind a passphrase", agentKey("protected-private-key")],
    ["gpg-agent's, on a card", agentKey("shadowed-private-key")],
    ["a keytab without entries", Buffer.from([5, 2])],
    [
      "numbers that begin like a keytab",
      Buffer.concat([Buffer.from("050200000020000200", "hex"), Buffer.alloc(60)]),
    ],
    ["a keytab whose realm is none", keytab("\0")],
    ["signify's, behind a passphrase", signifyKey(42)],
    ["certificates in DER", Buffer.concat([CERTIFICATE, CERTIFICATE])],
    ["DER that is cut off", derOf("P-384").subarray(0, 80)],
    ["a text about keys", "Key: see (private-key in the manual\n"],
  ])("none: %s", (_, content) => {
    expect(kinds(content).filter((kind) => kind !== "encrypted-private-key")).toEqual([]);
  });
});

describe("in base64, under a name that says nothing", () => {
  test.each<[string, string, string]>([
    ["private-key", "RSA of 3,072 bits", `k: ${derOf("rsa-3072").toString("base64")}\n`],
    ["private-key", "the same in PKCS#1", `k: ${derOf("rsa-3072", "pkcs1").toString("base64")}\n`],
    ["private-key", "RSA of 1,024 bits", `k: ${derOf("rsa-1024").toString("base64")}\n`],
    ["private-key", "P-384", `k: ${derOf("P-384").toString("base64")}\n`],
    ["private-key", "P-384 in SEC1", `k: ${derOf("P-384", "sec1").toString("base64")}\n`],
    ["private-key", "P-521", `k: ${derOf("P-521").toString("base64")}\n`],
    ["private-key", "secp256k1 in SEC1", `k: ${derOf("secp256k1", "sec1").toString("base64")}\n`],
    ["private-key", "Ed448", `k: ${derOf("ed448").toString("base64")}\n`],
    [
      "private-key",
      "in lines, before another name",
      `k: |\n  ${lines(derOf("P-521")).replaceAll("\n", "\n  ")}\nnext: x\n`,
    ],
    ["private-key", "as a string of code", `k = ${literal(derOf("P-384"))}\n`],
    ["pkcs12-key", "PKCS#12", `store: ${pkcs12().toString("base64")}\n`],
    ["pkcs12-key", "PKCS#12, in lines", lines(pkcs12(1))],
    ["java-keystore-key", "JKS", `store: ${javaStore(1).toString("base64")}\n`],
    ["java-keystore-key", "JCEKS", `store: ${javaStore(3, "cececece").toString("base64")}\n`],
  ])("%s: %s", (kind, _, text) => {
    expect(kinds(text)).toEqual([kind]);
  });

  test.each([
    ["a trust store", `store: ${javaStore(2).toString("base64")}\n`],
    ["PKCS#12 with certificates alone", `store: ${pkcs12(3).toString("base64")}\n`],
    ["a certificate", `ca: MIIDazCCAlOgAwIBAgIU${noise(600)}\n`],
    ["noise that begins like a key", `k: MIIEvgIBADANBgkq${noise(600)}\n`],
  ])("none: %s", (_, text) => {
    expect(kinds(text)).toEqual([]);
  });
});
