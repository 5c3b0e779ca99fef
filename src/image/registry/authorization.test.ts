import { readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  type FakeServer,
  serveImage,
  startServer,
} from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, manifestOf, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { makeCertificates } from "../../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { openImage } from "../open.ts";

const LAYER = layerOf([{ path: "a", content: "a" }]);
const IMAGE = withLayer(emptyImage(), LAYER);
const TOKEN = "the.token";

/** A registry that accepts TOKEN and refers other clients to `realm`. */
function tokenRegistry(realm: string): Promise<FakeServer> {
  return serveImage(IMAGE, (request, response) => {
    if (request.headers.authorization === `Bearer ${TOKEN}`) return false;
    const challenge = `Bearer realm="${realm}",service="the registry",scope="repository:other:push,pull"`;
    return Boolean(response.writeHead(401, { "www-authenticate": challenge }).end());
  });
}

type Tokens = (request: IncomingMessage, response: ServerResponse) => unknown;

const giveToken: Answer = (_, response) => void response.end(JSON.stringify({ token: TOKEN }));

/** Opens the image through a token service that answers so; both servers' requests. */
async function openWithTokens(tokens: Tokens, auths: (host: string) => object = () => ({})) {
  const service = await startServer((request, response) => void tokens(request, response));
  const registry = await tokenRegistry(`http://${service.host}/token`);
  const file = join(temporaryDirectory(), "auth.json");
  writeFileSync(file, JSON.stringify({ auths: auths(registry.host) }));
  const opened = await openAndClose(`${registry.host}/team/app:1`, {
    env: { REGISTRY_AUTH_FILE: file },
  }).catch((error: unknown) => error);
  return { opened, service, registry };
}

