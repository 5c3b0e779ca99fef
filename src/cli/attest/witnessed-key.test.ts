import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { emptyImage } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { certificate, daysFromNow, USAGES } from "../../../test/fixtures/x509.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-witnessed-key-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const ROOT = certificate({ name: "root", ca: {} });
const LEAF = certificate({ name: "build", issuer: ROOT, names: ["build@team.example"] });
const ofKey = (more: object) => certificate({ name: "build", issuer: ROOT, keys: LEAF.keys, ...more }).pem;
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
write("p.json", "{}");
write("k.key", LEAF.keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
writeLayout(emptyImage(), join(cwd, "image"));

function attest(...more: readonly string[]) {
  const argv = ["attest", "oci:image", "--key", "k.key", "--predicate", "p.json", "--type", "a:b"];
  return douane([...argv, ...more], { cwd, now: () => new Date() });
}

test.each<[string, string, string]>([
  ["a certificate of another key", ROOT.pem, "the first certificate is of another key"],
  ["a certificate for servers", ofKey({ extended: [USAGES.serverAuth] }), "not issued for code signing"],
  ["a certificate without extended usages", ofKey({ extended: null }), "not issued for code signing"],
  ["a certificate that has ended", ofKey({ notAfter: daysFromNow(-1) }), "this certificate expired on"],
  ["no certificate", "-----BEGIN CERTIFICATE-----\n", "no readable PEM certificate"],
])("%s is refused, and nothing is attached", async (_, pem, message) => {
  const before = readFileSync(join(cwd, "image", "index.json"), "utf8");
  write("c.pem", pem);
  const { exit, stderr } = await attest("--certificate", "c.pem");
  expect([exit, stderr]).toEqual([64, expect.stringContaining(message)]);
  expect(readFileSync(join(cwd, "image", "index.json"), "utf8")).toBe(before);
});

test("a certificate alone needs no connection, and its name is shown", async () => {
  write("c.pem", LEAF.pem + ROOT.pem);
  const { exit, stdout } = await attest("--certificate", "c.pem");
  expect([exit, stdout]).toEqual([0, expect.stringContaining("a:b (identity build@team.example)")]);
});
