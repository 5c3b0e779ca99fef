import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configOf, emptyImage, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { LAYER } from "../../../test/fixtures/layout-documents.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { openImage } from "../open.ts";

const IMAGE = withConfig(withLayer(emptyImage(), LAYER), { User: "1000" });

/** Our temporary files; there must be none, even while the image is open. */
function spools(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => /^douane-[0-9a-f]{8}-/.test(name));
}

describe("podman", () => {
  /** A storage of its own, with one image made by `podman import`, and the environment that names it. */
  function storage(): Record<string, string> {
    const directory = temporaryDirectory();
    const conf = join(directory, "storage.conf");
    writeFileSync(
      conf,
      `[storage]\ndriver = "vfs"\ngraphroot = "${directory}/graph"\nrunroot = "${directory}/run"\n`,
    );
    writeFileSync(join(directory, "rootfs.tar"), LAYER.tar);
    const env = { CONTAINERS_STORAGE_CONF: conf, PATH: process.env["PATH"] ?? "", HOME: directory };
    const argv = [
      "import",
      "--quiet",
      "--change",
      "USER=1000",
      join(directory, "rootfs.tar"),
      "localhost/app:1.0",
    ];
    execFileSync("podman", argv, { env, stdio: "pipe" });
    return env;
  }

  test("gives its images, under podman's own id", async () => {
    const env = storage();
    const id = execFileSync("podman", ["image", "inspect", "--format", "{{.Id}}", "localhost/app:1.0"], {
      env,
      stdio: "pipe",
    });
    const opened = await openImage("podman:localhost/app:1.0", { env });
    expect(spools()).toEqual([]);
    expect(opened).toMatchObject({
      reference: { given: "podman:localhost/app:1.0", transport: "podman", tag: "1.0" },
      imageId: `sha256:${id.toString().trim()}`,
      config: { config: { User: "1000" } },
      layers: [{ diffId: LAYER.diffId, bytes: { kind: "file" } }],
    });
    await opened.close();
    const byId = await openAndClose(`podman:${id.toString().trim()}`, { env });
    expect(byId.imageId).toBe(opened.imageId);
    expect(byId.reference.tag).toBeUndefined();
  });

  test("says which image it does not have", async () => {
    await expect(openAndClose("podman:localhost/nothing:1", { env: storage() })).rejects.toMatchObject({
      code: "engine-failed",
      exit: 69,
      message: expect.stringMatching(/podman save .*localhost\/nothing:1.*(?:not known|no such image)/i),
    });
  });
});

// A fake `docker` client stands in for a daemon, and outputs an archive of a real tool.
describe("docker-daemon", () => {
  function docker(script: string): Record<string, string> {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "docker"), `#!/bin/sh\necho "$*" > ${directory}/argv\n${script}\n`);
    chmodSync(join(directory, "docker"), 0o755);
    return { PATH: `${directory}:/usr/bin:/bin`, DIRECTORY: directory };
  }

  function savedBySkopeo(): string {
    const directory = temporaryDirectory();
    writeLayout(IMAGE, join(directory, "layout"));
    const archive = join(directory, "app.tar");
    execFileSync("skopeo", [
      "copy",
      "--quiet",
      `oci:${directory}/layout`,
      `docker-archive:${archive}:team/app:1.0`,
    ]);
    return archive;
  }

  test.each([
    ["as it is", "cat"],
    ["compressed", "gzip -c"],
  ])("the image is what `docker save` gives, %s", async (_, command) => {
    const env = docker(`${command} ${savedBySkopeo()}`);
    const opened = await openAndClose("docker-daemon:team/app:1.0", { env });
    expect(opened).toMatchObject({
      reference: { transport: "docker-daemon", tag: "1.0" },
      imageId: configOf(IMAGE).digest,
    });
    expect(readFileSync(join(env["DIRECTORY"] ?? "", "argv"), "utf8")).toBe("save team/app:1.0\n");
  });

  test.each([
    [
      "fails",
      "echo 'a warning' >&2; echo 'Cannot connect to the Docker daemon' >&2; exit 1",
      "engine-failed",
      "Cannot connect",
    ],
    ["fails in the middle", "head -c 100000 /dev/zero; exit 1", "engine-failed", "docker save app"],
    ["is killed", "kill -9 $$", "engine-failed", "`docker save app` was ended by SIGKILL"],
    [
      "is killed in the middle of its last words",
      "head -c 100000 /dev/zero; echo 'out of memory' >&2; kill -15 $$",
      "engine-failed",
      '`docker save app` was ended by SIGTERM: "out of memory"',
    ],
    [
      "says nothing",
      "head -c 100000 /dev/zero; exit 125",
      "engine-failed",
      "`docker save app` ended with status 125, without a word",
    ],
    ["gives nothing", "exit 0", "not-an-archive", "docker-daemon:app"],
    ["colours its complaint", "printf '\\033[31mred' >&2; exit 1", "engine-failed", "\\u001b[31mred"],
  ])("a client that %s", async (_, script, code, says) => {
    const before = spools();
    await expect(openAndClose("docker-daemon:app", { env: docker(script) })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(says),
    });
    expect(spools()).toEqual(before);
  });

  test("that is not installed is named", async () => {
    await expect(
      openAndClose("docker-daemon:app", { env: { PATH: temporaryDirectory() } }),
    ).rejects.toMatchObject({
      code: "engine-missing",
      exit: 69,
    });
  });

  test("an abort ends the client, too", async () => {
    const env = docker(`echo $$ > "$DIRECTORY/pid"; exec sleep 60`);
    const pidFile = join(env["DIRECTORY"] ?? "", "pid");
    const reason = new Error("the user pressed Ctrl-C");
    const controller = new AbortController();
    const opening = openAndClose("docker-daemon:app", { env, signal: controller.signal }).catch(
      (error: unknown) => error,
    );
    while (!existsSync(pidFile) || readFileSync(pidFile, "utf8") === "")
      await new Promise((done) => setTimeout(done, 10));
    controller.abort(reason);
    expect(await opening).toBe(reason);
    const pid = Number(readFileSync(pidFile, "utf8"));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  function isRunning(pid: number): boolean {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  }
});
