// Row 7: packed or encoded secrets.

import { createPrivateKey, createPublicKey } from "node:crypto";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { writeTar } from "../../../src/image/tar/write.ts";
import { checkedToken, ENCRYPTED_KEY, KEY, noise, PUBLIC_KEY } from "../../fixtures/secrets.ts";
import { zipOf } from "../../fixtures/zip.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const NO = { "no-baked-state": "no" } as const;
const YES = { "no-baked-state": "yes" } as const;
const UNPROVEN = { "no-baked-state": "unproven" } as const;
const READABLE = "1.4: secrets are injected at start; whoever pulls the image unpacks what it holds.";
const NOTHING = "Nothing in it is a secret.";
const UNREAD = "What nobody could look into may hold a secret: its silence proves nothing.";

function holds(name: string, files: LayerFiles): Case {
  return { name, given: image({ files }), expect: NO, why: READABLE };
}

function trap(name: string, files: LayerFiles, why = NOTHING): Case {
  return { name, given: image({ files }), expect: YES, trap: true, why };
}

function unread(name: string, files: LayerFiles): Case {
  return { name, given: image({ files }), expect: UNPROVEN, why: UNREAD };
}

const der = createPrivateKey(KEY).export({ type: "pkcs8", format: "der" });
const tar = writeTar([{ path: "conf/tls.key", content: KEY }]);
const jar = zipOf([{ name: "tls.pem", content: KEY }]);
const properties = `spring.datasource.password=${noise(14)}\n`;
const javaStore = (tag: number) =>
  Buffer.concat([
    Buffer.from(`feedfeed00000002000000010000000${tag}0001610000018b00000000`, "hex"),
    Buffer.from("0005582e353039000000023000", "hex"),
  ]);
const base64 = (text: string) => Buffer.from(text).toString("base64");

