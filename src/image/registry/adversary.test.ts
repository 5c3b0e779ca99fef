import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Answer, serveImage, startServer } from "../../../test/fixtures/fake-registry.ts";
import { configOf, emptyImage, manifestOf, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { DouaneError } from "../../contract/error.ts";
import { openImage } from "../open.ts";

// A registry that means harm: to keep a run waiting, to fill its memory, to have its credentials.

const IMAGE = withLayer(emptyImage(), layerOf([{ path: "etc/app", content: "x".repeat(100_000) }], "none"));
const LOGIN = { username: "me", password: "correct-horse-battery" };
const BASIC = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString("base64");

/** A folder of credentials for this host. */
function loginFor(host: string, login: object = LOGIN): { readonly DOCKER_CONFIG: string } {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "config.json"), JSON.stringify({ auths: { [host]: login } }));
  return { DOCKER_CONFIG: folder };
}

/** Error shown to a user who opens the image there, with credentials. */
async function told(host: string, login?: object): Promise<DouaneError> {
  const options = { networkIdleMs: 400, env: loginFor(host, login) };
  const error = await openAndClose(`${host}/app:1`, options).catch((reason: unknown) => reason);
  if (!(error instanceof DouaneError)) throw error;
  for (const said of [error.text.fr, error.text.en]) {
    expect(said).not.toMatch(new RegExp(`${BASIC}|${LOGIN.password}`));
    expect(said.length).toBeLessThan(1_000);
  }
  return error;
}

/** Never silent for long, and never at an end. */
function drips(response: ServerResponse): true {
  const drip = setInterval(() => response.write(" "), 50);
  response.once("close", () => clearInterval(drip));
  return true;
}

const asks: Answer = (request, response) => {
  if (request.headers.authorization !== undefined) return false;
  return Boolean(response.writeHead(401, { "www-authenticate": "Basic realm=r" }).end());
};

describe("bodies that nobody wants, and that never end, are not waited for", () => {
  test.each<[string, number, Record<string, string>]>([
    ["a redirect's", 302, { location: "/elsewhere" }],
    ["a challenge's", 401, { "www-authenticate": "Basic realm=r" }],
  ])("%s", async (_, status, headers) => {
    const { host } = await serveImage(IMAGE, (request, response) => {
      if (request.headers.authorization !== undefined || request.url === "/elsewhere") return false;
      return drips(response.writeHead(status, headers));
    });
    const options = { networkIdleMs: 400, env: loginFor(host) };
    const opened = openAndClose(`${host}/app:1`, options).catch(() => "refused");
    expect(await Promise.race([opened, late()])).not.toBe("late");
  });

  test("an error's", async () => {
    const { host } = await serveImage(IMAGE, (_, response) => drips(response.writeHead(404)));
    const error = await Promise.race([told(host), late()]);
    expect(error).toMatchObject({ exit: 69 });
  });

  test("a token service's", async () => {
    const service = await startServer((_, response) => drips(response.writeHead(401)));
    const { host } = await serveImage(IMAGE, (_, response) => {
      const challenge = `Bearer realm="http://${service.host}/token"`;
      return Boolean(response.writeHead(401, { "www-authenticate": challenge }).end());
    });
    expect(await Promise.race([told(host), late()])).toMatchObject({ code: "registry-unauthorized" });
  });
});

async function late(): Promise<"late"> {
  return new Promise((resolve) => setTimeout(() => resolve("late"), 15_000).unref());
}

