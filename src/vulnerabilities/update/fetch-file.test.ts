import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { serveFolder } from "../../../test/fixtures/data-mirror.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp } from "../../net/http/http.ts";
import { fetchFile } from "./fetch-file.ts";

async function served(content: string, networkIdleMs = 5_000) {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "feed"), content);
  const server = await serveFolder(folder);
  const http = createHttp(hostPolicy([]), { env: {}, networkIdleMs });
  onTestFinished(() => http.close());
  const path = join(folder, "spool", "feed");
  const ask = (options: Partial<Parameters<typeof fetchFile>[1]> = {}) =>
    fetchFile(http, {
      url: new URL("/feed", server.url),
      path,
      signal: new AbortController().signal,
      ...options,
    });
  return { server, ask, path };
}

describe("a download", () => {
  test("is whole, and under its condition costs nothing the second time", async () => {
    const { ask, path } = await served("content");
    const first = await ask();
    expect([first.status, readFileSync(path, "utf8"), existsSync(`${path}.state`)]).toEqual([
      "new",
      "content",
      false,
    ]);
    const known = first.status === "new" ? first.download : { url: "" };
    expect(await ask({ known })).toMatchObject({
      status: "unchanged",
      date: expect.stringMatching(/^\d{4}-/),
    });
  });

  test("that a killed run began goes on, when it is the same file", async () => {
    const { ask, path, server } = await served("0123456789");
    const whole = await ask();
    const etag = whole.status === "new" ? whole.download.etag : "";
    for (const [validator, status, sent] of [
      [etag, 206, 6],
      ['"another"', 200, 10],
    ] as const) {
      writeFileSync(path, "0123");
      writeFileSync(`${path}.state`, JSON.stringify({ url: `${server.url}/feed`, etag: validator }));
      server.asked.length = 0;
      expect([(await ask()).status, readFileSync(path, "utf8")]).toEqual(["new", "0123456789"]);
      expect(server.asked).toEqual([{ path: "/feed", status, bytes: sent }]);
    }
  });

  test.each([
    ["all of it", "0123456789", '{"url":"URL","etag":"ETAG"}'],
    ["with a state that is none", "0123", "{"],
  ])("that a killed run left %s begins anew", async (_, left, state) => {
    const { ask, path, server } = await served("0123456789");
    const whole = await ask();
    const etag = whole.status === "new" ? (whole.download.etag ?? "") : "";
    writeFileSync(path, left);
    writeFileSync(
      `${path}.state`,
      state.replace("URL", `${server.url}/feed`).replace('"ETAG"', JSON.stringify(etag)),
    );
    server.misbehave = (request, response) => {
      if (request.headers.range !== "bytes=10-") return false;
      response.writeHead(416).end();
      return true;
    };
    expect([(await ask()).status, readFileSync(path, "utf8")]).toEqual(["new", "0123456789"]);
  });

  test("of another part than was asked for begins anew", async () => {
    const { ask, path, server } = await served("0123456789");
    const whole = await ask();
    const etag = whole.status === "new" ? whole.download.etag : "";
    writeFileSync(path, "0123");
    writeFileSync(`${path}.state`, JSON.stringify({ url: `${server.url}/feed`, etag }));
    server.misbehave = (request, response) => {
      if (request.headers.range === undefined) return false;
      response.writeHead(206, { "content-range": "bytes 7-9/10" }).end("789");
      return true;
    };
    expect([(await ask()).status, readFileSync(path, "utf8")]).toEqual(["new", "0123456789"]);
  });

  test("larger than it may be ends at once, and leaves nothing", async () => {
    const { ask, path, server } = await served("x");
    server.misbehave = (_, response) => {
      response.writeHead(200).end("x".repeat(100_000));
      return true;
    };
    await expect(ask({ size: 1_000 })).rejects.toMatchObject({ code: "download-too-large" });
    expect(existsSync(path)).toBe(false);
    expect(LIMITS.vulnerabilityDownloadBytes).toBeGreaterThan(1024 ** 3);
  });

  test("of a server that is silent ends in time", async () => {
    const { ask, server } = await served("x", 200);
    server.misbehave = () => true;
    await expect(ask()).rejects.toMatchObject({ code: "no-answer", exit: 69 });
  });

  test("that is stopped is no failure of the server", async () => {
    const { ask, server } = await served("x");
    const stop = new AbortController();
    server.misbehave = () => {
      stop.abort(new Error("stopped at the bound vulnerabilityUpdateMs"));
      return true;
    };
    await expect(ask({ signal: stop.signal })).rejects.toThrow("vulnerabilityUpdateMs");
  });

  test.each([
    [403, "does not give"],
    [404, "does not give"],
  ])("answered by %i is told at once", async (status, says) => {
    const { ask, server } = await served("x");
    let asked = 0;
    server.misbehave = (_, response) => {
      asked++;
      response.writeHead(status).end();
      return true;
    };
    await expect(ask()).rejects.toThrow(says);
    expect(asked).toBe(1);
  });

  test("of a file that is known is asked with what is known of it", async () => {
    const { ask, server } = await served("content");
    const seen: (readonly (string | string[] | undefined)[])[] = [];
    server.misbehave = ({ headers }) => {
      seen.push(["if-none-match", "if-modified-since", "range", "if-range"].map((name) => headers[name]));
      return false;
    };
    const url = `${server.url}/feed`;
    const day = "Mon, 15 Jun 2026 12:00:00 GMT";
    await ask();
    await ask({ known: { url, etag: '"x"' } });
    await ask({ known: { url, lastModified: day } });
    await ask({ known: { url, etag: '"x"', lastModified: day } });
    expect(seen.map(([etag, since, ...more]) => [etag, since === undefined ? since : day, ...more])).toEqual([
      [undefined, undefined, undefined, undefined],
      ['"x"', undefined, undefined, undefined],
      [undefined, day, undefined, undefined],
      ['"x"', day, undefined, undefined],
    ]);
  });

  test.each([
    [{ date: "Mon, 15 Jun 2026 12:00:00 GMT" }, "2026-06-15T12:00:00.000Z"],
    [{ date: "2026-06-15T12:00:00Z" }, undefined],
    [{ date: "Mon, 99 Jun 2026 12:00:00 GMT" }, undefined],
    [{ date: "on Mon, 15 Jun 2026 12:00:00 GMT" }, undefined],
  ])("answered with %j has the date %s", async (headers, date) => {
    const { ask, server } = await served("content");
    server.misbehave = (_, response) => {
      response.writeHead(200, headers).end("content");
      return true;
    };
    expect(await ask()).toMatchObject({ status: "new", bytes: 7, date });
  });

  test.each([
    [
      { etag: '"x"', "last-modified": "Mon" },
      { etag: '"x"', lastModified: "Mon" },
    ],
    [{ etag: `"${"x".repeat(500)}"`, "last-modified": "M".repeat(101) }, {}],
    [{}, {}],
  ])("answered with %j is known by %j", async (headers, known) => {
    const { ask, server } = await served("content");
    server.misbehave = (_, response) => {
      response.writeHead(200, headers).end("content");
      return true;
    };
    expect(await ask()).toMatchObject({ download: { url: `${server.url}/feed`, ...known } });
    const { download } = (await ask()) as { readonly download: object };
    expect(Object.keys(download).toSorted()).toEqual(["url", ...Object.keys(known)].toSorted());
  });

  test("that is a page of HTML is none", async () => {
    const { ask, server } = await served("content");
    server.misbehave = (_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html>");
      return true;
    };
    await expect(ask()).rejects.toMatchObject({ code: "feed-is-a-page" });
  });

  test("may be shorter than a bound, and not shorter than a size", async () => {
    const { ask, path } = await served("content");
    expect(await ask({ size: 7 })).toMatchObject({ bytes: 7 });
    expect(await ask({ size: 100, isShorter: true })).toMatchObject({ bytes: 7 });
    expect(readFileSync(path, "utf8")).toBe("content");
  });

  test("follows redirects on the same server, none to another without TLS, and not for ever", async () => {
    const { ask, server } = await served("content");
    server.misbehave = (request, response) => {
      if (request.url !== "/feed") return false;
      response.writeHead(302, { location: "/moved" }).end();
      return true;
    };
    await expect(ask()).rejects.toMatchObject({ code: "file-not-served" });
    for (const location of ["http://127.0.0.1:1/", "/feed", "", "file:///etc/passwd"]) {
      server.misbehave = (_, response) => {
        response.writeHead(302, { location }).end();
        return true;
      };
      await expect(ask()).rejects.toMatchObject({ code: "redirect-refused" });
    }
  });
});
