import { createPrivateKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ENCRYPTED_KEY, KEY, noise, opensshKey, SEC1_KEY } from "../../test/fixtures/secrets.ts";
import { keyBody } from "./private-key.ts";

/** Body of a PEM block, without its BEGIN and END lines. */
function bodyOf(pem: string): string {
  return pem.replace(/-----[^-]+-----/g, "");
}

const BODY = bodyOf(KEY);
const LINES = BODY.trim().split("\n");
const DER = createPrivateKey(KEY).export({ type: "pkcs8", format: "der" });

/** Header of a DER SEQUENCE of `length` bytes, its length in so many octets (0: short form). */
function sequence(length: number, octets: number): string {
  const head =
    octets === 0
      ? Buffer.from([0x30, length])
      : Buffer.concat([Buffer.from([0x30, 0x80 | octets]), lengthOf(length, octets)]);
  return Buffer.concat([head, Buffer.alloc(length, noise(60))]).toString("base64");
}

function lengthOf(length: number, octets: number): Buffer {
  const bytes = Buffer.alloc(octets);
  bytes.writeUIntBE(length, 0, octets);
  return bytes;
}

describe("a key that anyone can use", () => {
  test.each<[string, string]>([
    ["as it stands in a file", BODY],
    ["SEC 1", bodyOf(SEC1_KEY)],
    ["with returns", BODY.replaceAll("\n", "\r\n")],
    ["in JSON", JSON.stringify(BODY).slice(1, -1)],
    ["in one line", LINES.join("")],
    ["indented", LINES.map((line) => `    ${line}`).join("\n")],
    ["with escaped returns and tabs", LINES.join("\\r\\n\\t")],
    ["a literal a line", LINES.map((line) => `"${line}\\n"`).join("\n")],
    ["joined by +", LINES.map((line) => `'${line}\\n'`).join(" +\n")],
    ["joined by .", LINES.map((line) => `"${line}"`).join("\n . ")],
    ["joined by commas", LINES.map((line) => `\`${line}\``).join(",")],
    ["continued by backslashes", LINES.join("\\\n")],
    ["with headers", `\nX-Key: of tests\n  Comment: a b\n${BODY}`],
    ["with + and = escaped as JSON has them", BODY.replaceAll("+", "\\u002B").replaceAll("=", "\\u003d")],
    ["with each letter escaped", LINES[0]?.replace("M", "\\u004D").concat(...LINES.slice(1)) ?? ""],
    ["with XML's line ends", LINES.join("&#10;")],
    ["with XML's hexadecimal line ends", LINES.join("&#xD;&#xa;&#x00A;")],
    ["with XML's returns", LINES.join("&#13;&#x0d;")],
    ["as quoted-printable", LINES.join("=\r\n").replace(/=*$/, (end) => end.replaceAll("=", "=3d"))],
    ["as quoted-printable, in capitals", `${LINES.join("=\n").replace(/=*$/, "")}=3D=3D`],
  ])("%s", (_, text) => {
    expect(keyBody("PRIVATE KEY", text)).toBe("plain");
  });

  test("OpenSSH's without a cipher", () => {
    expect(keyBody("OPENSSH PRIVATE KEY", bodyOf(opensshKey("none")))).toBe("plain");
  });

  test.each([
    [100, 0],
    [127, 0],
    [128, 1],
    [255, 1],
    [256, 2],
    [300, 3],
  ])("a sequence of %i bytes, its length in %i octets", (length, octets) => {
    expect(keyBody("RSA PRIVATE KEY", sequence(length, octets))).toBe("plain");
  });
});

describe("a key behind a passphrase", () => {
  test("says so", () => {
    expect(keyBody("ENCRYPTED PRIVATE KEY", bodyOf(ENCRYPTED_KEY))).toBe("encrypted");
    expect(keyBody("OPENSSH PRIVATE KEY", bodyOf(opensshKey("aes256-ctr")))).toBe("encrypted");
    const head = "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0011\n\n";
    expect(keyBody("RSA PRIVATE KEY", `${head}${noise(88)}`)).toBe("encrypted");
  });
});

describe("no key", () => {
  test.each([
    ["a placeholder", "\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC...\n"],
    ["words", `\n<your key here, ${noise(70)}>\n`],
    ["too short", `\n${noise(62)}\n`],
    ["not base64 at its beginning", `.${LINES.join("")}`],
    ["not base64 at its end", `${LINES.join("")}.`],
    ["cut off", LINES.join("").slice(0, -8)],
    ["with something behind", Buffer.concat([DER, Buffer.alloc(3)]).toString("base64")],
    ["no sequence", Buffer.concat([Buffer.from([0x31]), DER.subarray(1)]).toString("base64")],
    ["a length of none", Buffer.concat([Buffer.from([0x30, 0x80]), Buffer.alloc(100, 1)]).toString("base64")],
    ["a length in four octets", sequence(300, 4)],
    ["another length", sequence(100, 0).replace(/^MG/, "MH")],
    ["with a header that is none", `\nx-key: of tests\n${BODY}`],
  ])("%s", (_, text) => {
    expect(keyBody("PRIVATE KEY", text)).toBe("none");
  });
});

describe("OpenPGP's block", () => {
  const packet = (tag: number) =>
    Buffer.concat([Buffer.from([tag]), Buffer.from(noise(200))]).toString("base64");

  test("begins with a packet of a secret key, which may have a checksum behind it", () => {
    const block = `Version: GnuPG v2\n\n${packet(0x95)}\n`;
    expect(keyBody("PGP PRIVATE KEY BLOCK", block)).toBe("plain");
    expect(keyBody("PGP PRIVATE KEY BLOCK", `${block}=aB3d\n`)).toBe("plain");
    expect(keyBody("PGP PRIVATE KEY BLOCK", `${block}=aB3d\nx`)).toBe("none");
    expect(keyBody("PGP PRIVATE KEY BLOCK", `\n${packet(0x99)}\n`)).toBe("none");
  });
});
