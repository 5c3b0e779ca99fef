import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Answer, serveImage, startServer } from "../../../test/fixtures/fake-registry.ts";
import { configOf, emptyImage, manifestOf, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { LIMITS } from "../../contract/limits.ts";

const NOISE = Array.from({ length: 2_000 }, (_, number) =>
  createHash("md5").update(String(number)).digest("hex"),
);
const LAYER = layerOf([{ path: "noise", content: NOISE.join("") }]);
const IMAGE = withLayer(emptyImage(), LAYER);
const isManifest = (request: IncomingMessage) => request.url?.includes("/manifests/") === true;

/** Opens the image of a registry that answers so, and fails. */
async function failure(answer: Answer, name = "app:1"): Promise<unknown> {
  const { host } = await serveImage(IMAGE, answer);
  return openAndClose(`${host}/${name}`, { networkIdleMs: 400 }).catch((error: unknown) => error);
}

describe("what is no registry", () => {
  test.each([
    ["a page", 200, "text/html; charset=utf-8", "hello"],
    [
      "a page that calls itself a manifest",
      200,
      "application/vnd.oci.image.manifest.v1+json",
      " <!doctype html>",
    ],
    ["a page that says not found", 404, "text/html", "<html>"],
    ["a portal that wants a login", 403, "text/html", "<html>"],
    ["a portal that says that it is one (RFC 6585)", 511, "text/html", "<html>"],
  ])("%s", async (_, status, type, body) => {
    const error = await failure((_request, response) => {
      response.writeHead(status, { "content-type": type }).end(body);
      return true;
    });
    expect(error).toMatchObject({
      code: "not-a-registry",
      exit: 69,
      message: expect.stringContaining("HTML"),
    });
  });

  test("a portal to which the registry's name leads", async () => {
    const portal = await startServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in");
    });
    const error = await failure((_, response) =>
      Boolean(response.writeHead(302, { location: `http://${portal.host}/login` }).end()),
    );
    expect(error).toMatchObject({
      code: "not-a-registry",
      exit: 69,
      message: expect.stringContaining(portal.host),
    });
  });

  test.each([
    ["text", "text/plain", "please sign in"],
    ["an image", "image/png", "\x89PNG"],
    ["nothing", "application/json", ""],
  ])("%s instead of a manifest", async (_, type, body) => {
    const error = await failure((_request, response) =>
      Boolean(response.writeHead(200, { "content-type": type }).end(body)),
    );
    expect(error).toMatchObject({
      code: "not-a-manifest",
      exit: 69,
      message: expect.stringContaining(`"${type}"`),
    });
  });

  test.each(["text/plain", "application/octet-stream", ""])(
    "a manifest that a plain file server gives as %j is read",
    async (type) => {
      const manifest = manifestOf(IMAGE);
      const { host } = await serveImage(IMAGE, (request, response) => {
        if (!isManifest(request)) return false;
        if (type !== "") response.setHeader("content-type", type);
        return Boolean(response.end(manifest.bytes));
      });
      expect((await openAndClose(`${host}/app:1`)).digest).toBe(manifest.digest);
    },
  );

  test("a redirect that has no place", async () => {
    const error = await failure((_, response) => Boolean(response.writeHead(307).end()));
    expect(error).toMatchObject({ code: "redirect-refused", exit: 69 });
  });

  test("redirects in a circle end", async () => {
    let count = 0;
    const error = await failure((request, response) => {
      count++;
      return Boolean(response.writeHead(302, { location: request.url }).end());
    });
    expect(error).toMatchObject({
      code: "too-many-redirects",
      message: expect.stringContaining("redirects"),
    });
    expect(count).toBe(6);
  });

  test("an answer that nobody expects is shown", async () => {
    const error = await failure((_, response) => Boolean(response.writeHead(418).end("\u001b[2J")));
    expect(error).toMatchObject({ code: "registry-answer", message: expect.stringContaining("418") });
  });

  test("a refusal names its code", async () => {
    const body = JSON.stringify({ errors: [{ code: "DENIED", message: "\u001b[2J" }] });
    const error = await failure((_, response) => Boolean(response.writeHead(403).end(body)));
    expect(error).toMatchObject({
      code: "registry-forbidden",
      message: expect.stringContaining("403 DENIED"),
    });
  });
});

