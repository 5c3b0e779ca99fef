// A server reads images that whoever may create pods names: what a registry says leads it to no private address.

import { describe, expect, test } from "vitest";
import { serveImage, startServer } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";

const IMAGE = withLayer(emptyImage(), layerOf([{ path: "a", content: "a" }]));

async function opened(reference: string, privateHosts: readonly string[]): Promise<unknown> {
  return openAndClose(reference, { privateHosts, networkIdleMs: 2_000 }).then(
    () => "opened",
    (error: unknown) => (error as { code?: string }).code,
  );
}

test("a registry at a private address is read where it is named, and nowhere else", async () => {
  const { host, requests } = await serveImage(IMAGE);
  expect(await opened(`${host}/app:1`, [])).toBe("address-refused");
  const decimal = host.replace("127.0.0.1", "2130706433");
  expect(await opened(`${decimal}/app:1`, ["registry.example"])).toBe("address-refused");
  expect(requests).toEqual([]);
  expect(await opened(`${host}/app:1`, [host])).toBe("opened");
});

describe("a registry that is named does not lead to", () => {
  test.each([
    ["the metadata service", () => "https://169.254.169.254/latest/meta-data/"],
    ["the metadata service as a number", () => "https://2852039166/latest/"],
    ["the metadata service by IPv6", () => "https://[::ffff:169.254.169.254]/latest/"],
    ["the private network", () => "https://10.0.0.1/"],
    ["another port of its host", (other: string) => `http://${other}/`],
    [
      "another port of its host, its address written otherwise",
      (other: string) => `http://${other.replace("127.0.0.1", "127.1")}/`,
    ],
  ])("%s", async (_, addressOf) => {
    const other = await startServer((__, response) => void response.end("{}"));
    const address = addressOf(other.host);
    const redirecting = await serveImage(IMAGE, (request, response) => {
      if (request.url?.includes("/manifests/") !== true) return false;
      return Boolean(response.writeHead(307, { location: address }).end());
    });
    expect(await opened(`${redirecting.host}/app:1`, [redirecting.host])).toBe("address-refused");
    const challenging = await serveImage(IMAGE, (request, response) => {
      if (request.headers.authorization !== undefined) return false;
      const challenge = `Bearer realm="${address}token",service="x"`;
      return Boolean(response.writeHead(401, { "www-authenticate": challenge }).end());
    });
    expect(await opened(`${challenging.host}/app:1`, [challenging.host])).toBe("address-refused");
    expect(other.requests).toEqual([]);
  });
});

test("it leads to another host that is named, too", async () => {
  const storage = await serveImage(IMAGE);
  const { host } = await serveImage(IMAGE, (request, response) => {
    if (request.url?.includes("/blobs/") !== true) return false;
    return Boolean(response.writeHead(307, { location: `http://${storage.host}${request.url}` }).end());
  });
  expect(await opened(`${host}/app:1`, [host, storage.host])).toBe("opened");
  expect(storage.requests.length).toBeGreaterThan(0);
});
