import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseCandidates } from "../../src/assess/images/base-candidates.ts";
import { BaseVerifier } from "../../src/assess/images/base-verifier.ts";
import { imageOpener, type OpenOptions, openImage } from "../../src/image/open.ts";
import type { OpenImage } from "../../src/image/source/open-image.ts";
import { baseNames } from "../../src/policy/bases.ts";
import { recordedAssessment } from "../fixtures/assessment.ts";
import { emptyImage, type ImageValue, manifestOf, withConfig, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";

/** Hardly compressible, so that its blob takes many packets. */
const SERVER = Array.from({ length: 20_000 }, (_, number) =>
  createHash("md5").update(String(number)).digest("hex"),
).join("");
const BASE = layerOf([{ path: "etc/passwd", content: "root:x:0:0::/:/bin/sh\n" }]);
const APP = layerOf([{ path: "app/server", mode: 0o755, content: SERVER }]);
const USER = { name: "team", password: "s3cret:with:colons" };

function image(platform = "linux/amd64"): ImageValue {
  return withConfig(withLayer(withLayer(emptyImage(platform), BASE), APP), { User: "1000" });
}

const directory = mkdtempSync(join(tmpdir(), "douane-e2e-"));
const layout = join(directory, "layout");
const multi = join(directory, "multi");
const index = writeLayout([image("linux/amd64"), image("linux/arm64")], multi);
writeLayout(image(), layout);

let plain: TestRegistry;
let secure: TestRegistry;
let closed: TestRegistry;

function push(from: string, to: string, ...flags: readonly string[]): void {
  execFileSync("skopeo", ["copy", "--quiet", ...flags, from, `docker://${to}`], { stdio: "pipe" });
}

function buildah(...argv: readonly string[]): string {
  const storage = join(directory, "buildah");
  const folders = ["--root", join(storage, "graph"), "--runroot", join(storage, "run")];
  const flags = [...folders, "--storage-driver", "vfs", ...argv];
  return execFileSync("buildah", flags, { encoding: "utf8", stdio: "pipe" }).trim();
}

beforeAll(async () => {
  [plain, secure, closed] = await Promise.all([
    startRegistry(),
    startRegistry({ tls: true }),
    startRegistry({ tls: true, user: USER }),
  ]);
  push(`oci:${layout}`, `${plain.host}/team/app:1.0.0`, "--dest-tls-verify=false");
  push(`oci:${layout}`, `${plain.host}/team/app:docker`, "--dest-tls-verify=false", "--format=v2s2");
  push(`oci:${multi}`, `${plain.host}/team/multi:1.0.0`, "--dest-tls-verify=false", "--all");
  push(`oci:${layout}`, `${secure.host}/app:1.0.0`, `--dest-cert-dir=${secure.certificates}`);
  const creds = `--dest-creds=${USER.name}:${USER.password}`;
  push(`oci:${layout}`, `${closed.host}/team/app:1.0.0`, `--dest-cert-dir=${closed.certificates}`, creds);
});

afterAll(async () => {
  await Promise.all([plain, secure, closed].map((registry) => registry.stop()));
  rmSync(directory, { recursive: true });
});

async function open(source: string, options: Partial<OpenOptions> = {}): Promise<OpenImage> {
  const opened = await openImage(source, { env: {}, ...options });
  await opened.close();
  return opened;
}

describe("a registry of plain HTTP on this machine", () => {
  test("gives the image as it was pushed", async () => {
    const source = `${plain.host}/team/app:1.0.0`;
    expect(await open(source)).toMatchObject({
      reference: {
        given: source,
        transport: "registry",
        registry: plain.host,
        repository: "team/app",
        tag: "1.0.0",
      },
      digest: manifestOf(image()).digest,
      platform: "linux/amd64",
      config: { config: { User: "1000" } },
      layers: [
        { digest: BASE.digest, diffId: BASE.diffId, bytes: { kind: "stream" } },
        { digest: APP.digest, diffId: APP.diffId },
      ],
    });
  });

  test("gives its layers, several at once", async () => {
    const opened = await openImage(`${plain.host}/team/app:1.0.0`, { env: {} });
    const digests = await Promise.all(
      opened.layers.map(async ({ bytes }) => {
        const hash = createHash("sha256");
        if (bytes.kind === "stream") for await (const chunk of await bytes.open()) hash.update(chunk);
        return `sha256:${hash.digest("hex")}`;
      }),
    );
    await opened.close();
    expect(digests).toEqual([BASE.digest, APP.digest]);
  });

  test("gives an image in Docker's format", async () => {
    const opened = await open(`${plain.host}/team/app:docker`);
    expect(opened.layers[0]?.mediaType).toBe("application/vnd.docker.image.rootfs.diff.tar.gzip");
  });

  test("gives an image that buildah made and pushed", async () => {
    const container = buildah("from", "scratch");
    buildah("copy", container, join(layout, "index.json"), "/app/index.json");
    buildah("config", "--user", "1000", "--label", "team=portail", container);
    buildah("commit", "--quiet", container, "localhost/app");
    buildah(
      "push",
      "--quiet",
      "--tls-verify=false",
      "localhost/app",
      `docker://${plain.host}/team/buildah:1.0.0`,
    );
    expect(await open(`${plain.host}/team/buildah:1.0.0`)).toMatchObject({
      config: { config: { User: "1000", Labels: { team: "portail" } } },
      layers: [{ bytes: { kind: "stream" } }],
    });
  });

  test("confirms the base that buildah names in what it builds upon it, where the policy names it, too", async () => {
    const push = (from: string, to: string) =>
      buildah("push", "--quiet", "--tls-verify=false", from, `docker://${to}`);
    const base = buildah("from", "scratch");
    buildah("copy", base, join(layout, "oci-layout"), "/opt/socle/layout");
    buildah("commit", "--quiet", base, "localhost/socle");
    push("localhost/socle", `${plain.host}/socle/java:21`);
    const container = buildah("from", "--pull-always", "--tls-verify=false", `${plain.host}/socle/java:21`);
    buildah("copy", container, join(layout, "index.json"), "/app/index.json");
    buildah("commit", "--quiet", container, "localhost/on-socle");
    push("localhost/on-socle", `${plain.host}/team/on-socle:1.0.0`);
    const opened = await open(`${plain.host}/team/on-socle:1.0.0`);
    const named = baseNames([`${plain.host}/socle/*`]);
    const { digest } = await open(`${plain.host}/socle/java:21`);
    const reference = `${plain.host}/socle/java@${digest}`;
    expect([baseCandidates(opened, named), baseCandidates(opened, baseNames())]).toEqual([[reference], []]);
    const opener = imageOpener({ env: {} });
    const bases = new BaseVerifier(recordedAssessment().assessment, opener);
    expect(await bases.baseOf(opened, [reference])).toEqual({ reference, layers: 1 });
    await opener.close();
  });

  test("gives one platform of several, by tag and by the index's digest", async () => {
    for (const name of [":1.0.0", `@${index.digest}`]) {
      const opened = await open(`${plain.host}/team/multi${name}`, { platform: "linux/arm64" });
      expect(opened).toMatchObject({
        digest: manifestOf(image("linux/arm64")).digest,
        indexDigest: index.digest,
      });
    }
  });

  test.each([
    ["a tag", "team/app:2.0.0", "MANIFEST_UNKNOWN"],
    ["latest, when no tag was given", "team/app", "MANIFEST_UNKNOWN"],
    ["a repository", "team/nothing:1.0.0", "_UNKNOWN"],
    ["a digest", `team/app@sha256:${"0".repeat(64)}`, "MANIFEST_UNKNOWN"],
  ])("says that it does not know %s", async (_, name, said) => {
    const error = await open(`${plain.host}/${name}`).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "image-not-found",
      exit: 69,
      message: expect.stringContaining(said),
    });
    expect(error).toMatchObject({ message: expect.stringContaining(name) });
  });
});

