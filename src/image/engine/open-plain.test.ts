import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emptyImage, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { openAndClose } from "../../../test/fixtures/open.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

const IMAGE = withConfig(withLayer(emptyImage(), layerOf([{ path: "a", content: "a" }])), { User: "1000" });

describe("a name without a registry", () => {
  /** Programs of an engine's name: an image is there by the status of `image inspect`. */
  function engines(scripts: Readonly<Record<string, string>>): Record<string, string> {
    const directory = temporaryDirectory();
    for (const [name, script] of Object.entries(scripts)) {
      writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(directory, name), 0o755);
    }
    // The proxy does not exist, so no registry is reachable.
    return { PATH: `${directory}:/usr/bin:/bin`, HTTPS_PROXY: "http://127.0.0.1:1" };
  }

  const NONE = "echo 'Error: No such image: app' >&2; exit 1";

  function holding(archive: string): string {
    return `case "$1" in image) echo sha256:0;; save) cat ${archive};; esac`;
  }

  function archive(): string {
    const directory = temporaryDirectory();
    writeLayout(IMAGE, join(directory, "layout"));
    const file = join(directory, "app.tar");
    execFileSync("skopeo", ["copy", "--quiet", `oci:${directory}/layout`, `docker-archive:${file}:app:1.0`]);
    return file;
  }

  test("is first a local engine's, and that is told", async () => {
    const saved = archive();
    const inPodman = await openAndClose("app:1.0", {
      env: engines({ docker: NONE, podman: holding(saved) }),
    });
    expect(inPodman).toMatchObject({
      source: "app:1.0",
      reference: { given: "app:1.0", transport: "podman", tag: "1.0" },
    });
    expect(inPodman.choice?.en).toContain(
      "the local image of podman is read (podman:…). For that of Docker Hub",
    );
    const both = await openAndClose("app:1.0", {
      env: engines({ docker: holding(saved), podman: holding(saved) }),
    });
    expect(both.reference.transport).toBe("docker-daemon");
    expect(both.choice?.en).toContain("podman has one, too (podman:…)");
  });

  test.each([
    [
      "no engine has it",
      { docker: NONE, podman: "exit 1" },
      "docker: does not have it, podman: does not have it",
    ],
    [
      "a daemon is not there",
      { docker: "echo 'Cannot connect' >&2; exit 1", podman: NONE },
      'docker: "Cannot connect"',
    ],
  ])("is looked for in the registry when %s, and what was tried is told", async (_, scripts, said) => {
    await expect(openAndClose("app:1.0", { env: engines(scripts) })).rejects.toMatchObject({
      exit: 69,
      message: expect.stringMatching(new RegExp(`registry-1.docker.io.*${said}`)),
    });
  });

  test.each(["docker.io/library/app:1.0", "docker://app:1.0", `app@sha256:${"0".repeat(64)}`])(
    "%s asks no engine",
    async (name) => {
      const error = await openAndClose(name, { env: engines({ docker: NONE }) }).catch(String);
      expect(error).not.toContain("engines");
    },
  );
});
