import { createServer, request as httpRequest } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import { serveImage, startServer } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, manifestOf } from "../../../test/fixtures/image/image.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { makeCertificates } from "../../../test/fixtures/registry.ts";
import { startSocksProxy } from "../../../test/fixtures/socks-proxy.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { readPem, tunnelTo } from "../../../test/fixtures/tunnel.ts";

const IMAGE = emptyImage();
const { digest } = manifestOf(IMAGE);
const REFERENCE = "registry.test/app:1";

/** A proxy that answers each request for a tunnel so. */
function refusingProxy(answer: string) {
  return tunnelTo("", (_, socket) => Boolean(socket.end(answer)));
}

/** A free port, at which nothing listens. */
async function closedPort(): Promise<string> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

async function secureRegistry() {
  const directory = temporaryDirectory();
  makeCertificates(directory);
  const { host } = await serveImage(IMAGE, () => false, readPem(directory, "server"));
  return { host, directory, caFile: join(directory, "certificates", "ca.crt") };
}

/** Error of opening an image, in both languages. */
async function told(env: Readonly<Record<string, string>>, more: object = {}) {
  const error = (await openAndClose(REFERENCE, { env, networkIdleMs: 1_000, ...more }).catch(
    (reason: unknown) => reason,
  )) as { code: string; exit: number; text: { fr: string; en: string } };
  expect(error.exit).toBe(error.code === "proxy-invalid" ? 64 : 69);
  for (const text of [error.text.fr, error.text.en]) expect(text).not.toContain("s3cret");
  return error;
}

