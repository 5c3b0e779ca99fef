// Row 7: keys and passwords in the forms of programs, and texts in encodings without single-byte characters.

import { createHash } from "node:crypto";
import { deflateSync, gzipSync } from "node:zlib";
import { KEY, noise } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const FORM = "1.4: the program that reads it takes it for a secret, and so does whoever pulls the image.";
const NOTHING = "Nothing in it is a secret.";
const AWS_ID = "AKIA2QRSTUVW3XYZ4567";
const AWS_SECRET = noise(40);
const SETTINGS = "spring:\n  datasource:\n    username: portail\n    password: Xk29vLqPz7Rt\n";
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString("base64");
const program = (...parts: readonly string[]) =>
  `\x7fELF\x02\x01\x01\0${"\0".repeat(4_000)}${parts.join("")}`;

function wide(text: string, isLittle: boolean, isMarked: boolean): Uint8Array {
  const bytes = Buffer.alloc(4 * (text.length + (isMarked ? 1 : 0)));
  const all = isMarked ? `\ufeff${text}` : text;
  for (const [at, character] of [...all].entries()) {
    const code = character.codePointAt(0) ?? 0;
    if (isLittle) bytes.writeUInt32LE(code, 4 * at);
    else bytes.writeUInt32BE(code, 4 * at);
  }
  return bytes;
}

const SSH2 = (cipher: string) => {
  const strings = ["if-modn{sign{rsa-pkcs1-sha1},encrypt{rsa-pkcs1v2-oaep}}", cipher].map((text) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    return Buffer.concat([length, Buffer.from(text)]);
  });
  const bytes = Buffer.concat([Buffer.from("3f6ff9eb000003a1", "hex"), ...strings, Buffer.from(noise(800))]);
  const lines = bytes.toString("base64").replace(/(.{70})/g, "$1\n");
  return `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nSubject: robot\nComment: "2048-bit rsa"\n${lines}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n`;
};

const STUB = Buffer.from(
  '#!/bin/sh\n# This script was generated using Makeself 2.5.0\nCRCsum="0"\nskip="8"\nMS_dd\nexit 0\n',
);

const UNSET = SETTINGS.replace("Xk29vLqPz7Rt", "${PASSWORD}");

/** A pack with this file, then differences that put something else behind its last colon, each of the one before. */
function gitPack(content: string, ...values: readonly string[]): Uint8Array {
  const header = Buffer.from(`PACK\0\0\0\x02\0\0\0${String.fromCharCode(1 + values.length)}`, "latin1");
  const parts: Uint8Array[] = [header, object(3, Buffer.from(content))];
  let [base, last] = [content, parts[1]?.length ?? 0];
  for (const value of values) {
    const kept = base.lastIndexOf(": ") + 2;
    const made = `${base.slice(0, kept)}${value}\n`;
    const delta = Buffer.concat([
      Buffer.of(...[base, made].map((text) => text.length), 0x90, kept, value.length + 1),
      Buffer.from(`${value}\n`),
    ]);
    const one = object(6, delta, Buffer.of(last));
    parts.push(one);
    [base, last] = [made, one.length];
  }
  const bytes = Buffer.concat(parts);
  return Buffer.concat([bytes, createHash("sha1").update(bytes).digest()]);
}

/** An object of fewer than 128 bytes, at the given distance from its base. */
function object(type: number, content: Buffer, base = Buffer.alloc(0)): Buffer {
  const size = content.length;
  const head = Buffer.of((type << 4) | (size & 15) | 0x80, size >> 4);
  return Buffer.concat([head, base, deflateSync(content)]);
}

const XZ = Buffer.concat([Buffer.from("\xfd7zXZ\0", "latin1"), Buffer.alloc(5 * 1024 ** 2, noise(4_096))]);
const PINS = {
  PHP_SHA256: createHash("sha256").update(XZ).digest("hex"),
  APP_SHA256: createHash("sha256").update(XZ).digest("hex"),
  PHP_URL: "https://www.php.net/distributions/php-8.4.1.tar.xz",
};

