// Row 7: keys and key stores recognised by content, under any file name; formats as gpg, keytool, OpenSSL and
// others write them.

import { zstdCompressSync } from "node:zlib";
import { writeTar } from "../../../src/image/tar/write.ts";
import {
  agentKey,
  derOf,
  javaStore,
  keytab,
  openpgpKey,
  pkcs12,
  signifyKey,
} from "../../fixtures/key-files.ts";
import { noise } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
const PUTTY = (encryption: string): string =>
  `PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: ${encryption}\r\nComment: a\r\nPublic-Lines: 1\r\n${noise(68)}\r\nPrivate-Lines: 1\r\n${noise(48)}\r\nPrivate-MAC: 0\r\n`;
const CERTIFICATE = Buffer.concat([Buffer.from("3012300a", "hex"), Buffer.alloc(16)]);

function key(name: string, content: Uint8Array | string, path = "app/data/lot"): Case {
  const why = "1.4: whoever pulls the image has the key.";
  return { name, given: image({ files: { [path]: content } }), expect: { "no-baked-state": "no" }, why };
}

function none(name: string, content: Uint8Array | string, why: string): Case {
  const given = image({ files: { "app/data/lot": content } });
  return { name, given, expect: { "no-baked-state": "yes" }, trap: true, why };
}

const named = (bytes: Buffer): string => `valeur: ${bytes.toString("base64")}\n`;
const PASSPHRASE = "A passphrase is missing: alone it opens nothing (a note).";

export const cases: Cases = [
  key("gpg --export-secret-keys, RSA", openpgpKey("rsa")),
  key("gpg --export-secret-keys, Ed25519", openpgpKey("eddsa")),
  key("gpg-agent's own file", agentKey(), "home/app/.gnupg/private-keys-v1.d/A0.key"),
  key("PKCS#12 whose key is in a plain bag", pkcs12(1)),
  key("PKCS#12 in a certificate's name", pkcs12(2), "app/ca.crt"),
  key("PKCS#12 in a tar.zst", zstdCompressSync(writeTar([{ path: "a", content: pkcs12() }]))),
  key("PKCS#12 as base64 in settings", named(pkcs12())),
  key("JCEKS with a secret key", javaStore(3, "cececece")),
  key("JKS as base64 in settings", named(javaStore(1))),
  key("a keytab of Kerberos", keytab(), "etc/krb5.keytab"),
  key("PuTTY's format, without a passphrase", PUTTY("none")),
  key("an age key", `# created: 2026-06-01\nAGE-SECRET-KEY-1${noise(58, ALPHABET)}\n`),
  key("an age key against quantum computers", `AGE-SECRET-KEY-PQ-1${noise(58, ALPHABET)}\n`),
  key("signify's key", signifyKey()),
  key("DER behind a certificate", Buffer.concat([CERTIFICATE, derOf("P-384")])),
  key("RSA of 3,072 bits as base64 of DER", named(derOf("rsa-3072"))),
  key("P-521 as base64 of DER", named(derOf("P-521"))),
  key("secp256k1 in SEC1 as base64 of DER", named(derOf("secp256k1", "sec1"))),
  none("gpg --export-secret-keys behind a passphrase", openpgpKey("rsa", { usage: 254 }), PASSPHRASE),
  none("gpg-agent's own file behind a passphrase", agentKey("protected-private-key"), PASSPHRASE),
  none("gpg-agent's stub of a key on a card", agentKey("shadowed-private-key"), "The key is on the card."),
  none("PKCS#12 with certificates alone", pkcs12(3), "A trust store."),
  none("JKS with certificates alone, as base64", named(javaStore(2)), "A trust store."),
  none("a keytab without entries", Buffer.from([5, 2]), "It holds nothing."),
  none("PuTTY's format, behind a passphrase", PUTTY("aes256-cbc"), PASSPHRASE),
  none("an age recipient", `age1${noise(58, "qpzry9x8gf2tvdw0s3jn54khce6mua7l")}\n`, "A public key."),
  none("certificates in DER", Buffer.concat([CERTIFICATE, CERTIFICATE]), "They are public."),
];
