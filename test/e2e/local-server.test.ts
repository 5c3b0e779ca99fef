// The local start of `douane serve` that README and LISEZMOI show, word for word but for the port, as root and as
// another user.

import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { ROOT } from "../fixtures/imports.ts";
import { shellBlocks } from "../fixtures/shell-blocks.ts";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";

const NOBODY = 65_534;
let server: ChildProcess | undefined;

afterEach(async () => {
  if (server === undefined) return;
  const ended = once(server, "close");
  server.kill("SIGTERM");
  await ended;
  server = undefined;
});

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  await promisify((done: () => void) => taken.close(done))();
  return port;
}

const CASES = ["README.md", "LISEZMOI.md"].flatMap((page) => [
  { page, uid: undefined },
  ...(process.getuid?.() === 0 ? [{ page, uid: NOBODY }] : []),
]);

test.each(CASES)("$page, as user $uid", async ({ page, uid }) => {
  const blocks = shellBlocks(readFileSync(join(ROOT, page), "utf8"));
  const serve = blocks.find((block) => block.startsWith("douane serve")) ?? "";
  const ask = blocks.find((block) => block.startsWith("curl")) ?? "";
  const cwd = temporaryDirectory();
  chmodSync(cwd, 0o777);
  symlinkSync(join(ROOT, "examples"), join(cwd, "examples"));
  const command = `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, "bin", "douane.cjs")}' "$@"\n`;
  writeFileSync(join(cwd, "douane"), command, { mode: 0o755 });
  const port = `${await freePort()}`;
  const options = {
    cwd,
    env: { PATH: `${cwd}:${process.env["PATH"]}`, HOME: cwd, LC_ALL: "C" },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  };
  let said = "";
  server = spawn("sh", ["-c", `exec ${serve.replace("8443", port)}`], options);
  server.stdout?.on("data", (data) => (said += data));
  server.stderr?.on("data", (data) => (said += data));
  await expect.poll(() => said, { timeout: DEADLINE_MS }).toContain('"listening"');
  const { stdout } = await promisify(execFile)("sh", ["-c", ask.replace("8443", port)], options);
  const { response } = JSON.parse(stdout);
  expect(response.allowed).toBe(false);
  expect(response.status.message).toContain("1.1 no-host-access");
  const owner = execFileSync("stat", ["-c", "%u", join(cwd, "douane-tls", "authority.json")], {
    encoding: "utf8",
  });
  expect(Number(owner)).toBe(uid ?? process.getuid?.());
});