export const cases: Cases = [
  // Apart from one another.
  holds("an AWS identifier and its secret apart in a Go program", {
    "app/server": program("region", AWS_ID, "x".repeat(5_000), "unexpected EOF", AWS_SECRET, "=runtime\0"),
  }),
  holds("the same, the secret before the identifier", {
    "app/server": program("\0", AWS_SECRET, "\0", "runtime.gopanic".repeat(200), AWS_ID, "http2"),
  }),
  holds("an AWS identifier and its secret at both ends of a text", {
    "app/deploy.js": `const id = "${AWS_ID}";\n${"// rien\n".repeat(200)}const s = "${AWS_SECRET}";\n`,
  }),
  holds("the same in Python", {
    "app/deploy.py": `ID = "${AWS_ID}"\n${"# rien\n".repeat(200)}PART = "${AWS_SECRET}"\n`,
  }),
  trap("an AWS identifier alone in a program", { "app/server": program("region", AWS_ID, "unexpected EOF") }),
  trap("an AWS identifier of the documentation beside a digest", {
    "app/a.js": `const id = "AKIAIOSFODNN7EXAMPLE";\n${"// rien\n".repeat(100)}const sum = "${noise(40, "0123456789abcdef")}";\n`,
  }),

  // Settings in base64.
  holds("settings in base64", {
    "app/start.sh": `#!/bin/sh\necho ${base64(SETTINGS)} | base64 -d > /tmp/app.yml\n`,
  }),
  holds("settings as JSON in base64", {
    "app/boot.yaml": `config: ${base64('{"db":{"user":"portail","password":"Xk29vLqPz7Rt"}}')}\n`,
  }),
  holds("properties in base64 in a variable of code", {
    "app/config.js": `module.exports = Buffer.from("${base64("db.user=portail\ndb.password=Xk29vLqPz7Rt\n")}", "base64");\n`,
  }),
  trap("settings without a secret in base64", {
    "app/boot.yaml": `config: ${base64("server:\n  port: 8080\n  password: ${DB_PASSWORD}\n")}\n`,
  }),
  trap("a page in base64 that speaks of passwords", {
    "app/page.js": `export default "${base64("<p>Mot de passe oublié ? password: 8 caractères au moins</p>")}";\n`,
  }),

  // Forms of programs.
  holds("BIND's rndc.key", {
    "etc/bind/rndc.key": `key "rndc-key" {\n\talgorithm hmac-sha256;\n\tsecret "${base64(noise(32))}";\n};\n`,
  }),
  holds("rndc.key with its secret first, on one line", {
    "app/rndc.conf": `key rndc-key { secret "${base64(noise(32))}"; algorithm hmac-sha256; };\n`,
  }),
  holds("a key of DNSSEC", {
    "app/Kexemple.fr.+013+12345.private": `Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: ${base64(noise(32))}\nCreated: 20260101000000\n`,
  }),
  holds("a key of DNSSEC of RSA", {
    "app/K.private": `Private-key-format: v1.2\nAlgorithm: 8 (RSASHA256)\nModulus: ${base64(noise(128))}\nPublicExponent: AQAB\nPrivateExponent: ${base64(noise(128))}\n`,
  }),
  holds("a key of SSH.com's without a passphrase", { "app/id_dsa_2048_a": SSH2("none") }),
  holds("an age key", {
    "app/key.txt": `# created: 2026\n# public key: age1x\nAGE-SECRET-KEY-1${noise(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")}\n`,
  }),
  holds("WireGuard's key", {
    "etc/wireguard/wg0.conf": `[Interface]\nAddress = 10.0.0.1/24\nPrivateKey = ${base64(noise(32))}\n`,
  }),
  holds("WireGuard's key in a file of its own", { "app/wg/privatekey": `${base64(noise(32))}\n` }),
  holds("a keytab of Kerberos", { "app/http.dat": keytab("EXEMPLE.FR", "HTTP", "web.exemple.fr") }),
  trap("a public key of SSH.com's", {
    "app/key.pub": `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "x"\n${base64(noise(200))}\n---- END SSH2 PUBLIC KEY ----\n`,
  }),
  trap("a public key of DNSSEC", {
    "app/Kexemple.fr.+013+12345.key": `exemple.fr. IN DNSKEY 257 3 13 ${base64(noise(64))}\n`,
  }),
  trap("WireGuard's public key", { "app/wg/publickey": `${base64(noise(32))}\n` }),
  trap("an age recipient", {
    "app/recipients.txt": `age1${noise(58, "qpzry9x8gf2tvdw0s3jn54khce6mua7l")}\n`,
  }),

  // Maven's, which its master password opens.
  trap("encrypted passwords of Maven's alone", {
    "root/.m2/settings.xml":
      "<settings><servers><server><username>ci</username><password>{COQLCE6DU6GtcS5P4RnLmVqWz8Xk29vLqPz7Rt0aB1c=}</password></server></servers></settings>\n",
  }),
  trap("the same with a comment around", {
    "app/conf/settings.xml":
      "<settings><server><password>expire le 1er mai {COQLCE6DU6GtcS5P4RnLmVqWz8Xk29vLqPz7Rt0aB1c=}</password></server></settings>\n",
  }),
  holds("the master password of Maven's", {
    "root/.m2/settings-security.xml":
      "<settingsSecurity><master>{jSMOWnoPFgsHVpMvz5VrIt5kRbzGpI8u9EF1iFQyJQ4=}</master></settingsSecurity>\n",
  }),
  // A large xz file, which is not unpacked.
  ...(
    [
      ["PHP's sources", "usr/src/php.tar.xz", ["PHP_SHA256", "PHP_URL"], "yes"],
      [
        "an archive of the application's whose hash alone is declared",
        "app/app.tar.xz",
        ["APP_SHA256"],
        "unproven",
      ],
      [
        "an archive whose hash another variable declares",
        "app/data.tar.xz",
        ["PHP_SHA256", "PHP_URL"],
        "unproven",
      ],
      ["an archive that nothing declares", "usr/src/php.tar.xz", [], "unproven"],
    ] as const
  ).map(
    ([name, path, names, answer]): Case => ({
      name,
      given: image({ files: { [path]: XZ }, config: { Env: names.map((one) => `${one}=${PINS[one]}`) } }),
      expect: { "no-baked-state": answer },
      ...(answer === "yes" ? { trap: true } : {}),
      why:
        answer === "yes"
          ? "The image says where it has the file from and which it is: the same everywhere."
          : "Nobody looked into it; a hash anybody can write.",
    }),
  ),

  // Objects that git keeps.
  holds("settings in an object of git", {
    [`app/.git/objects/ab/${"0".repeat(38)}`]: deflateSync(`blob ${SETTINGS.length}\0${SETTINGS}`),
  }),
  holds("settings in a pack of git", { "app/.git/objects/pack/pack-1.pack": gitPack(SETTINGS) }),
  holds("a difference in a pack that inserts a value alone", {
    "app/.git/objects/pack/pack-1.pack": gitPack(UNSET, "Xk29vLqPz7Rt"),
  }),
  holds("a difference of a difference that does", {
    "app/.git/objects/pack/pack-1.pack": gitPack(UNSET, "${OTHER}", "Xk29vLqPz7Rt"),
  }),
  trap("settings without a secret in a pack of git", {
    "app/.git/objects/pack/pack-1.pack": gitPack(UNSET, "${OTHER}"),
  }),
  trap("words in a pack of git", {
    "app/.git/objects/pack/pack-1.pack": gitPack(
      "# Lisez-moi\n\nLe mot de passe : voir password dans la doc.\n",
    ),
  }),

  // Encodings with four bytes a character.
  ...[true, false].flatMap((isLittle) =>
    [true, false].flatMap((isMarked) => {
      const how = `UTF-32, ${isLittle ? "little" : "big"} endian, ${isMarked ? "with" : "without"} its mark`;
      return [
        holds(`a key in ${how}`, { "app/a.txt": wide(KEY, isLittle, isMarked) }),
        holds(`settings in ${how}`, { "app/config.yml": wide(SETTINGS, isLittle, isMarked) }),
        trap(`a text in ${how}`, { "app/a.txt": wide("Bonjour à tous, rien ici.\n", isLittle, isMarked) }),
      ];
    }),
  ),
  trap("numbers of four bytes", {
    "app/a.bin": Buffer.from(new Uint32Array(4_000).map((_, at) => 60 + (at % 40)).buffer),
  }),

  // Archives behind a program.
  holds("a self-extracting archive of makeself", {
    "app/install.run": makeself(tarOf("secrets/key.pem", KEY)),
  }),
  holds("the same under another name", {
    "app/setup": makeself(tarOf(".env", "DB_PASSWORD=Xk29vLqPz7Rt\n")),
  }),
  holds("a script with an archive in base64 behind it", {
    "app/install.sh": `#!/bin/sh\ntail -n +4 "$0" | base64 -d | tar xz\nexit\n${base64(gzipSync(tarOf("key.pem", KEY))).replace(/(.{76})/g, "$1\n")}\n`,
  }),
  holds("a shell archive", {
    "app/a.shar": `#!/bin/sh\nsed 's/^X//' << 'SHAR_EOF' > 'app.yml'\nXdb:\nX  password: Xk29vLqPz7Rt\nSHAR_EOF\n`,
  }),
  {
    name: "a self-extracting archive in bzip2",
    given: image({
      files: { "app/install.run": Buffer.concat([STUB, Buffer.from(`BZh91AY&SY${noise(4_000)}`)]) },
    }),
    expect: { "no-baked-state": "unproven" },
    why: "What was not looked into is named.",
  },
  {
    name: "an AppImage",
    given: image({
      files: {
        "app/tool.AppImage": Buffer.concat([elf(3_000, "AI\x02"), Buffer.from(`hsqs${noise(5_000)}`)]),
      },
    }),
    expect: { "no-baked-state": "unproven" },
    why: "A squashfs behind a program was not looked into.",
  },
  trap("a self-extracting archive without a secret", {
    "app/install.run": makeself(tarOf("README", "rien\n")),
  }),
  {
    name: "a program with a squashfs behind it",
    given: image({ files: { "app/tool": Buffer.concat([elf(3_000), Buffer.from(`hsqs${noise(5_000)}`)]) } }),
    expect: { "no-baked-state": "unproven" },
    why: "What was not looked into is named.",
  },
  holds("a program with a tar.gz behind it", {
    "app/tool": Buffer.concat([elf(3_000), gzipSync(tarOf("key.pem", KEY))]),
  }),
  holds("a large program with a tar.gz behind it", {
    "app/tool": Buffer.concat([elf(3_000_000), gzipSync(tarOf("key.pem", KEY))]),
  }),
  holds("a large script with a tar behind it", {
    "app/tool": Buffer.concat([
      STUB,
      tarOf("README", "x".repeat(2_000_000)).subarray(0, -1024),
      tarOf("key.pem", KEY),
    ]),
  }),
  trap("a program with nothing behind it", { "app/tool": elf(3_000) }),
  trap("a program with a text behind it", {
    "app/tool": Buffer.concat([elf(3_000), Buffer.from("version 1.2.3\n")]),
  }),
  trap("a program that can read squashfs", { "app/tool": program("hsqs", "7z\xbc\xaf'", "bad superblock") }),
];