describe("bearer tokens", () => {
  test("are fetched once, anonymously, for pulling from this repository and nothing else", async () => {
    const { opened, service } = await openWithTokens(giveToken);
    expect(opened).toMatchObject({ digest: manifestOf(IMAGE).digest });
    expect(service.requests).toHaveLength(1);
    const url = new URL(service.requests[0]?.url ?? "", "http://x");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      service: "the registry",
      scope: "repository:team/app:pull",
    });
    expect(service.requests[0]?.headers.authorization).toBeUndefined();
  });

  test("may be called access_token", async () => {
    const { opened } = await openWithTokens(
      (_, response) => void response.end(JSON.stringify({ access_token: TOKEN })),
    );
    expect(opened).toMatchObject({ digest: manifestOf(IMAGE).digest });
  });

  test("are fetched with the user's password", async () => {
    const login = { username: "me", password: "pass:word" };
    const { service } = await openWithTokens(giveToken, (host) => ({ [host]: login }));
    const [request] = service.requests;
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from("me:pass:word").toString("base64")}`);
    expect(request?.url).toContain("account=me");
  });

  test("are fetched with an identity token by POST", async () => {
    let form = "";
    const { opened, service } = await openWithTokens(
      async (request, response) => {
        form = await text(request);
        response.end(JSON.stringify({ access_token: TOKEN }));
      },
      (host) => ({ [host]: { auth: Buffer.from("me:").toString("base64"), identitytoken: "refresh" } }),
    );
    expect(opened).toMatchObject({ digest: manifestOf(IMAGE).digest });
    expect(service.requests[0]).toMatchObject({ method: "POST", url: "/token" });
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
      grant_type: "refresh_token",
      client_id: "douane",
      refresh_token: "refresh",
      service: "the registry",
      scope: "repository:team/app:pull",
    });
  });

  test("that the registry was given beforehand are sent as they are", async () => {
    const { opened, service } = await openWithTokens(giveToken, (host) => ({
      [host]: { registrytoken: TOKEN },
    }));
    expect(opened).toMatchObject({ digest: manifestOf(IMAGE).digest });
    expect(service.requests).toEqual([]);
  });

  test("that expire are renewed in the middle", async () => {
    const service = await startServer(giveToken);
    let asked = 0;
    const registry = await serveImage(IMAGE, (request, response) => {
      asked++;
      if (request.headers.authorization !== undefined && asked !== 3) return false;
      return Boolean(
        response.writeHead(401, { "www-authenticate": `Bearer realm="http://${service.host}/"` }).end(),
      );
    });
    expect((await openAndClose(`${registry.host}/app:1`)).digest).toBe(manifestOf(IMAGE).digest);
    expect(service.requests).toHaveLength(2);
  });
});

describe("refusals", () => {
  test("a registry that is never content is asked twice", async () => {
    const service = await startServer(giveToken);
    const registry = await startServer((_, response) => {
      response.writeHead(401, { "www-authenticate": `Bearer realm="http://${service.host}/"` }).end();
    });
    await expect(openAndClose(`${registry.host}/app:1`)).rejects.toMatchObject({
      code: "registry-unauthorized",
      exit: 69,
    });
    expect(registry.requests).toHaveLength(2);
  });

  test.each(["", "Negotiate", 'Basic realm="x"'])("a challenge that cannot be met: %j", async (challenge) => {
    const registry = await startServer(
      (_, response) => void response.writeHead(401, { "www-authenticate": challenge }).end(),
    );
    await expect(openAndClose(`${registry.host}/app:1`)).rejects.toMatchObject({
      code: "registry-unauthorized",
    });
    expect(registry.requests).toHaveLength(1);
  });

  test.each([
    ["says no", (response: ServerResponse) => response.writeHead(401).end(), "registry-unauthorized"],
    ["gives no token", (response: ServerResponse) => response.end("{}"), "token-answer"],
    [
      "breaks out of the header",
      (response: ServerResponse) => response.end('{"token":"a\\r\\nX: y"}'),
      "token-answer",
    ],
    ["gives a page", (response: ServerResponse) => response.end("<html>"), "not-a-registry"],
    ["nests deeply", (response: ServerResponse) => response.end("[".repeat(1_000)), "token-answer"],
    ["answers in words", (response: ServerResponse) => response.end("please sign in"), "token-answer"],
    [
      "does not know the path",
      (response: ServerResponse) => response.writeHead(404).end(),
      "image-not-found",
    ],
  ])("a token service that %s", async (_, answer, code) => {
    const { opened } = await openWithTokens((_request, response) => void answer(response));
    expect(opened).toMatchObject({ code });
  });

  test.each(["http://auth.example/token", "ftp://127.0.0.1/", "file:///etc/passwd", "nonsense", ""])(
    "no credentials go to the realm %j",
    async (realm) => {
      const registry = await tokenRegistry(realm);
      await expect(openAndClose(`${registry.host}/app:1`)).rejects.toMatchObject({
        code: "token-realm",
        exit: 69,
      });
    },
  );

  test("files and helpers that failed are mentioned when the registry refuses", async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "auth.json"), "{ this is not JSON, and holds a secret");
    writeFileSync(join(directory, "config.json"), JSON.stringify({ credsStore: "not-installed" }));
    const registry = await startServer(
      (_, response) => void response.writeHead(401, { "www-authenticate": "Basic" }).end(),
    );
    const env = {
      REGISTRY_AUTH_FILE: join(directory, "auth.json"),
      DOCKER_CONFIG: directory,
      PATH: directory,
    };
    const error = await openAndClose(`${registry.host}/app:1`, { env }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message: expect.stringMatching(/auth\.json.*docker-credential-not-installed/),
    });
    expect(String(error)).not.toContain("secret");
  });
});

describe("redirects of blobs", () => {
  test("to another host carry no Authorization", async () => {
    const storage = await startServer((_, response) => void response.end(LAYER.blob));
    const service = await startServer(giveToken);
    const registry = await serveImage(IMAGE, (request, response) => {
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        return Boolean(
          response.writeHead(401, { "www-authenticate": `Bearer realm="http://${service.host}/"` }).end(),
        );
      }
      const isLayer = request.url?.endsWith(LAYER.digest) === true;
      return (
        isLayer &&
        Boolean(response.writeHead(307, { location: `http://${storage.host}/blob?signature=x` }).end())
      );
    });
    const opened = await openImage(`${registry.host}/app:1`, { env: {} });
    const bytes = opened.layers[0]?.bytes;
    const chunks: Uint8Array[] = [];
    if (bytes?.kind === "stream") for await (const chunk of await bytes.open()) chunks.push(chunk);
    await opened.close();
    expect(Buffer.concat(chunks).equals(LAYER.blob)).toBe(true);
    expect(storage.requests.map(({ url }) => url)).toEqual(["/blob?signature=x"]);
    expect(storage.requests[0]?.headers.authorization).toBeUndefined();
    expect(registry.requests.at(-1)?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  test("the storage cannot ask for credentials", async () => {
    const storage = await startServer(
      (_, response) => void response.writeHead(401, { "www-authenticate": "Basic" }).end(),
    );
    const registry = await serveImage(IMAGE, (request, response) => {
      return (
        request.url?.includes("/blobs/") === true &&
        Boolean(response.writeHead(307, { location: `http://${storage.host}/` }).end())
      );
    });
    const file = join(temporaryDirectory(), "auth.json");
    writeFileSync(
      file,
      JSON.stringify({ auths: { [registry.host]: { username: "me", password: "secret" } } }),
    );
    const opened = openAndClose(`${registry.host}/app:1`, { env: { REGISTRY_AUTH_FILE: file } });
    await expect(opened).rejects.toMatchObject({ code: "registry-answer" });
    expect(storage.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  test("from HTTPS to HTTP are not followed, even to this machine", async () => {
    const directory = temporaryDirectory();
    makeCertificates(directory);
    const [key, cert] = ["server.key", "server.crt"].map((name) =>
      readFileSync(join(directory, name), "utf8"),
    );
    const inside = await startServer((_, response) => void response.end("internal"));
    const registry = await startServer(
      (_, response) => void response.writeHead(302, { location: `http://${inside.host}/metadata` }).end(),
      { key: key ?? "", cert: cert ?? "" },
    );
    const options = { caFile: join(directory, "certificates", "ca.crt") };
    await expect(openAndClose(`${registry.host}/app:1`, options)).rejects.toMatchObject({
      code: "redirect-refused",
    });
    expect(inside.requests).toEqual([]);
  });
});