export const cases: Cases = [
  holds("a private key as a JWK", {
    "app/jwks.json": JSON.stringify({ keys: [createPrivateKey(KEY).export({ format: "jwk" })] }),
  }),
  holds("a symmetric key as a JWK", { "app/jwk.json": JSON.stringify({ kty: "oct", k: noise(43) }) }),
  holds("a key in DER as base64 under a name that says nothing", {
    "app/config.yaml": `sk: ${der.toString("base64")}\n`,
  }),
  holds("settings in UTF-16 with its mark", {
    "app/config.yaml": Buffer.from(`\ufeffpassword: ${noise(14)}\n`, "utf16le"),
  }),
  trap("a public key as a JWK", {
    "app/jwks.json": JSON.stringify({ keys: [createPublicKey(KEY).export({ format: "jwk" })] }),
  }),
  trap("a public key in DER as base64", {
    "app/config.yaml": `pub: ${createPublicKey(KEY).export({ type: "spki", format: "der" }).toString("base64")}\n`,
  }),
  holds("a key in a jar", { "app/app.jar": jar }),
  holds("a password in a Spring jar's settings", {
    "app/app.jar": zipOf([{ name: "BOOT-INF/classes/application.properties", content: properties }]),
  }),
  holds("a key in a library within a fat jar", {
    "app/app.jar": zipOf([{ name: "BOOT-INF/lib/conf.jar", content: jar, method: 0 }]),
  }),
  holds("a key in an executable jar, behind its script", {
    "app/app.jar": zipOf([{ name: "tls.pem", content: KEY }], "#!/bin/sh\nexec java -jar $0\n"),
  }),
  holds("a key in a jar whose sizes stand behind the contents", {
    "app/app.war": zipOf([{ name: "WEB-INF/tls.pem", content: KEY, streamed: true }]),
  }),
  holds("a key in a tar.gz", { "srv/sauvegarde.tar.gz": gzipSync(tar) }),
  holds("a key in a tar.zst", { "srv/sauvegarde.tar.zst": zstdCompressSync(tar) }),
  holds("a key in a tar under a name that says nothing", { "srv/lot-3": tar }),
  holds("a token in a compressed dump", { "srv/dump.sql.gz": gzipSync(`insert ${checkedToken("ghp_")};\n`) }),
  holds("a token in a bundle that is served by brotli", {
    "app/static/main.js.br": brotliCompressSync(`const t="glpat-${noise(20)}";`),
  }),
  holds("a key in an object of git", {
    [`app/.git/objects/ab/${"0".repeat(38)}`]: deflateSync(`blob ${KEY.length}\0${KEY}`),
  }),
  holds("a key in a picture's name", { "app/static/logo.png": KEY }),
  holds("a key behind a picture", { "app/static/logo.png": `\x89PNG\r\n\x1a\n\0\0${KEY}` }),
  holds("a key under a name with a letter more", { "app/tls.key.a": KEY }),
  holds("a key in DER", { "app/tls.der": der }),
  holds("a key in DER, called a picture", { "app/logo.gif": der }),
  holds("a key in UTF-16", { "app/cle.txt": Buffer.from(`\ufeff${KEY}`, "utf16le") }),
  holds("a key in base64", { "app/cle.b64": base64(KEY) }),
  holds("a key store of Java", { "app/magasin.bin": javaStore(1) }),
  holds("a Kubernetes Secret", {
    "app/k8s/secret.yaml": `apiVersion: v1\nkind: Secret\ndata:\n  mot-de-passe: ${base64(noise(14))}\n`,
  }),
  holds("a key behind 17 MB of text", { "app/data.csv": `${"1;2;3;4;5;6;7\n".repeat(1_250_000)}${KEY}` }),
  holds("a key in a program", { "app/server": `\x7fELF\x02\0\0\0${KEY}` }),
  holds("a token in a database that is compressed", {
    "srv/base.bin.gz": gzipSync(`SQLite format 3\0\0\0 ${checkedToken("ghp_")}\0`),
  }),
  trap("a jar without a secret", {
    "app/app.jar": zipOf([{ name: "a/B.class", content: "\xca\xfe\xba\xbe" }]),
  }),
  trap("a jar with a certificate and a public key", {
    "app/app.jar": zipOf([{ name: "ca.pem", content: `${PUBLIC_KEY}\n` }]),
  }),
  trap("compressed pages of a manual", { "usr/share/man/man1/x.1.gz": gzipSync(".TH X 1\n") }),
  trap("a trust store of Java", { "app/cacerts.jks": javaStore(2) }),
  trap("a public key in DER", {
    "app/key.der": createPublicKey(KEY).export({ type: "spki", format: "der" }),
  }),
  trap("a key behind a passphrase, in DER", {
    "app/key.der": createPrivateKey(KEY).export({
      type: "pkcs8",
      format: "der",
      cipher: "aes-256-cbc",
      passphrase: "p",
    }),
  }),
  trap("a key behind a passphrase, in base64", { "app/key.b64": base64(ENCRYPTED_KEY) }),
  trap("a certificate in base64", { "app/ca.b64": base64(`-----BEGIN CERTIFICATE-----\n${noise(640)}\n`) }),
  trap("a Secret that is sealed", {
    "app/k8s/secret.yaml": `kind: SealedSecret\nspec:\n  encryptedData:\n    a: ${noise(40)}\n`,
  }),
  trap("what only mentions a tar", { "app/tar.js": `${"x".repeat(257)}ustar${"y".repeat(400)}` }),
  unread("an archive behind a password", {
    "app/a.zip": zipOf([{ name: "a", content: "…", method: 0, encrypted: true }]),
  }),
  unread("an archive of 7-Zip", { "app/a.7z": Buffer.from("7z\xbc\xaf\x27\x1c\0\x04", "latin1") }),
  unread("a file of bzip2", { "app/a.bz2": Buffer.from("BZh91AY&SY") }),
  unread("an archive that is cut off", { "app/a.tar.gz": gzipSync(tar).subarray(0, 200) }),
  unread("a jar whose directory leaves a member out", {
    "app/app.jar": zipOf([
      { name: "a", content: "a" },
      { name: "b", content: "b", unlisted: true },
    ]),
  }),
  unread("a package of Debian that the build left", {
    "srv/x.deb": Buffer.from("!<arch>\ndebian-binary   "),
  }),
];