/** Errors of object stores, to which registries redirect for blobs. */
const stored = (code: string, message = "m") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;

describe("an object store to which a registry redirects", () => {
  /** Registry whose blobs are in a store, with an address that counts the redirects. */
  async function redirecting(answer: Answer) {
    const store = await startServer(answer);
    let count = 0;
    const registry = await serveImage(IMAGE, (request, response) => {
      if (isManifest(request)) return false;
      const location = `http://${store.host}${request.url}?n=${++count}&X-Amz-Signature=secret`;
      return Boolean(response.writeHead(307, { location }).end());
    });
    const error = await openAndClose(`${registry.host}/app:1`).catch((reason: unknown) => reason);
    return { error, store, registry, asked: () => count };
  }

  test.each([
    [403, "AccessDenied", "Request has expired"],
    [403, "RequestTimeTooSkewed", "m"],
    [400, "ExpiredToken", "m"],
  ])("that refuses (%d %s) is named, after one fresh address", async (status, code, message) => {
    const { error, store, registry, asked } = await redirecting((_, response) => {
      response.writeHead(status, { "content-type": "application/xml" }).end(stored(code, message));
    });
    expect(error).toMatchObject({ code: "storage-forbidden", exit: 69 });
    const { fr, en } = (error as { text: { fr: string; en: string } }).text;
    expect(en).toContain(
      `the storage "${store.host}", to which the registry "${registry.host}" redirects, refuses`,
    );
    expect(fr).toContain(
      `le stockage "${store.host}", vers lequel le registre "${registry.host}" redirige, refuse`,
    );
    for (const text of [fr, en]) {
      expect(text).toContain(`("${status} ${code}")`);
      expect(text).not.toContain("secret");
    }
    expect(asked()).toBe(2);
  });

  test("that refuses an address that has expired is asked with a fresh one", async () => {
    const { error, asked } = await redirecting((request, response) => {
      if (request.url?.includes("n=1&") === true) response.writeHead(403).end(stored("AccessDenied"));
      else response.end(configOf(IMAGE).bytes);
    });
    expect(error).toMatchObject({ digest: manifestOf(IMAGE).digest });
    expect(asked()).toBe(2);
  });

  test("that has lost a blob", async () => {
    const { error } = await redirecting(
      (_, response) => void response.writeHead(404).end(stored("NoSuchKey")),
    );
    expect(error).toMatchObject({ code: "blob-missing" });
  });

  test("whose code is none of words is shown by its status", async () => {
    const { error } = await redirecting((_, response) => {
      response.writeHead(403).end(stored("correct-horse-battery9"));
    });
    expect(String(error)).toContain('("403")');
  });

  test("that answers by a page is no store", async () => {
    const { error } = await redirecting((_, response) => {
      response.writeHead(403, { "content-type": "text/html" }).end("<html>blocked");
    });
    expect(error).toMatchObject({ code: "not-a-registry" });
  });
});

test("an XML error of the registry itself is no page", async () => {
  const error = await failure((_, response) => Boolean(response.writeHead(403).end(stored("AccessDenied"))));
  expect(error).toMatchObject({
    code: "registry-forbidden",
    message: expect.stringContaining('"403 AccessDenied"'),
  });
});

test.each(["No required SSL certificate was sent", "The SSL certificate error"])(
  "a page of nginx for a client certificate says so: %s",
  async (title) => {
    const page = `<html><head><title>400 ${title}</title></head><body><center>${title}</center></body></html>`;
    const error = await failure((_, response) =>
      Boolean(response.writeHead(400, { "content-type": "text/html" }).end(page)),
    );
    expect(error).toMatchObject({
      code: "client-certificate",
      exit: 69,
      message: expect.stringContaining("requires a client certificate, and gets none that it accepts"),
    });
  },
);

