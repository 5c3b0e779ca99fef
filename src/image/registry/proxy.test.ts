import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { serveImage } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, manifestOf } from "../../../test/fixtures/image/image.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { makeCertificates } from "../../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

const IMAGE = emptyImage();
const REFERENCE = "registry.test/app:1";

/** A proxy that tunnels every request to `target`, or refuses it, and records the requested hosts. */
async function startProxy(target: string | undefined): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer().on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    if (target === undefined) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const tunnel = connect(Number(target.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(tunnel).pipe(socket);
    });
    sockets.push(tunnel, socket as Socket);
    for (const end of [tunnel, socket]) end.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function secureRegistry() {
  const directory = temporaryDirectory();
  makeCertificates(directory);
  const [key = "", cert = ""] = ["server.key", "server.crt"].map((name) =>
    readFileSync(join(directory, name), "utf8"),
  );
  const { host } = await serveImage(IMAGE, () => false, { key, cert });
  return { host, caFile: join(directory, "certificates", "ca.crt") };
}

describe("HTTPS_PROXY", () => {
  test.each(["HTTPS_PROXY", "https_proxy"])(
    "%s: the registry is reached through it, its certificate verified",
    async (name) => {
      const { host, caFile } = await secureRegistry();
      const proxy = await startProxy(host);
      const opened = await openAndClose(REFERENCE, { caFile, env: { [name]: proxy.url } });
      expect(opened.digest).toBe(manifestOf(IMAGE).digest);
      expect(proxy.asked).toContain("registry.test:443");
      await expect(openAndClose(REFERENCE, { env: { [name]: proxy.url } })).rejects.toMatchObject({
        code: "tls-untrusted",
      });
    },
  );

  test("a proxy that refuses is named", async () => {
    const proxy = await startProxy(undefined);
    await expect(openAndClose(REFERENCE, { env: { HTTPS_PROXY: proxy.url } })).rejects.toMatchObject({
      code: "proxy-refused",
      exit: 69,
    });
  });

  test.each([
    ["NO_PROXY", "registry.test"],
    ["no_proxy", ".test"],
  ])("%s=%s goes around it", async (name, value) => {
    const proxy = await startProxy(undefined);
    const env = { HTTPS_PROXY: proxy.url, [name]: value };
    await expect(openAndClose(REFERENCE, { env })).rejects.toMatchObject({ code: "host-unknown" });
    expect(proxy.asked).toEqual([]);
  });

  test("this machine is reached without it", async () => {
    const { host } = await serveImage(IMAGE);
    const proxy = await startProxy(undefined);
    const env = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
    expect((await openAndClose(`${host}/app:1`, { env })).digest).toBe(manifestOf(IMAGE).digest);
  });

  test("what is no URL is a usage error", async () => {
    await expect(openAndClose(REFERENCE, { env: { HTTPS_PROXY: "http://[" } })).rejects.toMatchObject({
      code: "proxy-invalid",
      exit: 64,
    });
  });
});