describe("what goes before an answer", () => {
  async function raw(bytes: string, times: number): Promise<string> {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => {
        let left = times;
        const flood = setInterval(() => (left-- > 0 ? socket.write(bytes) : undefined), 20);
        socket.once("close", () => clearInterval(flood));
      });
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test.each([
    ["hints without an end", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"],
    ["continuations without an end", "HTTP/1.1 100 Continue\r\n\r\n"],
    ["headers without an end", "x: y\r\n"],
  ])("%s", async (_, bytes) => {
    const error = await Promise.race([told(await raw(bytes, 1e6)), late()]);
    expect(error).toMatchObject({ exit: 69 });
  });

  test("headers longer than any", async () => {
    const host = await raw(`HTTP/1.1 200 OK\r\n${`x: ${"y".repeat(1_000)}\r\n`.repeat(100)}\r\n`, 1);
    expect(await told(host)).toMatchObject({ code: "no-http", exit: 69 });
  });
});

describe("credentials", () => {
  test("stay with the registry, wherever it redirects", async () => {
    const elsewhere = await serveImage(IMAGE);
    const { host } = await serveImage(IMAGE, (request, response) => {
      if (asks(request, response) === true) return true;
      return Boolean(
        response.writeHead(307, { location: `http://me:x@${elsewhere.host}${request.url}` }).end(),
      );
    });
    await openAndClose(`${host}/app:1`, { env: loginFor(host) });
    expect(elsewhere.requests.length).toBeGreaterThan(1);
    for (const { headers } of elsewhere.requests) expect(headers.authorization).toBeUndefined();
  });

  test.each<[string, Answer]>([
    ["its codes", (_, response) => response.writeHead(403).end(`{"errors":[{"code":"Basic ${BASIC}"}]}`)],
    ["its type", (_, response) => response.writeHead(200, { "content-type": `Basic ${BASIC}` }).end("x")],
    ["its place", (_, response) => response.writeHead(302, { location: `ftp://x/?a=${BASIC}` }).end()],
    ["its user", (_, response) => response.writeHead(302, { location: `ftp://${BASIC}@x/` }).end()],
    ["its compression", (_, response) => response.writeHead(200, { "content-encoding": BASIC }).end("x")],
    [
      "its realm",
      (_, response) => {
        response.writeHead(401, { "www-authenticate": `Bearer realm="ftp://x/?a=${BASIC}"` }).end();
      },
    ],
  ])("that a registry answers with, in %s, are not shown", async (_, answer) => {
    const { host } = await serveImage(IMAGE, (request, response) => {
      if (asks(request, response) === true) return true;
      answer(request, response);
      return true;
    });
    expect((await told(host)).exit).toBe(69);
  });

  test.each(["a\nb: c", "a\r\n\r\nGET / HTTP/1.1", "é"])(
    "a token that is no header is refused: %j",
    async (token) => {
      const service = await startServer((_, response) => void response.end(JSON.stringify({ token })));
      const { host } = await serveImage(IMAGE, (_, response) => {
        const challenge = `Bearer realm="http://${service.host}/token"`;
        return Boolean(response.writeHead(401, { "www-authenticate": challenge }).end());
      });
      expect(await told(host)).toMatchObject({ code: "token-answer", exit: 69 });
    },
  );

  test("a stored token that is no header is none", async () => {
    const { host } = await serveImage(IMAGE, asks);
    expect(await told(host, { registrytoken: "a\nb" })).toMatchObject({ code: "registry-unauthorized" });
  });
});

describe("documents", () => {
  const manifest = JSON.parse(Buffer.from(manifestOf(IMAGE).bytes).toString()) as Record<string, object>;

  test.each<[string, unknown, string]>([
    [
      "an index of 50,000 manifests",
      { schemaVersion: 2, manifests: Array.from({ length: 50_000 }, () => ({})) },
      "document-invalid",
    ],
    [
      "an index of 500,000 manifests",
      { schemaVersion: 2, manifests: Array.from({ length: 500_000 }, () => ({})) },
      "json-too-many",
    ],
    [
      "a config of 500,000 layers",
      { ...manifest, layers: Array.from({ length: 500_000 }, () => ({})) },
      "json-too-many",
    ],
    ["schema 1", { schemaVersion: 1, name: "app", fsLayers: [{ blobSum: "sha256:a" }] }, "docker-schema1"],
    [
      "a config of a terabyte",
      { ...manifest, config: { ...manifest["config"], size: 1e12 } },
      "document-too-large",
    ],
    ["nothing but depth", "[".repeat(1e6), "not-a-manifest"],
  ])("%s", async (_, document, code) => {
    const bytes = typeof document === "string" ? document : JSON.stringify(document);
    const { host } = await serveImage(IMAGE, (request, response) => {
      return request.url?.includes("/manifests/") === true && Boolean(response.end(bytes));
    });
    expect((await told(host)).code).toBe(code);
  });

  test.each([-3, 3])("a length that is wrong by %d", async (by) => {
    const { bytes } = manifestOf(IMAGE);
    const { host } = await serveImage(IMAGE, (request, response) => {
      if (request.url?.includes("/manifests/") !== true) return false;
      response.socket?.end(
        Buffer.concat([
          Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length + by}\r\nconnection: close\r\n\r\n`),
          bytes,
        ]),
      );
      return true;
    });
    expect([65, 69]).toContain((await told(host)).exit);
  });
});

describe("layers", () => {
  /** Reads all bytes of the image's layer. */
  async function layer(answer: Answer): Promise<unknown> {
    const { host } = await serveImage(IMAGE, (request, response) => {
      const isConfig = request.url?.endsWith(configOf(IMAGE).digest) === true;
      return request.url?.includes("/blobs/") === true && !isConfig ? answer(request, response) : false;
    });
    const opened = await openImage(`${host}/app:1`, { env: {}, networkIdleMs: 400 });
    onTestFinished(() => opened.close());
    const bytes = opened.layers[0]?.bytes;
    if (bytes?.kind !== "stream") throw new Error("no stream");
    try {
      let size = 0;
      for await (const chunk of await bytes.open()) size += chunk.length;
      return size;
    } catch (error) {
      return error;
    }
  }

  test("a bomb in the compression of the way is not unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 ** 2));
    const error = await layer((_, response) =>
      Boolean(response.writeHead(200, { "content-encoding": "gzip" }).end(bomb)),
    );
    expect(error).toMatchObject({ code: "content-encoding", exit: 69 });
  });

  test("a range that is another than was asked for, behind a break, is refused", async () => {
    let asked = 0;
    const error = await layer((_, response) => {
      if (asked++ > 0)
        return Boolean(response.writeHead(206, { "content-range": "bytes 0-9/10" }).end("0123456789"));
      response.writeHead(200, { "content-length": "102400" }).write(Buffer.alloc(70_000));
      setTimeout(() => response.destroy(), 50);
      return true;
    });
    expect(error).toMatchObject({ code: "wrong-range", exit: 69 });
  });

  test("one that breaks off after each byte is given up", async () => {
    const error = await layer((request, response) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const { length } = IMAGE.layers[0]?.blob ?? [];
      response
        .writeHead(from > 0 ? 206 : 200, { "content-range": `bytes ${from}-${length - 1}/${length}` })
        .write("x");
      setTimeout(() => response.destroy(), 20);
      return true;
    });
    expect(error).toMatchObject({ exit: 69 });
  });
});
