import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import { serveImage, startServer } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, manifestOf } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { makeClientCertificate, startRegistry, type TestRegistry } from "../../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { readPem, tunnelTo } from "../../../test/fixtures/tunnel.ts";
import { withoutRoot } from "../../../test/fixtures/without-root.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp } from "../../net/http/http.ts";
import { networkError } from "../../net/http/network-error.ts";

const IMAGE = emptyImage();

let registry: TestRegistry;
/** Home of a user, and the registry's folder in it. */
let home: string;
let folder: string;

beforeAll(async () => {
  registry = await startRegistry({ clients: true });
  const layout = join(registry.directory, "layout");
  writeLayout(IMAGE, layout);
  const flags = ["--quiet", `--dest-cert-dir=${registry.certificates}`];
  execFileSync("skopeo", ["copy", ...flags, `oci:${layout}`, `docker://${registry.host}/app:1`]);
}, DEADLINE_MS);

afterAll(() => registry.stop());

beforeEach(() => {
  home = temporaryDirectory();
  folder = join(home, ".config", "containers", "certs.d", registry.host);
  mkdirSync(folder, { recursive: true });
  cpSync(registry.certificates, folder, { recursive: true });
});

function open(options: object = {}): Promise<unknown> {
  const env = { HOME: home };
  return openAndClose(`${registry.host}/app:1`, { env, ...options }).catch((error: unknown) => error);
}

describe("a registry that requires a client certificate (mTLS)", { timeout: DEADLINE_MS }, () => {
  const image = { digest: manifestOf(IMAGE).digest };

  test("is read with the certificates of its folder", async () => {
    expect(await open()).toMatchObject(image);
  });

  test("is read with Docker's folder of a user, and with XDG_CONFIG_HOME", async () => {
    const settings = join(home, "settings");
    cpSync(folder, join(settings, "docker", "certs.d", registry.host), { recursive: true });
    rmSync(join(home, ".config"), { recursive: true });
    expect(await open({ env: { HOME: home, XDG_CONFIG_HOME: settings } })).toMatchObject(image);
  });

  test("is read without its authority, where its host is named as insecure", async () => {
    rmSync(join(folder, "ca.crt"));
    expect(await open()).toMatchObject({ code: "tls-untrusted" });
    expect(await open({ insecureRegistries: [registry.host] })).toMatchObject(image);
  });

  test("is read through a proxy", async () => {
    const proxy = await tunnelTo(registry.host);
    const name = "registry.test";
    cpSync(folder, join(folder, "..", name), { recursive: true });
    const env = { HOME: home, HTTPS_PROXY: proxy.url };
    expect(await openAndClose(`${name}/app:1`, { env })).toMatchObject(image);
    const insecure = { env, insecureRegistries: [name] };
    expect(await openAndClose(`${name}/app:1`, insecure)).toMatchObject(image);
    expect(proxy.asked).toContain(`${name}:443`);
  });

  test("says that it wants a certificate, and where to put it", async () => {
    for (const name of ["client.cert", "client.key"]) rmSync(join(folder, name));
    const error = await open();
    expect(error).toMatchObject({ code: "client-certificate", exit: 69 });
    expect(String(error)).toContain(
      `requires a client certificate ("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"): none was presented. Put client.cert and client.key into "/etc/containers/certs.d/${registry.host}"`,
    );
  });

  test("another service that wants one says that it gets none", async () => {
    const http = createHttp(hostPolicy([]), { env: {}, caFile: join(registry.certificates, "ca.crt") });
    const url = new URL(`https://${registry.host}/v2/`);
    const error = await http.send({ method: "GET", url, headers: {} }).catch((reason: unknown) => reason);
    await http.close();
    expect(String(networkError(error, url.host))).toContain(
      "none was presented; douane presents one to a registry alone.",
    );
  });

  test.each([
    [
      "expired",
      ["20200101000000Z", "20210101000000Z"],
      /that of ".*client\.cert" expired on 2021-01-01\. Renew it\.$/,
    ],
    [
      "not valid yet",
      ["21000101000000Z", "21100101000000Z"],
      /\(valid from 2100-01-01 to 2110-01-01\) is not accepted/,
    ],
  ] as const)("says that a certificate is %s", async (_, valid, says) => {
    makeClientCertificate(registry.directory, folder, valid);
    const error = await open();
    expect(error).toMatchObject({ code: "client-certificate", exit: 69 });
    expect(String(error)).toMatch(says);
  });

  test("says that a certificate of another authority is not accepted", async () => {
    const other = [
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-subj",
      "/CN=x",
    ];
    const files = ["-keyout", join(folder, "client.key"), "-out", join(folder, "client.cert")];
    execFileSync("openssl", ["req", ...other, ...files], { stdio: "ignore" });
    expect(String(await open())).toMatch(/that of ".*client\.cert" \(valid from .*\) is not accepted\. Ask/);
  });
});

