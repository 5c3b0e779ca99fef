import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serveImage } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage } from "../../../test/fixtures/image/image.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { type CertificateOptions, makeCertificates } from "../../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

/** Opens an image of a registry with such a certificate, whose authority is trusted. */
async function openWith(options: CertificateOptions, insecure = false): Promise<unknown> {
  const directory = temporaryDirectory();
  makeCertificates(directory, options);
  const [key = "", cert = ""] = ["server.key", "server.crt"].map((name) =>
    readFileSync(join(directory, name), "utf8"),
  );
  const { host } = await serveImage(emptyImage(), () => false, { key, cert });
  const caFile = join(directory, "certificates", "ca.crt");
  const trust = insecure ? { insecureRegistries: [host] } : {};
  return openAndClose(`${host}/app:1`, { caFile, ...trust }).catch((error: unknown) => error);
}

const EXPIRED: CertificateOptions = { valid: ["20200101000000Z", "20210101000000Z"] };
const FUTURE: CertificateOptions = { valid: ["21000101000000Z", "21100101000000Z"] };
const OTHER_HOST: CertificateOptions = { names: "DNS:registry.example,DNS:*.registry.example" };

describe("a certificate that is not accepted says why", () => {
  test("expired", async () => {
    const error = await openWith(EXPIRED);
    expect(error).toMatchObject({ code: "tls-expired", exit: 69 });
    expect(String(error)).toMatch(
      /has expired \("CERT_HAS_EXPIRED"; this machine's clock says \d{4}-\d\d-\d\d/,
    );
    expect(String(error)).not.toContain("--insecure-registry");
  });

  test("not valid yet", async () => {
    const error = await openWith(FUTURE);
    expect(error).toMatchObject({ code: "tls-not-yet-valid", exit: 69 });
    expect(String(error)).toMatch(/not valid yet/);
  });

  test("of another host, and of which", async () => {
    const error = await openWith(OTHER_HOST);
    expect(error).toMatchObject({ code: "tls-wrong-host", exit: 69 });
    expect(String(error)).toContain("DNS:registry.example, DNS:*.registry.example");
  });
});

test.each([
  ["expired", EXPIRED],
  ["of another host", OTHER_HOST],
])("one that is %s is taken from a host that the user named as insecure", async (_, options) => {
  expect(await openWith(options, true)).toMatchObject({ platform: "linux/amd64" });
});
