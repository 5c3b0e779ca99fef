// Row 7: secrets in compiled files, and in encodings of encodings.

import { createPrivateKey } from "node:crypto";
import { deflateSync, gzipSync } from "node:zlib";
import { derOf } from "../../fixtures/key-files.ts";
import { checkedToken, HEX, KEY, noise, PUBLIC_KEY } from "../../fixtures/secrets.ts";
import { zipOf } from "../../fixtures/zip.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const COMPILED = "1.4: whoever pulls the image reads the strings of its programs.";
const ENCODED = "1.4: an encoding hides nothing from whoever pulls the image.";
const NOTHING = "Nothing in it is a secret.";

function holds(name: string, files: LayerFiles, why = ENCODED): Case {
  return { name, given: image({ files }), expect: { "no-baked-state": "no" }, why };
}

function trap(name: string, files: LayerFiles, why = NOTHING): Case {
  return { name, given: image({ files }), expect: { "no-baked-state": "yes" }, trap: true, why };
}

const TOKEN = checkedToken("ghp_");
const NPM = checkedToken("npm_");
const PASSWORD = `DB_PASSWORD = "${noise(19)}"\nDB_HOST = "pg"\n`;
const GITLAB = `glpat-${noise(20)}`;
const AWS = ["AKIA2QRSTUVW3XYZ4567", noise(40)] as const;
const URL = `postgres://app:${noise(14)}@db/aides`;
/** Literals as Go and Rust lay them: side by side. */
const go = (text: string) =>
  `\x7fELF\x02\x01\x01\0${"\0".repeat(4_000)}unexpectedEOFhttp2frame${text}runtimeError`;
const wide = (text: string) => Buffer.from(text, "utf16le");
/** A class of Java: each constant behind its length. */
const javaClass = (...texts: readonly string[]) =>
  Buffer.concat([
    Buffer.from("cafebabe0000003d0010", "hex"),
    ...texts.map((text) =>
      Buffer.concat([Buffer.of(1, text.length >> 8, text.length & 255), Buffer.from(text)]),
    ),
  ]);
const pyc = (...texts: readonly string[]) =>
  Buffer.concat([
    Buffer.from("a70d0d0a00000000", "hex"),
    ...texts.map((text) => Buffer.concat([Buffer.from("z"), Buffer.of(text.length), Buffer.from(text)])),
  ]);

const pdf = (stream: Uint8Array) =>
  Buffer.concat([
    Buffer.from("%PDF-1.7\n%\xe2\xe3\n1 0 obj <</Filter/FlateDecode>> stream\r\n", "latin1"),
    stream,
    Buffer.from("\nendstream endobj\n"),
  ]);

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString("base64");
const hex = (text: string | Uint8Array) => Buffer.from(text).toString("hex");
const escaped = (text: string, of: (code: number) => string) =>
  [...text].map((character) => of(character.charCodeAt(0))).join("");
const two = (code: number) => code.toString(16).padStart(2, "0");
const der = createPrivateKey(KEY).export({ type: "pkcs8", format: "der" });
const wrapped = (text: string) => text.replace(/.{76}/g, "$&\n");

