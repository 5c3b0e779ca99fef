import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { configOf, emptyImage, manifestOf, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";

const IMAGE = withLayer(emptyImage(), layerOf([{ path: "etc/app", content: "x" }]));

/**
 * Opens an image of a registry that sends these bytes for paths selected by `when`, and valid answers
 * otherwise.
 */
async function failure(bytes: string, when: (path: string) => boolean = () => true): Promise<unknown> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (data) => answer(socket, data, bytes, when));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return openAndClose(`127.0.0.1:${port}/app:1`, { networkIdleMs: 2_000 }).catch((error: unknown) => error);
}

function answer(socket: Socket, data: Buffer, bytes: string, when: (path: string) => boolean): void {
  const path = /^GET (\S+)/.exec(data.toString("latin1"))?.[1];
  if (path === undefined) socket.destroy();
  else if (when(path)) socket.end(Buffer.from(bytes, "latin1"));
  else {
    const { bytes: right } = path.includes("/manifests/") ? manifestOf(IMAGE) : configOf(IMAGE);
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${right.length}\r\nconnection: close\r\n\r\n`);
    socket.end(right);
  }
}

const MALFORMED: readonly (readonly [string, string])[] = [
  ["a status that is no number", "HTTP/1.1 abc OK\r\n\r\n"],
  ["a status of two digits", "HTTP/1.1 99 OK\r\n\r\n"],
  ["a status of four digits", "HTTP/1.1 1000 OK\r\n\r\n"],
  ["the status 0", "HTTP/1.1 000 OK\r\ncontent-length: 0\r\n\r\n"],
  ["another version", "HTTP/9.9 200 OK\r\n\r\n"],
  ["a chunk without a length", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n"],
  [
    "a chunk longer than numbers",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\nx\r\n",
  ],
  ["a chunk of a negative length", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-5\r\nhello"],
  ["a length that is no number", "HTTP/1.1 200 OK\r\ncontent-length: abc\r\n\r\n{}"],
  ["a negative length", "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}"],
  ["a NUL in a header", "HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n{}"],
  ["a header without a colon", "HTTP/1.1 200 OK\r\nnocolon\r\n\r\n{}"],
  ["a header without a name", "HTTP/1.1 200 OK\r\n: a\r\n\r\n{}"],
  ["a folded header", "HTTP/1.1 200 OK\r\nx: a\r\n b\r\n\r\n{}"],
  ["lines without CR", "HTTP/1.1 200 OK\nx: a\n\n{}"],
  ["an escape sequence", "\u001b[2J\u001b]0;owned\u0007"],
  ["more headers than memory", `HTTP/1.1 200 OK\r\n${"x: y\r\n".repeat(50_000)}\r\n`],
  ["another protocol", "SSH-2.0-OpenSSH_9.9\r\n"],
  ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"],
  [
    "three lengths",
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
  ],
  [
    "two lengths, and a head without an end",
    `HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n${`x: ${"y".repeat(1_000)}\r\n`.repeat(30)}`,
  ],
  [
    "a length and chunks",
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
];

describe("an answer that is no HTTP is the registry's fault, and said so", () => {
  test.each(MALFORMED)("%s", async (_, bytes) => {
    expect(await failure(bytes)).toMatchObject({
      code: "no-http",
      exit: 69,
      message: expect.stringMatching(/^what "127\.0\.0\.1:\d+" answers is not valid HTTP\/1\.1 \("/),
    });
  });

  test.each(MALFORMED)("%s, for a config", async (_, bytes) => {
    const isConfig = (path: string) => path.includes("/blobs/");
    expect(await failure(bytes, isConfig)).toMatchObject({ code: "no-http", exit: 69 });
  });

  test.each([
    ["another protocol's upgrade", "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"],
    ["nothing", ""],
  ])("%s: the connection broke, in each attempt", async (_, bytes) => {
    expect(await failure(bytes)).toMatchObject({ code: "connection-broken", exit: 69 });
  });
});

describe("an answer that states its length twice is taken", () => {
  /** A registry whose answers have such lines; `parts` are sent one by one. */
  async function openWith(partsOf: (bytes: Uint8Array, lengths: string) => readonly (string | Uint8Array)[]) {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", (data) => {
        const { bytes } = data.includes("/manifests/") ? manifestOf(IMAGE) : configOf(IMAGE);
        const lengths = `Content-Length: ${bytes.length}\r\ncontent-length:${bytes.length} \r\n`;
        for (const [at, part] of partsOf(bytes, lengths).entries()) {
          setTimeout(() => socket.write(part), at * 20);
        }
      });
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return openAndClose(`127.0.0.1:${port}/app:1`, { networkIdleMs: 2_000 });
  }

  test("in one piece", async () => {
    const opened = await openWith((bytes, lengths) => [
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${lengths}\r\n`), bytes]),
    ]);
    expect(opened.digest).toBe(manifestOf(IMAGE).digest);
  });

  test("in several, behind a status 100", async () => {
    const opened = await openWith((bytes, lengths) => [
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 20",
      `0 OK\r\n${lengths}\r`,
      "\n",
      bytes.subarray(0, 10),
      bytes.subarray(10),
    ]);
    expect(opened.digest).toBe(manifestOf(IMAGE).digest);
  });

  test("but broken off, it is not whole", async () => {
    const bytes = `HTTP/1.1 200 OK\r\ncontent-length: 9\r\ncontent-length: 9\r\n\r\n{}`;
    expect(await failure(bytes)).toMatchObject({ code: "connection-broken", exit: 69 });
  });
});