describe("HTTPS_PROXY", { timeout: DEADLINE_MS }, () => {
  test.each(["HTTPS_PROXY", "https_proxy"])(
    "%s: the registry is reached through it, its certificate verified",
    async (name) => {
      const { host, caFile } = await secureRegistry();
      const proxy = await tunnelTo(host);
      const opened = await openAndClose(REFERENCE, { caFile, env: { [name]: proxy.url } });
      expect(opened.digest).toBe(digest);
      expect(proxy.asked).toContain("registry.test:443");
      const error = await told({ [name]: proxy.url });
      expect(error.code).toBe("tls-untrusted");
      expect(error.text.en).toContain(`The connection goes through the proxy "${proxy.host}" (HTTPS_PROXY)`);
      expect(error.text.fr).toContain(`La connexion passe par le proxy "${proxy.host}" (HTTPS_PROXY)`);
    },
  );

  test("with a user and a password, without a scheme", async () => {
    const { host, caFile } = await secureRegistry();
    const seen: (string | undefined)[] = [];
    const proxy = await tunnelTo(host, (request) => {
      seen.push(request.headers["proxy-authorization"]);
      return false;
    });
    const env = { HTTPS_PROXY: `me:s%3Ac@${proxy.host}` };
    expect((await openAndClose(REFERENCE, { caFile, env })).digest).toBe(digest);
    expect(seen).toContain(`Basic ${Buffer.from("me:s:c").toString("base64")}`);
  });

  test("that is reached by TLS", async () => {
    const { host, directory, caFile } = await secureRegistry();
    const server = createTlsServer(readPem(directory, "server")).on("connect", (_, socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const tunnel = connect(Number(host.split(":")[1]), "127.0.0.1");
      for (const end of [tunnel, socket]) end.on("error", () => undefined);
      socket.pipe(tunnel).pipe(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const env = { HTTPS_PROXY: `https://localhost:${(server.address() as AddressInfo).port}` };
    expect((await openAndClose(REFERENCE, { caFile, env })).digest).toBe(digest);
    const error = await told(env);
    expect(error.code).toBe("proxy-unreachable");
    expect(error.text.en).toMatch(
      /^the proxy "localhost:\d+" \(HTTPS_PROXY\) cannot be reached \("[A-Z_]*VERIFY/,
    );
  });

  test("that is dead is named, not the registry", async () => {
    const host = await closedPort();
    const error = await told({ HTTPS_PROXY: `http://me:s3cret@${host}` });
    expect(error.code).toBe("proxy-unreachable");
    expect(error.text.en).toContain(`the proxy "${host}" (HTTPS_PROXY) cannot be reached ("ECONNREFUSED")`);
    expect(error.text.fr).toContain(`le proxy "${host}" (HTTPS_PROXY) n'est pas joignable ("ECONNREFUSED")`);
  });

  test.each([
    [
      "407",
      "proxy-credentials",
      'requires credentials to reach "registry.test" ("407")',
      'exige des identifiants pour joindre "registry.test" ("407")',
    ],
    ["403", "proxy-refused", 'forbids "registry.test" ("403")', 'interdit "registry.test" ("403")'],
    [
      "503",
      "proxy-refused",
      'could not reach "registry.test" ("503")',
      'n\'a pas pu joindre "registry.test" ("503")',
    ],
    ["302", "proxy-refused", 'forbids "registry.test" ("302")', 'interdit "registry.test" ("302")'],
  ])("that answers %s says so", async (status, code, en, fr) => {
    const proxy = await refusingProxy(`HTTP/1.1 ${status} No\r\n\r\n`);
    const error = await told({ HTTPS_PROXY: proxy.url });
    expect(error.code).toBe(code);
    expect(error.text.en).toContain(`the proxy "${proxy.host}" (HTTPS_PROXY) ${en}`);
    expect(error.text.fr).toContain(`le proxy "${proxy.host}" (HTTPS_PROXY) ${fr}`);
  });

  test("that refuses the credentials says that it got some", async () => {
    const proxy = await refusingProxy("HTTP/1.1 407 No\r\n\r\n");
    const error = await told({ HTTPS_PROXY: `http://me:s3cret@${proxy.host}` });
    expect(error.text.en).toContain("refuses the credentials of HTTPS_PROXY");
    expect(error.text.fr).toContain("refuse les identifiants de HTTPS_PROXY");
  });

  test.each([
    ["403", "HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\n\r\n<html>blocked", "403 HTML"],
    ["200", "HTTP/1.1 200 OK\r\n\r\n<html>blocked", "200 HTML"],
  ])("that blocks by a page (%s) says so", async (_, answer, seen) => {
    const proxy = await refusingProxy(answer);
    const error = await told({ HTTPS_PROXY: proxy.url });
    expect(error).toMatchObject({
      code: "proxy-refused",
      text: { en: expect.stringContaining(`("${seen}")`) },
    });
  });

  test("that is none says so", async () => {
    const proxy = await refusingProxy("SSH-2.0-OpenSSH_9.9\r\n");
    const error = await told({ HTTPS_PROXY: proxy.url });
    expect(error.code).toBe("proxy-answer");
    expect(error.text.en).toContain(`what "${proxy.host}" (HTTPS_PROXY) answers`);
    expect(error.text.fr).toContain(`ce que répond "${proxy.host}" (HTTPS_PROXY)`);
  });

  test("that does not answer is given up", async () => {
    const proxy = await tunnelTo("", () => true);
    const error = await told({ HTTPS_PROXY: proxy.url }, { networkIdleMs: 300 });
    expect(error).toMatchObject({
      code: "proxy-unreachable",
      text: { en: expect.stringContaining("ETIMEDOUT") },
    });
  });

  test("an abort ends the request with its reason", async () => {
    const proxy = await tunnelTo("", () => true);
    const controller = new AbortController();
    const reason = new Error("the user pressed Ctrl-C");
    setTimeout(() => controller.abort(reason), 50);
    const options = { env: { HTTPS_PROXY: proxy.url }, signal: controller.signal };
    await expect(openAndClose(REFERENCE, options)).rejects.toBe(reason);
  });

  test.each([
    ["NO_PROXY", "registry.test"],
    ["no_proxy", ".test"],
  ])("%s=%s goes around it", async (name, value) => {
    const proxy = await refusingProxy("HTTP/1.1 403 Forbidden\r\n\r\n");
    const env = { HTTPS_PROXY: proxy.url, [name]: value };
    await expect(openAndClose(REFERENCE, { env })).rejects.toMatchObject({ code: "host-unknown" });
    expect(proxy.asked).toEqual([]);
  });

  test("this machine is reached without it", async () => {
    const { host } = await serveImage(IMAGE);
    const proxy = await refusingProxy("HTTP/1.1 403 Forbidden\r\n\r\n");
    const env = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
    expect((await openAndClose(`${host}/app:1`, { env })).digest).toBe(digest);
  });

  test.each([
    ["http://[", "SOCKS5 proxy. Write"],
    ["http://", "SOCKS5 proxy. Write"],
    ["socks4://proxy.test:1080", 'SOCKS5 proxy ("socks4:"). Write'],
    ["ftp://me:s3cret@proxy.test", 'SOCKS5 proxy ("ftp:"). Write'],
  ])("what is no URL of a proxy is a usage error: %s", async (value, says) => {
    const error = await told({ HTTPS_PROXY: value });
    expect(error).toMatchObject({ code: "proxy-invalid", text: { en: expect.stringContaining(says) } });
  });
});

describe("HTTP_PROXY, for a registry without TLS", { timeout: DEADLINE_MS }, () => {
  /** A proxy for requests without TLS, which refuses tunnels; whoever asks gets the image. */
  async function forwardingProxy(answer?: string) {
    const { host: target } = await serveImage(IMAGE);
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.host} ${request.headers["proxy-authorization"]}`);
      if (answer !== undefined) {
        request.socket.end(answer);
        return;
      }
      const { pathname } = new URL(request.url ?? "");
      httpRequest(`http://${target}${pathname}`, (found) => {
        response.writeHead(found.statusCode ?? 0, found.headers);
        found.pipe(response);
      }).end();
    }).on("connect", (_, socket) => socket.end("HTTP/1.1 405 No\r\n\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  /** A host that is named as insecure: HTTPS is refused as no TLS, HTTP follows. */
  async function open(host: string, more: Readonly<Record<string, string>> = {}) {
    const plain = await tunnelTo("", (_, socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      return Boolean(socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
    });
    const env = { HTTPS_PROXY: plain.url, HTTP_PROXY: `http://me:s3cret@${host}`, ...more };
    return { env, insecureRegistries: ["registry.test"] };
  }

  test("the whole address is asked for, with the proxy's credentials", async () => {
    const { host, asked } = await forwardingProxy();
    const { env, insecureRegistries } = await open(host);
    expect((await openAndClose(REFERENCE, { env, insecureRegistries })).digest).toBe(digest);
    const credentials = Buffer.from("me:s3cret").toString("base64");
    expect(asked[0]).toBe(`http://registry.test/v2/app/manifests/1 registry.test Basic ${credentials}`);
  });

  test("its page is named as one that may be the proxy's", async () => {
    const { host } = await forwardingProxy("HTTP/1.1 403 No\r\ncontent-type: text/html\r\n\r\n<html>blocked");
    const { env, ...more } = await open(host);
    const error = await told(env, more);
    expect(error.code).toBe("not-a-registry");
    expect(error.text.en).toContain(`goes through the proxy "${host}" (HTTP_PROXY)`);
  });

  test("407 is the proxy's", async () => {
    const { host } = await forwardingProxy("HTTP/1.1 407 No\r\n\r\n");
    const { env, ...more } = await open(host);
    expect(await told(env, more)).toMatchObject({ code: "proxy-credentials" });
  });

  test("a broken connection names it", async () => {
    const { host } = await forwardingProxy("HTTP/1.1 999");
    const { env, ...more } = await open(host);
    const error = await told(env, more);
    expect(error.text.en).toContain(`The connection goes through the proxy "${host}" (HTTP_PROXY)`);
  });
});

describe("SOCKS5", { timeout: DEADLINE_MS }, () => {
  test.each([
    ["socks5", "", {}],
    ["socks5h", "", { type: 4 }],
    ["socks5", "me:s3cret@", { user: "me", password: "s3cret", type: 3 }],
  ])("%s://%s leads to the registry", async (scheme, credentials, options) => {
    const { host, caFile } = await secureRegistry();
    const proxy = await startSocksProxy(host, options);
    const env = { HTTPS_PROXY: `${scheme}://${credentials}${proxy.host}` };
    expect((await openAndClose(REFERENCE, { caFile, env })).digest).toBe(digest);
    expect(proxy.asked).toContain("registry.test:443");
  });

  test("for a registry without TLS", async () => {
    const { host } = await serveImage(IMAGE);
    const proxy = await startSocksProxy(host);
    const env = { HTTPS_PROXY: `socks5://${proxy.host}`, HTTP_PROXY: `socks5://${proxy.host}` };
    const opened = await openAndClose(REFERENCE, { env, insecureRegistries: ["registry.test"] });
    expect(opened.digest).toBe(digest);
    expect(proxy.asked).toContain("registry.test:80");
  });

  test.each<[string, object, string, string]>([
    [
      "forbids the host",
      { reply: 2 },
      "proxy-refused",
      'forbids "registry.test" ("SOCKS 2: not allowed by ruleset")',
    ],
    [
      "cannot reach it",
      { reply: 4 },
      "proxy-refused",
      'could not reach "registry.test" ("SOCKS 4: host unreachable")',
    ],
    ["gives an unknown reply", { reply: 99 }, "proxy-refused", '("SOCKS 99")'],
    ["does not support the command", { reply: 7 }, "proxy-answer", '("SOCKS 7: command not supported")'],
    ["requires credentials", { user: "me", password: "x" }, "proxy-credentials", '("SOCKS method 255")'],
    ["speaks another version", { version: 4 }, "proxy-answer", '("SOCKS 4")'],
    ["closes the connection", { closes: true }, "proxy-answer", '("SOCKS: closed")'],
    ["says more than its reply", { extra: true }, "proxy-answer", '("SOCKS: more bytes than its reply")'],
    ["does not answer", { silent: true }, "proxy-unreachable", '("ETIMEDOUT")'],
  ])("one that %s says so", async (_, options, code, says) => {
    const proxy = await startSocksProxy("127.0.0.1:9", options);
    const error = await told({ HTTPS_PROXY: `socks5://${proxy.host}` }, { networkIdleMs: 500 });
    expect(error).toMatchObject({ code, text: { en: expect.stringContaining(says) } });
  });

  test("one that refuses the password says so", async () => {
    const proxy = await startSocksProxy("127.0.0.1:9", { user: "me", password: "other" });
    const error = await told({ HTTPS_PROXY: `socks5://me:s3cret@${proxy.host}` });
    expect(error).toMatchObject({
      code: "proxy-credentials",
      text: { en: expect.stringContaining("SOCKS status 1") },
    });
  });
});

test("a status 100 that nobody asked for is passed over, with a proxy in the environment, too", async () => {
  const server = createTcpServer((socket: Socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const { bytes } = manifestOf(IMAGE);
      const isManifest = data.toString().startsWith("GET /v2/app/manifests/");
      const head = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 ${isManifest ? 200 : 404} X\r\ncontent-length: `;
      socket.write(`${head}${isManifest ? bytes.length : 0}\r\n\r\n`);
      if (isManifest) socket.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const dead = await startServer(() => undefined);
  for (const env of [{}, { HTTPS_PROXY: `http://${dead.host}` }]) {
    const error = await openAndClose(`127.0.0.1:${port}/app:1`, { env }).catch((reason: unknown) => reason);
    // The config is missing: the manifest was read.
    expect(error).toMatchObject({ code: "blob-missing" });
  }
});
