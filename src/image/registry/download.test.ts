import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { type Answer, serveImage } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, withLayer } from "../mutate/image.ts";
import { layerOf } from "../mutate/layer.ts";
import { openImage } from "../open.ts";

const NOISE = Array.from({ length: 2_000 }, (_, number) =>
  createHash("md5").update(String(number)).digest("hex"),
);
const LAYER = layerOf([{ path: "noise", content: NOISE.join("") }]);
const IMAGE = withLayer(emptyImage(), LAYER);
const isLayer = (request: IncomingMessage) => request.url?.endsWith(LAYER.digest) === true;

describe("downloads of layers", () => {
  /** Downloads the layer of an image whose registry answers so: its digest, or the error. */
  async function download(answer: Answer): Promise<unknown> {
    const { host } = await serveImage(
      IMAGE,
      (request, response) => isLayer(request) && answer(request, response),
    );
    const opened = await openImage(`${host}/app:1`, { env: {}, networkIdleMs: 400 });
    const bytes = opened.layers[0]?.bytes;
    const hash = createHash("sha256");
    try {
      if (bytes?.in === "stream") for await (const chunk of await bytes.open()) hash.update(chunk);
      return `sha256:${hash.digest("hex")}`;
    } catch (error) {
      return error;
    } finally {
      await opened.close();
    }
  }

  const HALF = Math.floor(LAYER.blob.length / 2);

  /** Sends the first half, then closes the connection. */
  const breakOff: Answer = (_, response) => {
    response.writeHead(200, { "content-length": LAYER.blob.length });
    response.write(LAYER.blob.subarray(0, HALF), () => setTimeout(() => response.destroy(), 20));
    return true;
  };

  test("a download that breaks off goes on by a range", async () => {
    const ranges: (string | undefined)[] = [];
    const digest = await download((request, response) => {
      ranges.push(request.headers.range);
      const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? Number.NaN);
      if (Number.isNaN(start)) return breakOff(request, response);
      const range = `bytes ${start}-${LAYER.blob.length - 1}/${LAYER.blob.length}`;
      return Boolean(response.writeHead(206, { "content-range": range }).end(LAYER.blob.subarray(start)));
    });
    expect(digest).toBe(LAYER.digest);
    expect(ranges).toEqual([undefined, `bytes=${HALF}-`]);
  });

  test("one that stalls goes on, too", async () => {
    let count = 0;
    const digest = await download((_, response) => {
      response.writeHead(200, { "content-length": LAYER.blob.length });
      return count++ === 0
        ? response.write(LAYER.blob.subarray(0, HALF)) || true
        : Boolean(response.end(LAYER.blob));
    });
    expect(digest).toBe(LAYER.digest);
  });

  test("where ranges are unknown, what is there already is passed over", async () => {
    let count = 0;
    const digest = await download((request, response) => {
      return count++ === 0 ? breakOff(request, response) : Boolean(response.end(LAYER.blob));
    });
    expect(digest).toBe(LAYER.digest);
  });

  test.each([
    ["another range", "bytes 0-10/11"],
    ["no range", undefined],
    ["a range of a larger blob", `bytes ${HALF}-${LAYER.blob.length}/${LAYER.blob.length + 1}`],
  ])("%s than was asked for is refused", async (_, range) => {
    const error = await download((request, response) => {
      if (request.headers.range === undefined) return breakOff(request, response);
      return Boolean(
        response
          .writeHead(206, range === undefined ? {} : { "content-range": range })
          .end(LAYER.blob.subarray(HALF)),
      );
    });
    expect(error).toMatchObject({ code: "wrong-range", exit: 69 });
  });

  test("one that always breaks off is given up after five attempts", async () => {
    let count = 0;
    const error = await download((request, response) => {
      count++;
      return breakOff(request, response);
    });
    expect(error).toMatchObject({ code: "connection-broken", exit: 69 });
    expect(count).toBe(5);
  });

  test.each([
    ["shorter", LAYER.blob.subarray(1)],
    ["longer", Buffer.concat([LAYER.blob, Buffer.from("x")])],
  ])("a blob that is %s than the manifest says is refused", async (_, bytes) => {
    const error = await download((_request, response) => Boolean(response.end(bytes)));
    expect(error).toMatchObject({ code: "size-mismatch", exit: 65 });
  });

  test("a page instead of a blob is refused", async () => {
    const error = await download((_, response) =>
      Boolean(response.writeHead(200, { "content-type": "text/html" }).end("<html>")),
    );
    expect(error).toMatchObject({ code: "not-a-registry" });
  });

  test("a blob that is gone is named", async () => {
    const error = await download((_, response) => Boolean(response.writeHead(404).end()));
    expect(error).toMatchObject({ code: "image-not-found", message: expect.stringContaining(LAYER.digest) });
  });
});
