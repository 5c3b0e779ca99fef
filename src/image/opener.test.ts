import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serveImage, startServer } from "../../test/fixtures/fake-registry.ts";
import { emptyImage, manifestOf, withLayer } from "../../test/fixtures/image/image.ts";
import { layerOf } from "../../test/fixtures/image/layer.ts";
import { makeCertificates } from "../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { type ImageOpener, imageOpener } from "./open.ts";

const LAYER = layerOf([{ path: "a", content: "a" }]);
const IMAGE = withLayer(emptyImage(), LAYER);
const DIGEST = manifestOf(IMAGE).digest;
const TAGS = Array.from({ length: 12 }, (_, number) => `1.0.${number}`);

/** Opens them all at the same time, reads their layers, and closes them. */
async function readAll(opener: ImageOpener, references: readonly string[]): Promise<readonly unknown[]> {
  return Promise.all(
    references.map(async (reference) => {
      const image = await opener.openRegistry(reference);
      const bytes = image.layers[0]?.bytes;
      let size = 0;
      if (bytes?.kind === "stream") for await (const chunk of await bytes.open()) size += chunk.length;
      await image.close();
      return size === LAYER.blob.length && image.digest;
    }),
  );
}

const socketsOf = (requests: readonly IncomingMessage[]) => new Set(requests.map(({ socket }) => socket));

/** A token service that gives another token each time, and a registry that takes only the last one. */
async function tokenRegistry() {
  let given = 0;
  const service = await startServer((_, response) => {
    given++;
    setTimeout(() => response.end(JSON.stringify({ token: `token-${given}` })), 30);
  });
  const registry = await serveImage(IMAGE, (request: IncomingMessage, response: ServerResponse) => {
    if (given > 0 && request.headers.authorization === `Bearer token-${given}`) return false;
    const challenge = `Bearer realm="http://${service.host}/token"`;
    return Boolean(response.writeHead(401, { "www-authenticate": challenge }).end());
  });
  return { service, registry, expire: () => given++ };
}

