import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Answer, serveImage } from "../../../test/fixtures/fake-registry.ts";
import { emptyImage, manifestOf, withConfig } from "../../../test/fixtures/image/image.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { makeCertificates } from "../../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { readPem } from "../../../test/fixtures/tunnel.ts";

const IMAGE = emptyImage();
const OTHER = withConfig(IMAGE, { User: "1000" });
const { digest } = manifestOf(IMAGE);

/** Environment of a user whose registries.conf leads registry.test to a place, by way of mirrors. */
function leading(location: string, mirrors: readonly string[], more = ""): { readonly HOME: string } {
  const HOME = temporaryDirectory();
  mkdirSync(join(HOME, ".config", "containers"), { recursive: true });
  const conf = [
    `[[registry]]\nprefix = "registry.test"\nlocation = "${location}"\n${more}`,
    ...mirrors.map((mirror) => `[[registry.mirror]]\nlocation = "${mirror}"`),
  ].join("\n");
  writeFileSync(join(HOME, ".config", "containers", "registries.conf"), conf);
  return { HOME };
}

const missing: Answer = (_, response) => Boolean(response.writeHead(404).end());

describe("an image of a registry with mirrors", () => {
  test("is read whole from the first that has it, which is named", async () => {
    const [own, without, mirror] = [
      await serveImage(IMAGE),
      await serveImage(IMAGE, missing),
      await serveImage(OTHER),
    ];
    const env = leading(own.host, [without.host, `${mirror.host}/cache`]);
    const opened = await openAndClose("registry.test/app:1", { env });
    expect(opened.digest).toBe(manifestOf(OTHER).digest);
    expect(opened.reference).toMatchObject({ registry: "registry.test", repository: "app", tag: "1" });
    expect(opened.reference.mirror).toBe(`${mirror.host}/cache/app:1`);
    expect(opened.choice?.en).toBe(
      `read from the mirror "${mirror.host}/cache/app:1" (registries.conf), whose tag may lead to another image than that of the registry`,
    );
    expect(opened.choice?.fr).toContain(`lue du miroir "${mirror.host}/cache/app:1"`);
    expect(own.requests).toEqual([]);
    expect(mirror.requests.every(({ url }) => url?.startsWith("/v2/cache/app/"))).toBe(true);
  });

  test("is the one of its digest: a mirror with another content is passed over", async () => {
    const [own, hostile] = [await serveImage(IMAGE), await serveImage(OTHER)];
    const env = leading(own.host, [hostile.host]);
    const opened = await openAndClose(`registry.test/app@${digest}`, { env });
    expect(opened.digest).toBe(digest);
    expect(opened.choice).toBeUndefined();
  });

  test("by its digest says that the digest was verified", async () => {
    const mirror = await serveImage(IMAGE);
    const env = leading("127.0.0.1:9", [mirror.host]);
    const opened = await openAndClose(`registry.test/app@${digest}`, { env });
    expect(opened.choice?.en).toContain("(registries.conf), its digest verified");
  });

  test("that none has is missing, and the mirrors are named", async () => {
    const [own, mirror] = [await serveImage(IMAGE, missing), await serveImage(IMAGE, missing)];
    const env = leading(own.host, [mirror.host, "127.0.0.1:9"]);
    const error = await openAndClose("registry.test/app:1", { env }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "image-not-found", exit: 69 });
    expect(String(error)).toContain(
      `Mirrors that were tried before, by registries.conf: "${mirror.host}/app:1" (image-not-found), "127.0.0.1:9/app:1" (connection-refused).`,
    );
  });

  test("that is corrupt everywhere is invalid", async () => {
    const [own, mirror] = [await serveImage(OTHER), await serveImage(OTHER)];
    const env = leading(own.host, [mirror.host]);
    await expect(openAndClose(`registry.test/app@${digest}`, { env })).rejects.toMatchObject({
      code: "digest-mismatch",
      exit: 65,
      message: expect.stringContaining("Mirrors that were tried before"),
    });
  });

  test("is not asked of a place that is blocked", async () => {
    const own = await serveImage(IMAGE);
    const env = leading(own.host, ["127.0.0.1:9"], "blocked = true");
    await expect(openAndClose("registry.test/app:1", { env })).rejects.toMatchObject({
      code: "registry-blocked",
    });
    expect(own.requests).toEqual([]);
  });

  test("an abort ends the search, with its reason", async () => {
    const mirror = await serveImage(IMAGE, () => true);
    const own = await serveImage(IMAGE);
    const controller = new AbortController();
    const reason = new Error("the user pressed Ctrl-C");
    setTimeout(() => controller.abort(reason), 100);
    const options = { env: leading(own.host, [mirror.host]), signal: controller.signal };
    await expect(openAndClose("registry.test/app:1", options)).rejects.toBe(reason);
    expect(own.requests).toEqual([]);
  });

  test("a defect of a reader is not hidden by a mirror", async () => {
    const own = await serveImage(IMAGE);
    const options = { env: leading(own.host, [own.host]), signal: AbortSignal.abort(new Error("over")) };
    await expect(openAndClose("registry.test/app:1", options)).rejects.toThrow("over");
  });
});

test("insecure = true allows a certificate that does not verify", async () => {
  const directory = temporaryDirectory();
  makeCertificates(directory);
  const { host } = await serveImage(IMAGE, () => false, readPem(directory, "server"));
  const opened = await openAndClose("registry.test/app:1", { env: leading(host, [], "insecure = true") });
  expect(opened.digest).toBe(digest);
  await expect(openAndClose("registry.test/app:1", { env: leading(host, []) })).rejects.toMatchObject({
    code: "tls-untrusted",
  });
});