export const cases: Cases = [
  holds("a token of GitHub among the literals of a Go program", { "app/server": go(TOKEN) }, COMPILED),
  holds("a token of npm among the literals of a Go program", { "usr/local/bin/server": go(NPM) }, COMPILED),
  holds("a token of GitLab among the literals of a Rust program", { "app/server": go(GITLAB) }, COMPILED),
  holds("a URL with a password among the literals of a program", { "app/server": go(URL) }, COMPILED),
  holds("a token in a program of 3 MB", { "app/server": `${go("")}${"\0".repeat(3e6)}${TOKEN}` }, COMPILED),
  holds("a token in a class of Java", { "app/A.class": javaClass("Code", TOKEN, "main") }, COMPILED),
  holds(
    "a class of Java in a jar, with a cloud's keys",
    {
      "app/app.jar": zipOf([
        { name: "BOOT-INF/classes/A.class", content: javaClass("Code", ...AWS, "main") },
      ]),
    },
    COMPILED,
  ),
  holds("a cloud's keys in a module of Python", { "app/a.pyc": pyc("region", ...AWS) }, COMPILED),
  holds("a token of GitLab in a module of Python", { "app/a.pyc": pyc(GITLAB) }, COMPILED),
  holds("a token in WebAssembly", { "app/a.wasm": `\0asm\x01\0\0\0${TOKEN}` }, COMPILED),
  holds(
    "a token in an assembly of .NET",
    {
      "app/Aides.dll": Buffer.concat([
        Buffer.from("MZ\x90\0\x03\0\0\0BSJB\x01\0\x01\0#US\0\0\x51", "latin1"),
        wide(TOKEN),
        Buffer.of(0),
      ]),
    },
    COMPILED,
  ),
  holds("a key in base64 among the literals of a program", { "app/server": go(base64(KEY)) }, COMPILED),
  holds("a token in a program where a distribution has its own", { "usr/bin/aides": go(TOKEN) }, COMPILED),
  holds(
    "a token in a stream of a PDF",
    {
      "app/guide.pdf": pdf(deflateSync(`BT (${GITLAB}) Tj ET`)),
    },
    COMPILED,
  ),
  trap("a PDF with a page, a picture and what is no stream", {
    "app/guide.pdf": Buffer.concat([
      pdf(deflateSync("BT (Bonjour) Tj ET")),
      pdf(Buffer.from("\x78\x9cpas de Flate")),
    ]),
  }),
  trap("a token with a slip among the literals of a program", {
    "app/server": go(`${TOKEN.slice(0, -1)}${TOKEN.endsWith("0") ? "1" : "0"}`),
  }),
  trap("expressions for tokens in a scanner", {
    "usr/local/bin/scanner": go(
      "ghp_[0-9a-zA-Z]{36}glpat-[0-9a-zA-Z\\-]{20}AKIA[0-9A-Z]{16}npm_[a-z0-9]{36}",
    ),
  }),
  trap("the URLs of a program's help", {
    "app/server": go(
      "postgres://user:password@host:5432/dbhttp://user:pass@localhost:3128amqp://guest:guest@mq",
    ),
  }),
  trap("AWS's own example in a class", {
    "app/A.class": javaClass("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
  }),

  holds("a key, twice in base64", { "app/a.txt": base64(base64(KEY)) }),
  holds("a token behind one letter, in base64, and that behind one letter, in base64", {
    "app/a.txt": `k: ${base64(`-${base64(`-${TOKEN}\n`)}`)}\n`,
  }),
  holds("a key behind two letters, in base64, and that behind one letter, in base64", {
    "app/a.txt": `k: ${base64(`-${base64(`--${KEY}\n`)}`)}\n`,
  }),
  holds("settings with a password, in hexadecimal", { "app/c.txt": hex(PASSWORD) }),
  holds("settings with a password, in base64 of base64", {
    "app/settings.py": `import base64\nCFG = base64.b64decode("${base64(base64(PASSWORD))}")\n`,
  }),
  trap("settings without a secret, in hexadecimal and in base64 of base64", {
    "app/c.txt": hex("DB_PASSWORD_FILE=/run/secrets/db\n"),
    "app/settings.py": `CFG = b64decode("${base64(base64("DB_PASSWORD_FILE=/run/secrets/db\n"))}")\n`,
  }),
  holds("a key of P-384 in DER, in hexadecimal", {
    "app/a.txt": `k: ${hex(derOf("P-384"))}\n`,
  }),
  holds("a key of Ed448 in DER, in hexadecimal", {
    "app/a.txt": `k: ${hex(derOf("ed448")).toUpperCase()}\n`,
  }),
  holds("a key, three times in base64", { "app/a.txt": base64(base64(base64(KEY))) }),
  holds("a key in base64, wrapped", { "app/a.txt": wrapped(base64(`a\n${KEY}`)) }),
  holds("a key in base64 behind a byte", { "app/a.json": `{"a":"${base64(`x${KEY}`)}"}` }),
  holds("a key in base64 behind two bytes", { "app/a.json": `{"a":"${base64(`xy${KEY}`)}"}` }),
  holds("a key in base64url", { "app/a.txt": Buffer.from(KEY).toString("base64url") }),
  holds("a key, gzipped, in base64", { "app/a.yaml": `k: ${base64(gzipSync(KEY))}\n` }),
  holds("a key in zlib, in base64", { "app/a.py": `K = "${base64(deflateSync(KEY))}"\n` }),
  holds("a token, gzipped, in base64, twice", {
    "app/a.yaml": `k: ${base64(base64(gzipSync(`a ${TOKEN}\n`)))}\n`,
  }),
  holds("a token in base64", { "app/a.py": `T = b64decode("${base64(TOKEN)}")\n` }),
  holds("a token in base64 of a JSON", { "app/a.txt": base64(JSON.stringify({ a: 1, t: GITLAB })) }),
  holds("a registry's credentials in base64", {
    "app/a.yaml": `.dockerconfigjson: ${base64(
      JSON.stringify({ auths: { "r.aides.fr": { auth: base64(`robot:${noise(14)}`) } } }),
    )}\n`,
  }),
  holds("a key in hexadecimal", { "app/a.txt": hex(KEY) }),
  holds("a key in capital hexadecimal", { "app/a.txt": hex(KEY).toUpperCase() }),
  holds("a key's DER in hexadecimal", { "app/a.txt": `key=${hex(der)}\n` }),
  holds("a token in hexadecimal", { "app/a.js": `const t = Buffer.from("${hex(TOKEN)}", "hex");\n` }),
  holds("a key in a URL's escapes", { "app/a.txt": `k=${encodeURIComponent(KEY)}&x=1` }),
  holds("a key in a form's escapes", { "app/a.txt": `k=${new URLSearchParams({ k: KEY }).toString()}` }),
  holds("a key in escapes of every character", { "app/a.txt": escaped(KEY, (code) => `%${two(code)}`) }),
  holds("a key in a JSON's escapes", {
    "app/a.json": `{"k":"${escaped(KEY, (code) => `\\u00${two(code)}`)}"}`,
  }),
  holds("a key in JSON with a few escapes", {
    "app/a.json": `{"k":"${KEY.replaceAll("-", "\\u002d").replaceAll("\n", "\\n").replaceAll("=", "\\u003d")}"}`,
  }),
  holds("a key in JSON as Gson writes it", {
    "app/a.json": `{"k":"${KEY.replaceAll("\n", "\\n").replaceAll("=", "\\u003d").replaceAll("/", "\\/")}"}`,
  }),
  holds("a token in a script's escapes", {
    "app/a.js": `const t="${escaped(TOKEN, (code) => `\\x${two(code)}`)}";`,
  }),
  holds("a key in quoted-printable", {
    "app/a.eml": KEY.replaceAll("=", "=3D").replace(/^.{60}/gm, "$&=\n"),
  }),
  holds("a key in XML's entities", { "app/a.xml": `<k>${KEY.replaceAll("\n", "&#10;")}</k>` }),
  holds("a key in an array of C", {
    "app/a.c": `char k[] = { ${escaped(KEY, (code) => `0x${two(code)}, `)}0x00 };\n`,
  }),
  holds("a key in an array of numbers", { "app/a.js": `const k=[${[...Buffer.from(KEY)].join(",")}];\n` }),
  holds("a key in an array of characters", {
    "app/a.c": `char k[] = { ${[...KEY].map((one) => (one === "\n" ? "'\\n'" : `'${one}'`)).join(", ")} };\n`,
  }),
  holds("a key in base64 of UTF-16", { "app/a.ps1": `powershell -enc ${base64(wide(`$k="${KEY}"`))}\n` }),
  trap("what begins like a key in DER, in hexadecimal", {
    "app/a.txt": `k: 3081b6020100301006072a8648ce3d0201${noise(120, HEX)}\n`,
  }),
  trap("a token without its sum, twice in base64", {
    "app/a.txt": `k: ${base64(`-${base64(`-ghp_${noise(36)}\n`)}`)}\n`,
  }),
  trap("a public key, twice in base64", { "app/a.txt": base64(base64(PUBLIC_KEY)) }),
  trap("a certificate in hexadecimal", { "app/a.txt": hex(`-----BEGIN CERTIFICATE-----\n${noise(300)}\n`) }),
  trap("a picture in base64", { "app/a.css": `url(data:image/png;base64,${base64(noise(9_000))})` }),
  trap("text, gzipped, in base64", { "app/a.js": `x="${base64(gzipSync("bonjour ".repeat(99)))}"` }),
  trap("digests in hexadecimal", { "app/sums.txt": `${noise(64, HEX)}  a\n${noise(40, HEX)}  b\n` }),
  trap("a public key in a URL's escapes", { "app/a.txt": encodeURIComponent(PUBLIC_KEY) }),
  trap("an array of numbers", { "app/a.c": "int a[] = { 0x2d, 0x2d, 0x30, 0x31, 0x2d };\n" }),
  trap("code that writes the lines of a key", {
    "app/a.js": 'const k = "\\x2d\\x2d\\x2d\\x2d\\x2dBEGIN PRIVATE KEY-----\\n" + body + "\\n-----END";\n',
  }),

  holds("a URL with a password to a service of one word, in JavaScript", {
    "app/db.js": `mongoose.connect("mongodb://root:S3cr3tMongo@mongo/x");\n`,
  }),
  holds("the same in Python", {
    "app/db.py": `engine = create_engine("postgresql://app:Xk29vLqPz7Rt@db:5432/x")\n`,
  }),
  holds("the same in PHP", { "app/db.php": `<?php $d = "mysql://app:Xk29vLqPz7Rt@mysql/x";\n` }),
  holds("the same in Ruby", { "app/db.rb": `Redis.new(url: "redis://:Xk29vLqPz7Rt@redis:6379/0")\n` }),
  holds("the same in a bundle", {
    "app/.next/server/app.js": `let a="amqp://app:Xk29vLqPz7Rt@rabbitmq:5672";`,
  }),
  trap("examples in documentation and comments", {
    "app/README.md": "mongodb://root:S3cr3tMongo@mongo/x\n",
    "app/a.js": "// postgres://user:password@host/db or http://user:pass@proxy:3128\n",
    "app/b.py": '"""redis://username:password@localhost:6379/0"""\n',
  }),
  trap("a URL with a password in a test", {
    "app/test/db.test.js": `connect("mongodb://root:S3cr3tMongo@mongo/x");\n`,
  }),
  trap("a URL with a password in a dependency", {
    "app/node_modules/x/package.json": '{"name":"x","version":"1.0.0","license":"MIT"}',
    "app/node_modules/x/index.js": `connect("mongodb://root:S3cr3tMongo@mongo/x");\n`,
  }),
  trap("a URL whose password is a variable", {
    "app/db.js": "connect(`mongodb://root:${process.env.PASSWORD}@mongo/x`);\n",
    "app/db.py": 'url = f"postgresql://app:{password}@db/x"\n',
  }),
];