describe("a registry with a certificate of its own authority", () => {
  test("is not trusted, and the remedy is named", async () => {
    await expect(open(`${secure.host}/app:1.0.0`)).rejects.toMatchObject({
      code: "tls-untrusted",
      exit: 69,
      message: expect.stringMatching(/--ca-file FILE.*--insecure-registry HOST/),
    });
  });

  test.each([
    ["--ca-file", (file: string) => ({ caFile: file })],
    ["SSL_CERT_FILE", (file: string) => ({ env: { SSL_CERT_FILE: file } })],
    ["--insecure-registry", () => ({ insecureRegistries: [secure.host] })],
    ["--insecure-registry without a port", () => ({ insecureRegistries: ["127.0.0.1"] })],
  ])("is read with %s", async (_, options) => {
    const opened = await open(`${secure.host}/app:1.0.0`, options(join(secure.certificates, "ca.crt")));
    expect(opened.digest).toBe(manifestOf(image()).digest);
  });

  test.each(["/no/such/file.pem", import.meta.filename])("%s is no file of authorities", async (caFile) => {
    await expect(open(`${secure.host}/app:1.0.0`, { caFile })).rejects.toMatchObject({
      code: "ca-file-invalid",
      exit: 64,
    });
  });
});

describe("a registry that wants a password", () => {
  const auth = Buffer.from(`${USER.name}:${USER.password}`).toString("base64");

  async function openWith(env: Record<string, string>): Promise<string | undefined> {
    const caFile = join(closed.certificates, "ca.crt");
    return (await open(`${closed.host}/team/app:1.0.0`, { caFile, env })).digest;
  }

  function write(path: string, value: unknown): string {
    const file = join(mkdtempSync(join(directory, "home-")), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(value));
    return file;
  }

  test("refuses without one, and says how to log in", async () => {
    await expect(openWith({})).rejects.toMatchObject({
      code: "registry-unauthorized",
      exit: 69,
      message: expect.stringContaining(`docker login ${closed.host}`),
    });
  });

  test("refuses a wrong one after a single retry", async () => {
    const wrong = { auths: { [closed.host]: { username: "team", password: "wrong" } } };
    await expect(openWith({ REGISTRY_AUTH_FILE: write("auth.json", wrong) })).rejects.toMatchObject({
      code: "registry-unauthorized",
      message: expect.stringContaining("credentials stored"),
    });
  });

  test.each([
    ["DOCKER_CONFIG", "config.json", () => closed.host, (file: string) => dirname(file)],
    ["REGISTRY_AUTH_FILE", "auth.json", () => `${closed.host}/team`, (file: string) => file],
    ["REGISTRY_AUTH_FILE", "auth.json", () => `https://${closed.host}/v1/`, (file: string) => file],
    ["XDG_RUNTIME_DIR", "containers/auth.json", () => closed.host, (file: string) => dirname(dirname(file))],
    ["HOME", ".docker/config.json", () => closed.host, (file: string) => dirname(dirname(file))],
  ])("takes it from %s (%s)", async (name, path, key, value) => {
    const file = write(path, { auths: { [key()]: { auth } } });
    expect(await openWith({ [name]: value(file) })).toBe(manifestOf(image()).digest);
  });

  test("takes it from a credential helper", async () => {
    const file = write("config.json", { credHelpers: { [closed.host]: "test" } });
    const helper = join(dirname(file), "docker-credential-test");
    const answer = JSON.stringify({ Username: USER.name, Secret: USER.password });
    writeFileSync(
      helper,
      `#!/bin/sh\nread server\n[ "$1 $server" = "get ${closed.host}" ] && echo '${answer}'\n`,
    );
    chmodSync(helper, 0o755);
    const env = { DOCKER_CONFIG: dirname(file), PATH: `${dirname(file)}:/usr/bin:/bin` };
    expect(await openWith(env)).toBe(manifestOf(image()).digest);
  });
});