/** A program of this size in bytes, with its table of sections at the end. */
function elf(size: number, mark = "\0\0\0"): Uint8Array {
  const bytes = Buffer.alloc(size);
  bytes.write(`\x7fELF\x02\x01\x01\0${mark}`, "latin1");
  bytes.writeBigUInt64LE(BigInt(size - 64), 40);
  bytes.writeUInt16LE(64, 58);
  bytes.writeUInt16LE(1, 60);
  return bytes;
}

function makeself(tar: Uint8Array): Uint8Array {
  return Buffer.concat([STUB, gzipSync(tar)]);
}

function tarOf(path: string, content: string): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write("0000644\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar\x0000", 257);
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}

function keytab(realm: string, ...parts: readonly string[]): Uint8Array {
  const text = (value: string) => Buffer.concat([Buffer.of(0, value.length), Buffer.from(value)]);
  const entry = Buffer.concat([
    Buffer.of(0, parts.length),
    ...[realm, ...parts].map(text),
    Buffer.from("00000001660000000100120020", "hex"),
    Buffer.from(noise(32)),
  ]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(entry.length);
  return Buffer.concat([Buffer.of(5, 2), size, entry]);
}

function holds(name: string, files: LayerFiles, why = FORM): Case {
  return { name, given: image({ files }), expect: { "no-baked-state": "no" }, why };
}

function trap(name: string, files: LayerFiles, why = NOTHING): Case {
  return { name, given: image({ files }), expect: { "no-baked-state": "yes" }, trap: true, why };
}
