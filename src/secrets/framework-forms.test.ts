import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { scanFile } from "./scan.ts";

function kinds(path: string, text: string) {
  return scanFile(path, Buffer.from(text)).map(({ kind }) => kind);
}

const KEY = Buffer.from(noise(32)).toString("base64");
const HEX = "9f3ac17e5b2d48069c8e7a41d0b6f35c2e91a8d47b60c3f51d7e90ab4c6f8e23";
const BASE32 = noise(32, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
const xor = (text: string) =>
  Buffer.from([...text].map((one) => one.charCodeAt(0) ^ 0x5f)).toString("base64");
/** Jetty's Password.obfuscate() of `Hiver2024x`, by its algorithm. */
function obfuscated(text: string): string {
  const bytes = Buffer.from(text);
  return [...bytes]
    .map((one, index) => {
      const other = bytes[bytes.length - 1 - index] ?? 0;
      return ((127 + one + other) * 256 + (127 + one - other)).toString(36).padStart(4, "0");
    })
    .join("");
}

describe("a secret in a framework's own form", () => {
  test.each([
    ["Laravel's key", "/app/x.php", `'key' => 'base64:${KEY}'`],
    ["Laravel's key as a default", "/app/x.php", `env("APP_KEY", "base64:${KEY}")`],
    ["CodeIgniter's key", "/app/x.php", `$key = 'hex2bin:${HEX}';`],
    ["Liberty's password", "/config/x", `value="{xor}${xor("Hiver2024!x")}"`],
    ["Liberty's password, encrypted", "/config/x", `value="{aes}${noise(64)}"`],
    ["Jetty's password", "/app/x", `<Arg>OBF:${obfuscated("Hiver2024x")}</Arg>`],
    ["Magento's key", "/app/etc/env.php", `'crypt' => [\n        'key' => '${HEX.slice(0, 32)}'\n    ],`],
    ["Consul's gossip key", "/etc/consul/consul.hcl", `encrypt = "${KEY}"`],
    ["Nomad's gossip key", "/etc/nomad/server.json", `{"server": {"encrypt": "${KEY}"}}`],
    ["a serialized setting", "/app/cache/x.php", `a:1:{s:11:"db_password";s:10:"Hiver2024x";}`],
    ["a one-time password's key", "/app/x", `otpauth://totp/Portail:a?issuer=P&secret=${BASE32}`],
    [
      "Terraform's default",
      "/app/v.tf",
      `variable "db_password" {\n  type = string\n  default = "Hiver2024x"\n}`,
    ],
  ])("%s", (_, path, text) => {
    expect(kinds(path, text)).toEqual(["named-secret"]);
  });

  test.each([
    ["user:password", "mysql%3A%2F%2Fportail%3AHiver2024x%40db.interne.fr%2Fapp"],
    ["in small letters", "redis%3a%2f%2f%3aHiver2024x%40redis%3a6379"],
    ["escapes in the password", "amqp%3A%2F%2Fportail%3Ap%2540s%25s9w0rd%40mq.interne.fr"],
  ])("an address that is encoded: %s", (_, text) => {
    expect(kinds("/app/x", `url=${text}\n`)).toEqual(["url-password"]);
  });
});

describe("is none", () => {
  test.each([
    ["another value in base64", "/app/x.php", `'logo' => 'base64:${KEY}'`],
    ["a key that is read from elsewhere", "/app/x.php", "'key' => env('APP_KEY'),"],
    ["what documentation shows", "/app/README.md", `'key' => 'base64:${KEY}'`],
    ["hex2bin of zeros", "/app/x.php", `'hex2bin:${"0".repeat(64)}'`],
    ["a password that everybody has", "/config/x", `value="{xor}${xor("password")}"`],
    ["xor of no text", "/config/x", 'value="{xor}AAAAAAAAAAAA"'],
    ["aes whose key is elsewhere", "/config/x", `wlp.password.encryption.key=\${env.K}\nx={aes}${noise(64)}`],
    ["Jetty's demonstration", "/app/x", "<Arg>OBF:1vny1zlo1x8e1vnw1vn61x8g1zlu1vn4</Arg>"],
    [
      "Magento's key from elsewhere",
      "/app/etc/env.php",
      "'crypt' => ['key' => getenv('CRYPT_KEY_OF_MAGENTO')],",
    ],
    ["Magento's filler", "/app/etc/env.php", "'crypt' => ['key' => 'replace-me-by-a-random-key-1234'],"],
    [
      "encrypt of something else",
      "/app/x.json",
      `{"encrypt": "${Buffer.from(noise(20)).toString("base64")}"}`,
    ],
    ["a gossip key of zeros", "/app/x.hcl", `encrypt = "${"A".repeat(43)}="`],
    ["a serialized text", "/app/cache/x.php", `a:1:{s:4:"name";s:10:"Hiver2024x";}`],
    ["a serialized field's type", "/app/cache/x.php", `a:1:{s:8:"password";s:8:"password";}`],
    ["the example of one-time passwords", "/app/x", "otpauth://totp/A:b?secret=JBSWY3DPEHPK3PXP&issuer=A"],
    ["a template of one-time passwords", "/app/x.js", "`otpauth://totp/A:b?secret=${secret}`"],
    ["Terraform's variable without a default", "/app/v.tf", `variable "db_password" {\n  type = string\n}`],
    ["Terraform's default of another", "/app/v.tf", `variable "region" {\n  default = "Hiver2024x"\n}`],
    ["an encoded address without a password", "/app/x", "url=https%3A%2F%2Fportail.fr%3A8443%2Fa%40b\n"],
    ["an encoded address of this machine", "/app/x", "url=mysql%3A%2F%2Fu%3AHiver2024x%40localhost%2Fa\n"],
    ["an encoded example", "/app/x", "url=mysql%3A%2F%2Fuser%3Apassword%40db%2Fa\n"],
  ])("%s", (_, path, text) => {
    expect(kinds(path, text)).toEqual([]);
  });
});
