import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serveFolder } from "../../../test/fixtures/data-mirror.ts";
import { publisher, taker } from "../../../test/fixtures/data-publisher.ts";
import { ROOT } from "../../../test/fixtures/imports.ts";

describe("an update that is killed", () => {
  async function begun() {
    const { publish, folder } = publisher();
    await publish(14);
    const mine = taker();
    await mine.update(folder);
    await publish(15);
    const indexes = readdirSync(join(folder, "blobs", "sha256"))
      .map((name) => readFileSync(join(folder, "blobs", "sha256", name), "utf8"))
      .filter((text) => text.startsWith('{"format"'));
    const [delta] = indexes.flatMap((text) => JSON.parse(text).deltas).map(({ sha256 }) => sha256);
    const mirror = await serveFolder(folder);
    const begin = () =>
      spawn(
        process.execPath,
        [
          "--no-warnings",
          join(ROOT, "src/cli/main.ts"),
          "vulns",
          "update",
          mirror.url,
          "--public-key",
          "key.pem",
        ],
        { cwd: mine.cwd, env: { PATH: process.env["PATH"], DOUANE_DATA: mine.data }, stdio: "ignore" },
      );
    return { mine, mirror, begin, path: `/blobs/sha256/${delta}` };
  }

  test("while the delta comes leaves the old data, and the next one takes it", async () => {
    const { mine, mirror, begin, path } = await begun();
    const catalog = readFileSync(join(mine.data, "catalog.json"));
    const child = begin();
    mirror.misbehave = ({ url = "" }) => {
      if (url === path) child.kill("SIGKILL");
      return url === path;
    };
    expect(await once(child, "close")).toEqual([null, "SIGKILL"]);
    expect(readFileSync(join(mine.data, "catalog.json"))).toEqual(catalog);
    expect(mine.leftPad()).toEqual(["GHSA-of-day-14"]);
    mirror.misbehave = () => false;
    expect((await mine.update(mirror.url)).stderr).toBe("");
    expect(mine.leftPad()).toEqual(["GHSA-of-day-15"]);
  });

  test("while the table is made leaves the old data or the new, whole", async () => {
    const { mine, mirror, begin } = await begun();
    const child = begin();
    const watcher = watch(join(mine.data, "tables"), () => child.kill("SIGKILL"));
    await once(child, "close");
    watcher.close();
    expect(["GHSA-of-day-14", "GHSA-of-day-15"]).toContain(mine.leftPad().join());
    expect((await mine.update(mirror.url)).stderr).toBe("");
    expect(mine.leftPad()).toEqual(["GHSA-of-day-15"]);
  });
});