describe("the images of one run", () => {
  test("are read over the same connections, one after the other", async () => {
    const directory = temporaryDirectory();
    makeCertificates(directory);
    const [key = "", cert = ""] = ["server.key", "server.crt"].map((name) =>
      readFileSync(join(directory, name), "utf8"),
    );
    const { host, requests } = await serveImage(IMAGE, () => false, { key, cert });
    const opener = imageOpener({ env: {}, caFile: join(directory, "certificates", "ca.crt") });
    for (const tag of TAGS) expect(await readAll(opener, [`${host}/app:${tag}`])).toEqual([DIGEST]);
    await opener.close();
    expect(requests).toHaveLength(3 * TAGS.length);
    // A connection that is not free again at once leads to a second one.
    expect(socketsOf(requests).size).toBeLessThanOrEqual(3);
  });

  test("fetch one token for a repository, though they ask at the same time", async () => {
    const { service, registry, expire } = await tokenRegistry();
    const opener = imageOpener({ env: {} });
    const references = TAGS.map((tag) => `${registry.host}/app:${tag}`);
    expect(await readAll(opener, references)).toEqual(TAGS.map(() => DIGEST));
    expect(service.requests).toHaveLength(1);
    expire();
    expect(await readAll(opener, references)).toEqual(TAGS.map(() => DIGEST));
    expect(service.requests).toHaveLength(2);
    await opener.close();
  });

  test("of different repositories have a token each", async () => {
    const service = await startServer((request, response) => {
      const scope = new URL(request.url ?? "", "http://x").searchParams.get("scope");
      response.end(JSON.stringify({ token: scope }));
    });
    const registry = await serveImage(IMAGE, (request, response) => {
      const [, , repository] = (request.url ?? "").split("/");
      if (request.headers.authorization === `Bearer repository:${repository}:pull`) return false;
      const challenge = `Bearer realm="http://${service.host}/token"`;
      return Boolean(response.writeHead(401, { "www-authenticate": challenge }).end());
    });
    const opener = imageOpener({ env: {} });
    const references = TAGS.flatMap((tag) => ["one", "two"].map((name) => `${registry.host}/${name}:${tag}`));
    expect(await readAll(opener, references)).toEqual(references.map(() => DIGEST));
    await opener.close();
    expect(service.requests).toHaveLength(2);
  });

  test("ask a credential helper once for each registry", async () => {
    const directory = temporaryDirectory();
    const script = [
      "#!/bin/sh",
      `read server; echo "$server" >> ${directory}/asked`,
      `echo '{"Username":"me","Secret":"secret"}'`,
    ];
    writeFileSync(join(directory, "docker-credential-counted"), script.join("\n"));
    chmodSync(join(directory, "docker-credential-counted"), 0o755);
    writeFileSync(join(directory, "config.json"), JSON.stringify({ credsStore: "counted" }));
    const { host } = await serveImage(IMAGE, (request, response) => {
      if (request.headers.authorization !== undefined) return false;
      return Boolean(response.writeHead(401, { "www-authenticate": "Basic" }).end());
    });
    const opener = imageOpener({ env: { DOCKER_CONFIG: directory, PATH: `${directory}:/usr/bin:/bin` } });
    const references = TAGS.map((tag) => `${host}/team-${tag}/app:1`);
    expect(await readAll(opener, references)).toEqual(TAGS.map(() => DIGEST));
    await opener.close();
    expect(readFileSync(join(directory, "asked"), "utf8")).toBe(`${host}\n`);
  });

  test("find out once that a registry speaks plain HTTP", async () => {
    const { host, requests } = await serveImage(IMAGE);
    const opener = imageOpener({ env: {} });
    await readAll(opener, [`${host}/app:0`]);
    const failures = requests.length;
    await readAll(
      opener,
      TAGS.map((tag) => `${host}/app:${tag}`),
    );
    await opener.close();
    expect(requests.length - failures).toBe(3 * TAGS.length);
  });
});

describe("closing", () => {
  /** A registry that sends the beginning of every layer, and nothing more. */
  const stalling = () =>
    serveImage(IMAGE, (request, response) => {
      if (request.url?.endsWith(LAYER.digest) !== true) return false;
      response.writeHead(200, { "content-length": LAYER.blob.length });
      return response.write(LAYER.blob.subarray(0, 1)) || true;
    });

  async function download(opener: ImageOpener, reference: string) {
    const image = await opener.openRegistry(reference);
    const bytes = image.layers[0]?.bytes;
    if (bytes?.kind !== "stream") throw new Error("no stream");
    const iterator = (await bytes.open())[Symbol.asyncIterator]();
    await iterator.next();
    return {
      image,
      rest: iterator.next().then(
        () => "went on",
        () => "ended",
      ),
    };
  }

  test("an image ends its own downloads, and no other's", async () => {
    const { host } = await stalling();
    const opener = imageOpener({ env: {} });
    const [one, other] = await Promise.all([
      download(opener, `${host}/app:1`),
      download(opener, `${host}/app:2`),
    ]);
    await one.image.close();
    expect(await one.rest).toBe("ended");
    const waited = new Promise((resolve) => setTimeout(resolve, 50, "under way"));
    expect(await Promise.race([other.rest, waited])).toBe("under way");
    await other.image.close();
    await opener.close();
  });

  test("the opener ends all of them", async () => {
    const { host } = await stalling();
    const opener = imageOpener({ env: {} });
    const { rest } = await download(opener, `${host}/app:1`);
    await opener.close();
    expect(await rest).toBe("ended");
  });

  test("an opener of which nothing was asked", async () => {
    await expect(imageOpener({ env: {} }).close()).resolves.toBeUndefined();
  });
});

test("a platform that is none is refused before anything is opened", () => {
  expect(() => imageOpener({ env: {}, platform: "nonsense" })).toThrow(
    expect.objectContaining({ code: "platform-invalid", exit: 64 }),
  );
});