describe("an error document with the status 200", () => {
  const errors = (code: string) => JSON.stringify({ errors: [{ code, message: "m", detail: null }] });
  const json = { "content-type": "application/json" };

  test.each([
    ["DENIED", "registry-forbidden"],
    ["UNAUTHORIZED", "registry-forbidden"],
    ["MANIFEST_UNKNOWN", "image-not-found"],
    ["NAME_UNKNOWN", "image-not-found"],
    ["UNSUPPORTED", "registry-answer"],
  ])("%s in place of a manifest", async (code, known) => {
    const answer: Answer = (_, response) => Boolean(response.writeHead(200, json).end(errors(code)));
    for (const name of ["app:1", `app@${manifestOf(IMAGE).digest}`]) {
      const error = await failure(answer, name);
      expect(error).toMatchObject({
        code: known,
        exit: 69,
        message: expect.stringContaining(`"200 ${code}"`),
      });
    }
  });

  test("in place of a config", async () => {
    const error = await failure((request, response) => {
      return !isManifest(request) && Boolean(response.writeHead(200, json).end(errors("DENIED")));
    });
    expect(error).toMatchObject({ code: "registry-forbidden" });
  });

  test("a manifest with a field of this name is a manifest", async () => {
    const bytes = Buffer.from(
      JSON.stringify({
        ...JSON.parse(Buffer.from(manifestOf(IMAGE).bytes).toString()),
        errors: [{ code: "X" }],
      }),
    );
    const { host } = await serveImage(IMAGE, (request, response) => {
      return isManifest(request) && Boolean(response.writeHead(200, json).end(bytes));
    });
    expect(await openAndClose(`${host}/app:1`)).toMatchObject({ platform: "linux/amd64" });
  });
});

