import { createCipheriv, createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Answer, serveImage } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { LIMITS } from "../../contract/limits.ts";
import { openImage } from "../open.ts";

const NOISE = Array.from({ length: 2_000 }, (_, number) =>
  createHash("md5").update(String(number)).digest("hex"),
);
const LAYER = layerOf([{ path: "noise", content: NOISE.join("") }]);
/** 2 MiB that do not compress. */
const LARGE = layerOf([
  {
    path: "noise",
    content: createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(
      Buffer.alloc(2 * 1024 ** 2),
    ),
  },
]);

describe("downloads of layers", () => {
  /** Downloads a layer from a registry that answers like this; returns its digest, or the error. */
  async function download(answer: Answer, layer = LAYER): Promise<unknown> {
    const { host } = await serveImage(
      withLayer(emptyImage(), layer),
      (request, response) => request.url?.endsWith(layer.digest) === true && answer(request, response),
    );
    const opened = await openImage(`${host}/app:1`, { env: {}, networkIdleMs: 400 });
    const bytes = opened.layers[0]?.bytes;
    const hash = createHash("sha256");
    try {
      if (bytes?.kind === "stream") for await (const chunk of await bytes.open()) hash.update(chunk);
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

  test("an error document in place of a layer is no corrupt layer", async () => {
    const errors = JSON.stringify({ errors: [{ code: "DENIED" }] });
    const json = { "content-type": "application/json", "content-length": errors.length };
    expect(await download((_, response) => Boolean(response.writeHead(200, json).end(errors)))).toMatchObject(
      {
        code: "registry-forbidden",
        exit: 69,
      },
    );
  });

  test("another JSON document in place of a layer is corrupt", async () => {
    const json = { "content-type": "application/json", "content-length": 2 };
    expect(await download((_, response) => Boolean(response.writeHead(200, json).end("{}")))).toMatchObject({
      code: "size-mismatch",
    });
  });

  test("a layer of the type JSON is read", async () => {
    const json = { "content-type": "application/json" };
    expect(await download((_, response) => Boolean(response.writeHead(200, json).end(LAYER.blob)))).toBe(
      LAYER.digest,
    );
  });

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

  const PIECE = Math.ceil(LARGE.blob.length / 9);

  /** A network that transmits so many bytes of each answer. */
  function cutting(takesRanges: boolean, requests: (string | undefined)[]): Answer {
    return (request, response) => {
      requests.push(request.headers.range);
      const asked = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const start = takesRanges ? asked : 0;
      const { length } = LARGE.blob;
      if (start > 0) response.setHeader("content-range", `bytes ${start}-${length - 1}/${length}`);
      response.writeHead(start > 0 ? 206 : 200, { "content-length": length - start });
      const piece = LARGE.blob.subarray(start, start + PIECE);
      response.write(piece, () => setTimeout(() => response.destroy(), 20));
      return true;
    };
  }

  test("a network that cuts again and again delivers all the same: what counts is progress", async () => {
    const requests: (string | undefined)[] = [];
    expect(await download(cutting(true, requests), LARGE)).toBe(LARGE.digest);
    expect(requests).toHaveLength(9);
  });

  test("without ranges the same network never gets further, and is given up", async () => {
    const requests: (string | undefined)[] = [];
    expect(await download(cutting(false, requests), LARGE)).toMatchObject({ code: "connection-broken" });
    expect(requests).toHaveLength(1 + 5);
  });

  test.each([10, LIMITS.networkProgressBytes - 1])(
    "a registry that gives %i bytes at a time does not pass for progress",
    async (bytes) => {
      let count = 0;
      const error = await download((request, response) => {
        count++;
        const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
        const { length } = LARGE.blob;
        if (start > 0) response.setHeader("content-range", `bytes ${start}-${length - 1}/${length}`);
        response.writeHead(start > 0 ? 206 : 200, { "content-length": length - start });
        response.write(LARGE.blob.subarray(start, start + bytes), () =>
          setTimeout(() => response.destroy(), 5),
        );
        return true;
      }, LARGE);
      expect(error).toMatchObject({ code: "connection-broken", exit: 69 });
      expect(count).toBe(5);
    },
  );

  test("an answer that ends too early is asked for again", async () => {
    let count = 0;
    const digest = await download((request, response) => {
      if (count++ === 0) return Boolean(response.end(LAYER.blob.subarray(0, HALF)));
      const { length } = LAYER.blob;
      expect(request.headers.range).toBe(`bytes=${HALF}-`);
      response.writeHead(206, { "content-range": `bytes ${HALF}-${length - 1}/${length}` });
      return Boolean(response.end(LAYER.blob.subarray(HALF)));
    });
    expect(digest).toBe(LAYER.digest);
  });

  test("a range that is not there: the blob is shorter than the manifest says", async () => {
    let count = 0;
    const error = await download((request, response) => {
      count++;
      if (request.headers.range === undefined) return Boolean(response.end(LAYER.blob.subarray(0, HALF)));
      return Boolean(response.writeHead(416, { "content-range": `bytes */${HALF}` }).end());
    });
    expect(error).toMatchObject({ code: "size-mismatch", exit: 65 });
    expect(count).toBe(2);
  });

  test("a range that is refused though it is there: the blob is read from its beginning", async () => {
    const ranges: (string | undefined)[] = [];
    const digest = await download((request, response) => {
      ranges.push(request.headers.range);
      if (request.headers.range !== undefined) return Boolean(response.writeHead(416).end());
      return ranges.length === 1 ? breakOff(request, response) : Boolean(response.end(LAYER.blob));
    });
    expect(digest).toBe(LAYER.digest);
    expect(ranges).toEqual([undefined, `bytes=${HALF}-`, undefined]);
  });

  test("one that is compressed on the way says so", async () => {
    const error = await download((_, response) =>
      Boolean(response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(LAYER.blob))),
    );
    expect(error).toMatchObject({
      code: "content-encoding",
      exit: 69,
      message: expect.stringContaining('"gzip"'),
    });
  });

  test("one whose own compression is told as that of the way is read as it is", async () => {
    const digest = await download((_, response) =>
      Boolean(response.writeHead(200, { "content-encoding": "gzip" }).end(LAYER.blob)),
    );
    expect(digest).toBe(LAYER.digest);
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
