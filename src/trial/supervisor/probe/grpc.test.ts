import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import { createServer as createHttp2, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import { checkHealth, type HealthAnswer } from "./grpc.ts";

const HOST = "127.0.0.1";
const GRPC = { ":status": 200, "content-type": "application/grpc" } as const;
/** HealthCheckResponse in its frame. */
const serving = (status: number): Buffer => Buffer.of(0, 0, 0, 0, 2, 0x08, status);

const open: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];
afterEach(() => {
  for (const { server, sockets } of open.splice(0)) {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => {})));
  open.push({ server, sockets });
  server.listen(0, HOST);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function check(port: number, service = "", timeoutMs = 2_000): Promise<HealthAnswer> {
  return checkHealth({ host: HOST, port, service }, timeoutMs);
}

/** Asks a gRPC server that answers each call so. */
async function asked(
  handle: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
  timeoutMs?: number,
): Promise<HealthAnswer> {
  const server = createHttp2();
  server.on("stream", (stream, headers) =>
    handle(
      stream.on("error", () => {}),
      headers,
    ),
  );
  return check(await listen(server), "app", timeoutMs);
}

function answer(stream: ServerHttp2Stream, body: Buffer, trailers: IncomingHttpHeaders): void {
  stream.respond(GRPC, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end(body);
}

describe("a server with a health service", () => {
  test.each([
    [1, { ok: true, answer: "SERVING" }],
    [2, { ok: false, answer: "NOT_SERVING" }],
    [0, { ok: false, answer: "UNKNOWN" }],
    [3, { ok: false, answer: "SERVICE_UNKNOWN" }],
  ])("that says %i: %j", async (status, expected) => {
    expect(await asked((stream) => answer(stream, serving(status), { "grpc-status": "0" }))).toEqual(
      expected,
    );
  });

  test("is asked as the kubelet asks", async () => {
    const got: IncomingHttpHeaders[] = [];
    const bodies: string[] = [];
    await asked((stream, headers) => {
      got.push(headers);
      stream.setEncoding("hex").on("data", (chunk: string) => bodies.push(chunk));
      stream.on("end", () => answer(stream, serving(1), { "grpc-status": "0" }));
    });
    expect(got).toMatchObject([
      {
        ":method": "POST",
        ":scheme": "http",
        ":path": "/grpc.health.v1.Health/Check",
        ":authority": expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        "content-type": "application/grpc",
        te: "trailers",
        "user-agent": "kube-probe/1.34",
        "grpc-timeout": "2000m",
      },
    ]);
    expect(bodies.join("")).toBe("00000000050a03617070");
  });

  test("whose answer comes in pieces", async () => {
    const outcome = await asked((stream) => {
      stream.respond({ ...GRPC, "content-type": "application/grpc+proto" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.write(serving(1).subarray(0, 3));
      setTimeout(() => stream.end(serving(1).subarray(3)), 20);
    });
    expect(outcome).toEqual({ ok: true, answer: "SERVING" });
  });

  test("that closes the connection with its answer", async () => {
    const outcome = await asked((stream) => {
      answer(stream, serving(1), { "grpc-status": "0" });
      stream.session?.close();
    });
    expect(outcome).toEqual({ ok: true, answer: "SERVING" });
  });
});

describe("a refusal", () => {
  test.each([
    ["12", "unknown service grpc.health.v1.Health", "UNIMPLEMENTED unknown service grpc.health.v1.Health"],
    ["5", "unknown%20service", "NOT_FOUND unknown service"],
    ["14", "100%", "UNAVAILABLE 100%"],
    ["99", "", "UNKNOWN"],
    ["0x0", "", "UNKNOWN"],
    ["2", "word ".repeat(500).trimEnd(), expect.stringMatching(/^UNKNOWN (?:word ){30,40}…$/)],
  ])("with grpc-status %s, %j", async (status, message, expected) => {
    const said = { "grpc-status": status, "grpc-message": message };
    const ok = false;
    // In headers only, and in trailers after a body.
    expect(await asked((stream) => stream.respond({ ...GRPC, ...said }, { endStream: true }))).toEqual({
      ok,
      answer: expected,
    });
    expect(await asked((stream) => answer(stream, serving(1), said))).toEqual({ ok, answer: expected });
  });
});

describe("what is no answer", () => {
  test.each<[string, (stream: ServerHttp2Stream) => void, unknown]>([
    ["a page", (stream) => stream.respond({ ":status": 404 }, { endStream: true }), "HTTP 404"],
    [
      "a page with 200",
      (stream) => {
        stream.respond({ ":status": 200, "content-type": "text/html" });
        stream.end(serving(1));
      },
      "no gRPC",
    ],
    [
      "grpc-status on a page",
      (stream) => stream.respond({ ":status": 200, "grpc-status": 0 }, { endStream: true }),
      "no gRPC",
    ],
    [
      "no trailers",
      (stream) => {
        stream.respond(GRPC);
        stream.end(serving(1));
      },
      "no grpc-status",
    ],
    ["no message", (stream) => answer(stream, Buffer.alloc(0), { "grpc-status": "0" }), "malformed answer"],
    [
      "half a message",
      (stream) => answer(stream, serving(1).subarray(0, 6), { "grpc-status": "0" }),
      "malformed answer",
    ],
    [
      "two messages",
      (stream) => answer(stream, Buffer.concat([serving(1), serving(1)]), { "grpc-status": "0" }),
      "malformed answer",
    ],
    [
      "garbage",
      (stream) => answer(stream, Buffer.from("not protobuf"), { "grpc-status": "0" }),
      "malformed answer",
    ],
    [
      "a message without an end",
      (stream) => {
        stream.respond(GRPC);
        const write = (): void => {
          while (!stream.destroyed && stream.write(Buffer.alloc(16_384)));
        };
        stream.on("drain", write);
        write();
      },
      "too long an answer",
    ],
    [
      "a whole answer that is longer than the bound",
      (stream) => answer(stream, Buffer.alloc(LIMITS.trialGrpcBytes + 1), { "grpc-status": "0" }),
      "too long an answer",
    ],
    ["a reset", (stream) => stream.close(7), "ERR_HTTP2_STREAM_ERROR"],
    [
      "the end of the session",
      (stream) => stream.session?.destroy(),
      expect.stringMatching(/closed|ERR_|ECONN/),
    ],
  ])("%s", async (_, handle, expected) => {
    expect(await asked(handle)).toEqual({ ok: false, answer: expected });
  });

  test("a call that nobody answers is given up", async () => {
    const began = performance.now();
    expect(await asked(() => {}, 100)).toEqual({ ok: false, answer: "timeout" });
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test("a connection on which nothing is said is given up", async () => {
    const port = await listen(createTcp(() => {}));
    expect(await check(port, "", 100)).toEqual({ ok: false, answer: "timeout" });
  });

  test("nobody listens", async () => {
    const server = createTcp();
    const port = await listen(server);
    server.close();
    await once(server, "close");
    expect(await check(port)).toEqual({ ok: false, answer: "refused" });
  });

  test("who hangs up at once", async () => {
    const port = await listen(createTcp((socket) => void socket.end()));
    expect(await check(port)).toMatchObject({ ok: false, answer: expect.stringMatching(/closed|ECONN/) });
  });

  test("HTTP/1.1", async () => {
    const port = await listen(createHttp((_, response) => response.end("hello")));
    expect(await check(port)).toMatchObject({
      ok: false,
      answer: expect.stringMatching(/no HTTP\/2|closed/),
    });
  });

  test.each([
    ["a line of text", Buffer.from("220 mail.example ESMTP\r\n")],
    ["zeroes", Buffer.alloc(4_096)],
    ["a frame of 16 MB", Buffer.of(0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1)],
    [
      "headers that are no HPACK",
      Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 2, 1, 5, 0, 0, 0, 1, 0xff, 0xff),
    ],
    ["a push", Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 4, 5, 4, 0, 0, 0, 1, 0, 0, 0, 2)],
  ])("%s", async (_, bytes) => {
    const port = await listen(createTcp((socket) => void socket.on("data", () => {}).write(bytes)));
    const outcome = await check(port, "", 500);
    expect(outcome).toMatchObject({
      ok: false,
      answer: expect.stringMatching(/^(?:no HTTP\/2|closed|timeout)/),
    });
  });

  test("a flood of frames ends with the time", async () => {
    const settings = Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0);
    const ping = Buffer.concat([Buffer.of(0, 0, 8, 6, 0, 0, 0, 0, 0), Buffer.alloc(8)]);
    const flood = Buffer.concat([settings, ...Array.from({ length: 1_000 }, () => ping)]);
    const port = await listen(
      createTcp((socket) => {
        const write = (): void => {
          while (!socket.destroyed && socket.write(flood));
        };
        socket.on("data", () => {}).on("drain", write);
        write();
      }),
    );
    expect(await check(port, "", 200)).toMatchObject({ ok: false });
  });
});