describe("silence", () => {
  test("a registry that never answers is given up", async () => {
    expect(await failure(() => true)).toMatchObject({ code: "no-answer", exit: 69 });
  });

  test("a manifest that never ends is given up", async () => {
    const error = await failure((_, response) => response.write("{") || true);
    expect(error).toMatchObject({ code: "no-answer" });
  });

  test("a manifest that trickles is given up, though it never falls silent", async () => {
    const error = await failure((_, response) => {
      const drip = setInterval(() => response.write(" "), 20);
      response.once("close", () => clearInterval(drip));
      return true;
    });
    expect(error).toMatchObject({
      code: "too-slow",
      exit: 69,
      message: expect.stringContaining("1024 bytes a second are needed, limit networkBytesPerSecond"),
    });
  });

  test("an abort ends the wait, with its own reason", async () => {
    const { host } = await serveImage(IMAGE, () => true);
    const reason = new Error("the user pressed Ctrl-C");
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    await expect(openAndClose(`${host}/app:1`, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe("documents that are not what they should be", () => {
  test("a manifest of another digest", async () => {
    const error = await failure(() => false, `app@sha256:${"0".repeat(64)}`);
    expect(error).toMatchObject({ code: "digest-mismatch", exit: 65 });
  });

  test.each([
    [
      "of another digest",
      (bytes: Uint8Array) => Buffer.from(bytes).fill(" ", bytes.length - 1),
      "digest-mismatch",
    ],
    ["too short", (bytes: Uint8Array) => bytes.subarray(1), "size-mismatch"],
    ["too long", (bytes: Uint8Array) => Buffer.concat([bytes, bytes]), "size-mismatch"],
  ])("a config %s", async (_, change, code) => {
    const { digest, bytes } = configOf(IMAGE);
    const error = await failure((request, response) => {
      return request.url?.endsWith(digest) === true && Boolean(response.end(change(bytes)));
    });
    expect(error).toMatchObject({ code, exit: 65 });
  });

  test("a config that is not there", async () => {
    const { digest } = configOf(IMAGE);
    const error = await failure((request, response) => {
      return request.url?.endsWith(digest) === true && Boolean(response.writeHead(404).end());
    });
    expect(error).toMatchObject({ code: "blob-missing" });
  });

  test("a manifest without end is cut at the bound", async () => {
    const error = await failure((_, response) => {
      const write = () => response.write(Buffer.alloc(1024 ** 2, " "), () => setImmediate(write));
      return write() || true;
    });
    expect(error).toMatchObject({
      code: "document-too-large",
      message: expect.stringContaining("manifestBytes"),
    });
  });

  test("a tag's manifest that is not what Docker-Content-Digest says", async () => {
    let asked = 0;
    const error = await failure((request, response) => {
      if (isManifest(request)) asked++;
      response.setHeader("docker-content-digest", `sha256:${"0".repeat(64)}`);
    });
    expect(error).toMatchObject({
      code: "digest-mismatch",
      exit: 65,
      message: expect.stringMatching(/Docker-Content-Digest.*sha256:0000.*sha256:[1-9a-f]/s),
    });
    expect(asked).toBe(2);
  });

  test.each(["", "nonsense", `sha512:${"0".repeat(128)}`])(
    "a Docker-Content-Digest that cannot be compared changes nothing: %j",
    async (value) => {
      const { host } = await serveImage(IMAGE, (_, response) => {
        response.setHeader("docker-content-digest", value);
      });
      expect((await openAndClose(`${host}/app:1`)).digest).toBe(manifestOf(IMAGE).digest);
    },
  );
});

describe("documents that something on the way changes once", () => {
  const cut = (bytes: Uint8Array) => bytes.subarray(0, -1);
  const changed = (bytes: Uint8Array) => Buffer.from(bytes).fill(" ", bytes.length - 1);

  test.each([
    ["a config", configOf(IMAGE), "app:1", cut],
    ["a config", configOf(IMAGE), "app:1", changed],
    ["a manifest", manifestOf(IMAGE), `app@${manifestOf(IMAGE).digest}`, cut],
    ["a manifest", manifestOf(IMAGE), `app@${manifestOf(IMAGE).digest}`, changed],
  ])("%s is asked for afresh", async (_, blob, name, change) => {
    const caching: (string | undefined)[] = [];
    const { host } = await serveImage(IMAGE, (request, response) => {
      if (request.url?.endsWith(blob.digest) !== true) return false;
      caching.push(request.headers["cache-control"]);
      return caching.length === 1 && Boolean(response.end(change(blob.bytes)));
    });
    expect((await openAndClose(`${host}/${name}`)).digest).toBe(manifestOf(IMAGE).digest);
    expect(caching).toEqual([undefined, "no-cache"]);
  });
});

describe("documents that are compressed on the way", () => {
  test("are unpacked", async () => {
    const { host } = await serveImage(IMAGE, (request, response) => {
      const { bytes } = isManifest(request) ? manifestOf(IMAGE) : configOf(IMAGE);
      return Boolean(response.writeHead(200, { "content-encoding": "GZIP" }).end(gzipSync(bytes)));
    });
    expect((await openAndClose(`${host}/app:1`)).digest).toBe(manifestOf(IMAGE).digest);
  });

  test("are read as they are where only the header says so", async () => {
    const { host } = await serveImage(
      IMAGE,
      (_, response) => void response.setHeader("content-encoding", "gzip"),
    );
    expect((await openAndClose(`${host}/app:1`)).digest).toBe(manifestOf(IMAGE).digest);
  });

  test("in another way say so", async () => {
    const error = await failure((_, response) =>
      Boolean(response.writeHead(200, { "content-encoding": "br" }).end("\x0b\x01")),
    );
    expect(error).toMatchObject({
      code: "content-encoding",
      exit: 69,
      message: expect.stringContaining('"br"'),
    });
  });

  test("and cut off are corrupt", async () => {
    const error = await failure((_, response) => {
      const bytes = gzipSync(manifestOf(IMAGE).bytes);
      return Boolean(response.writeHead(200, { "content-encoding": "gzip" }).end(bytes.subarray(0, -9)));
    });
    expect(error).toMatchObject({ code: "content-encoding" });
  });

  test("to a bomb stop at the bound", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 ** 2, " "));
    const error = await failure((_, response) =>
      Boolean(response.writeHead(200, { "content-encoding": "gzip" }).end(bomb)),
    );
    expect(error).toMatchObject({ code: "document-too-large" });
  });
});

describe("busy registries", () => {
  test.each([
    ["429 with seconds", 429, () => "1", 900],
    ["503 with a date", 503, () => new Date(Date.now() + 2_000).toUTCString(), 500],
    ["500 with nothing", 500, () => undefined, 200],
    ["503 with a page of the proxy before it", 503, () => undefined, 200],
    ["408", 408, () => undefined, 200],
    ["425", 425, () => undefined, 200],
  ])("%s: waited for, then read", async (_, status, retryAfter, wait) => {
    let refused = 0;
    const { host } = await serveImage(IMAGE, (_request, response) => {
      if (refused++ > 0) return false;
      const value = retryAfter();
      response.writeHead(status, {
        "content-type": "text/html",
        ...(value === undefined ? {} : { "retry-after": value }),
      });
      return Boolean(response.end("<html>"));
    });
    const started = performance.now();
    expect((await openAndClose(`${host}/app:1`)).digest).toBe(manifestOf(IMAGE).digest);
    expect(performance.now() - started).toBeGreaterThan(wait);
  });

  test.each([
    ["an hour", () => "3600", "asks to wait 3600 s"],
    [
      "a second more than the bound",
      () => `${LIMITS.retryAfterMs / 1_000 + 1}`,
      "the limit of 60 s (retryAfterMs)",
    ],
    ["more than numbers hold", () => "9".repeat(400), "asks to wait"],
    ["until a day in the next century", () => "Fri, 01 Jan 2126 00:00:00 GMT", "asks to wait"],
  ])("one that asks for %s is not waited for", async (_, value, says) => {
    const answer: Answer = (_request, response) =>
      Boolean(response.writeHead(429, { "retry-after": value() }).end());
    expect(await failure(answer)).toMatchObject({
      code: "registry-busy",
      exit: 69,
      message: expect.stringContaining(says),
    });
  });

  test.each(["0", "Thu, 01 Jan 1970 00:00:00 GMT", "-1"])(
    "one that asks for no wait at all (%j) is not asked again at once",
    async (value) => {
      const times: number[] = [];
      const { host } = await serveImage(IMAGE, (_request, response) => {
        times.push(performance.now());
        if (times.length > 2) return false;
        return Boolean(response.writeHead(503, { "retry-after": value }).end());
      });
      expect((await openAndClose(`${host}/app:1`)).digest).toBe(manifestOf(IMAGE).digest);
      const [first = 0, second = 0, third = 0] = times;
      expect(second - first).toBeGreaterThan(200);
      expect(third - second).toBeGreaterThan(200);
    },
  );

  test("one that stays busy is given up after five attempts (LIMITS.networkAttempts)", async () => {
    let count = 0;
    const error = await failure((_, response) => {
      count++;
      return Boolean(response.writeHead(502, { "retry-after": "0" }).end());
    });
    expect(error).toMatchObject({
      code: "registry-busy",
      message: expect.stringContaining("attempts with pauses between"),
    });
    expect(count).toBe(5);
  });
});

test("a server that closes every connection is not waited for without end", async () => {
  const { host } = await startServer((request) => void request.socket.destroy());
  await expect(openAndClose(`${host}/app:1`)).rejects.toMatchObject({ code: "connection-broken", exit: 69 });
});

test("the media types that are understood are asked for", async () => {
  const { host, requests } = await serveImage(IMAGE);
  await openAndClose(`${host}/app:1`);
  const [request] = requests.filter(isManifest);
  expect(request?.headers.accept).toMatch(/oci\.image\.index\.v1\+json/);
  expect(request?.headers.accept).toMatch(/docker\.distribution\.manifest\.list\.v2\+json/);
});
