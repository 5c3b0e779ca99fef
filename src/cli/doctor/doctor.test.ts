import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";

describe("doctor", () => {
  test("shows what it finds, and never what credentials hold", async () => {
    const home = temporaryDirectory();
    const cwd = join(home, "clone");
    mkdirSync(cwd);
    mkdirSync(join(home, ".docker"));
    mkdirSync(join(home, ".cache", "douane", "layers", "v1"), { recursive: true });
    writeFileSync(join(home, ".docker", "config.json"), '{"auths":{"r.example":{"auth":"aHVudGVyMg=="}}}');
    writeFileSync(join(home, ".cache", "douane", "layers", "v1", "one.json"), Buffer.alloc(3 * 1024 ** 2));
    writeFileSync(join(cwd, "douane.yaml"), "team: portail\n");
    writeFileSync(join(home, "podman"), "", { mode: 0o755 });
    const env = {
      HOME: home,
      PATH: home,
      HTTPS_PROXY: "http://user:hunter2@proxy:3128",
      LANG: "fr_FR.UTF-8",
    };
    const { exit, stdout } = await douane(["doctor"], { env, cwd });
    expect(exit).toBe(0);
    expect(stdout).toContain(`Node : ${process.version}`);
    expect(stdout).toContain(`${join(home, ".cache", "douane")} (entrées : 1, 3 Mio ;`);
    expect(stdout).toContain(join(cwd, "douane.yaml"));
    expect(stdout).toContain(join(home, ".docker", "config.json"));
    expect(stdout).toContain(`podman (podman:) : ${join(home, "podman")}`);
    expect(stdout).toContain("docker (docker-daemon:) : absent du PATH");
    expect(stdout).toContain("proxy : HTTPS_PROXY");
    expect(stdout).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  test("says that a cache in a clone is not used", async () => {
    const cwd = temporaryDirectory();
    const { stdout } = await douane(["doctor"], { env: { HOME: cwd }, cwd });
    expect(stdout).toContain(`${join(cwd, ".cache", "douane")}, not used: it is in a repository`);
  });

  test("does without a home", async () => {
    const { exit, stdout } = await douane(["doctor"]);
    expect(exit).toBe(0);
    expect(stdout).toContain("cache: none (HOME is not set)");
  });
});