describe("a folder of certificates that cannot be used is a wrong setting", () => {
  const invalid = (file: string, says: string) => ({
    code: "certificates-invalid",
    exit: 64,
    message: expect.stringMatching(
      new RegExp(`${file}", among the certificates of a registry \\(certs\\.d\\): ${says}`),
    ),
  });

  test.each<[string, () => void, string, string]>([
    [
      "a certificate without key",
      () => rmSync(join(folder, "client.key")),
      "client\\.cert",
      'the key "client.key"',
    ],
    [
      "a key without certificate",
      () => rmSync(join(folder, "client.cert")),
      "client\\.key",
      "the client certificate",
    ],
    [
      "a key of another",
      () => cpSync(join(registry.directory, "server.key"), join(folder, "client.key")),
      "client\\.cert",
      "this client certificate and its key",
    ],
    [
      "no PEM",
      () => writeFileSync(join(folder, "client.key"), "x"),
      "client\\.cert",
      "this client certificate and its key",
    ],
    [
      "an authority that is none",
      () => writeFileSync(join(folder, "ca.crt"), "x"),
      "ca\\.crt",
      "it is not a PEM certificate",
    ],
    [
      "a file that is too long",
      () => writeFileSync(join(folder, "ca.crt"), Buffer.alloc(2 ** 21)),
      "ca\\.crt",
      'this file could not be read \\("> \\d+ \\(settingsBytes\\)"\\)',
    ],
    [
      "a folder instead of a file",
      () => mkdirSync(join(folder, "b.crt")),
      "b\\.crt",
      'this file could not be read \\("folder"\\)',
    ],
    [
      "several client certificates",
      () => {
        for (const end of ["cert", "key"]) cpSync(join(folder, `client.${end}`), join(folder, `b.${end}`));
      },
      "",
      'several client certificates \\("b.cert", "client.cert"\\)',
    ],
    [
      "too many files",
      () => {
        for (let count = 0; count < 101; count++) writeFileSync(join(folder, `${count}.crt`), "");
      },
      "",
      "more than 100 files \\(limit certificateFiles\\)",
    ],
  ])("%s", async (_, change, file, says) => {
    change();
    expect(await open()).toMatchObject(invalid(file, says));
  });

  test("one that may not be read", async () => {
    chmodSync(join(folder, "ca.crt"), 0);
    for (let at = folder; at !== tmpdir(); at = dirname(at)) chmodSync(at, 0o755);
    expect(await withoutRoot(() => open())).toMatchObject(
      invalid("ca\\.crt", 'this file could not be read \\("EACCES"\\)'),
    );
  });
});

describe("the certificates of a registry", { timeout: DEADLINE_MS }, () => {
  const tls = () => readPem(registry.directory, "server");

  test("authorities count for its token service and for the targets of its redirects", async () => {
    const service = await startServer((_, response) => void response.end('{"token":"t"}'), tls());
    const elsewhere = await serveImage(IMAGE, () => false, tls());
    const { host } = await serveImage(
      IMAGE,
      (request, response) => {
        if (request.headers.authorization === "Bearer t") {
          return Boolean(
            response.writeHead(307, { location: `https://${elsewhere.host}${request.url}` }).end(),
          );
        }
        const challenge = `Bearer realm="https://${service.host}/token"`;
        return Boolean(response.writeHead(401, { "www-authenticate": challenge }).end());
      },
      tls(),
    );
    cpSync(folder, join(folder, "..", host), { recursive: true });
    const env = { HOME: home };
    expect(await openAndClose(`${host}/app:1`, { env })).toMatchObject({ digest: manifestOf(IMAGE).digest });
    expect(elsewhere.requests.length).toBeGreaterThan(0);
  });

  test("a client certificate is not shown to the host of a redirect", async () => {
    const { host } = await serveImage(IMAGE, (request, response) => {
      const location = `https://localhost:${registry.host.split(":")[1]}${request.url}`;
      return Boolean(response.writeHead(307, { location }).end());
    });
    const env = { HOME: home };
    cpSync(folder, join(folder, "..", host), { recursive: true });
    cpSync(folder, join(folder, "..", registry.host.replace("127.0.0.1", "localhost")), { recursive: true });
    await expect(openAndClose(`${host}/app:1`, { env })).rejects.toMatchObject({
      code: "client-certificate",
    });
  });
});
