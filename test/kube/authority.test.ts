// Certificates of the server's own authority, as others verify them: OpenSSL, strictly by RFC 5280, and Go's
// crypto/x509, which API servers have (by kubectl).

import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { type TlsMaterial, writeMaterial } from "../../src/server/authority/material.ts";
import { renewed } from "../../src/server/authority/renew.ts";
import { douane } from "../fixtures/douane.ts";
import { startServe } from "../fixtures/running-server.ts";

const DAY_MS = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), "douane-own-certificate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const NAMES = ["localhost", "127.0.0.1", "::1", "2001:db8::1:2", "::ffff:192.0.2.1"];
/** An authority that ends next year, with its successor; the certificate is the old one's. */
const two = renewed(renewed({ authorities: [] }, { names: NAMES, now: Date.now() - 3_000 * DAY_MS }), {
  names: NAMES,
  now: Date.now(),
});
const moved = renewed(two, {
  names: NAMES,
  now: Date.now(),
  trusted: new Set(two.authorities.slice(1).map(({ x509 }) => x509.raw.toString("base64"))),
});

describe.each<[string, TlsMaterial]>([
  ["an authority", renewed({ authorities: [] }, { names: NAMES, now: Date.now() })],
  ["an old authority beside a new one", two],
  ["a new authority beside an old one", moved],
])("a certificate of %s", (name, material) => {
  const texts = writeMaterial(material);
  const at = (file: string) => join(folder, `${name} ${file}`);
  for (const [file, text] of Object.entries(texts)) writeFileSync(at(file), text);

  test.each([
    "-verify_hostname localhost",
    "-verify_ip 127.0.0.1",
    "-verify_ip ::1",
    "-verify_ip 2001:db8::1:2",
    "-verify_ip ::ffff:192.0.2.1",
  ])("is right for OpenSSL: %s", (verified) => {
    const strict = ["-x509_strict", "-check_ss_sig", "-purpose", "sslserver", ...verified.split(" ")];
    const said = execFileSync("openssl", ["verify", ...strict, "-CAfile", at("ca.crt"), at("tls.crt")]);
    expect(said.toString()).toBe(`${at("tls.crt")}: OK\n`);
  });

  test("is right for Go", async () => {
    const server = createServer({ cert: texts["tls.crt"], key: texts["tls.key"] }, (_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"major":"1"}');
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const argv = ["--token=x", `--server=https://localhost:${port}`, "--certificate-authority", at("ca.crt")];
    const env = { HOME: folder, PATH: process.env["PATH"] };
    try {
      const { stdout } = await promisify(execFile)("kubectl", [...argv, "get", "--raw", "/x"], { env });
      expect(stdout).toContain('{"major":"1"}');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});

test("the authority of another server is refused by both", () => {
  const other = renewed({ authorities: [] }, { names: NAMES, now: Date.now() });
  writeFileSync(join(folder, "other.crt"), writeMaterial(other)["ca.crt"]);
  const argv = ["verify", "-CAfile", join(folder, "other.crt"), join(folder, "an authority tls.crt")];
  expect(() => execFileSync("openssl", argv, { stdio: "pipe" })).toThrow(
    "unable to get local issuer certificate",
  );
});

test("douane serve makes its certificate in a folder, and has the same at the next start", async () => {
  const argv = ["--tls-dir", "own"];
  const checked = await douane(["serve", ...argv, "--check-config"], { cwd: folder, now: () => new Date() });
  expect([checked.exit, checked.stdout.split("\n")[0]]).toEqual([
    0,
    expect.stringContaining(`the server's authority: in "${join(folder, "own")}"`),
  ]);
  expect(existsSync(join(folder, "own"))).toBe(false);
  const seen: string[] = [];
  for (let start = 0; start < 2; start++) {
    const serve = await startServe(argv, folder);
    const port = new URL(serve.origin).port;
    const curl = ["--silent", "--show-error", "--cacert", join(folder, "own", "ca.crt")];
    const { stdout } = await promisify(execFile)("curl", [...curl, `https://localhost:${port}/readyz`]);
    expect(stdout).toMatch(/^ok\n/);
    seen.push(readFileSync(join(folder, "own", "authority.json"), "utf8"));
    await serve.stop();
  }
  expect(seen[1]).toBe(seen[0]);
  const { stdout } = await douane(["serve", ...argv, "--check-config"], {
    cwd: folder,
    now: () => new Date(),
  });
  expect(stdout).toMatch(/^certificate: DNS:localhost, IP Address:127\.0\.0\.1, .* \(89 d\)\n/);
});
