import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { startServer } from "../../../test/fixtures/fake-registry.ts";
import { makeCertificates } from "../../../test/fixtures/registry.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { allowed } from "../../server/admission/response.ts";
import { MemoryStore } from "../../server/examine/memory-store.ts";
import type { GraceStore } from "../../server/grace-store.ts";
import { face } from "../../server/http/routes.ts";
import { releaseApi } from "../../server/release/release-api.ts";

const DIGEST = `sha256:${"a".repeat(64)}` as const;
const NOW = Date.parse("2026-06-15T12:00:00Z");
const PLACE = ["--namespace", "shop", "--token-file", "token", "--ca-file", "certificates/ca.crt"];
const WHY = ["--until", "8h", "--reason", "the registry is down"];

/** Grace periods of the namespace `graced`. */
const GRACE: GraceStore = {
  gracePeriod: async () => undefined,
  async gracePeriods(namespace) {
    if (namespace !== "graced") return [];
    const one = { row: "sbom", kind: "critical", began: "2026-06-14T20:00:00.000Z" } as const;
    const until = "2026-06-21T20:00:00.000Z";
    const findings = [
      { ...one, fingerprint: "a", about: "CVE-2026-1", until },
      { ...one, fingerprint: "b", about: "CVE-2026-2\u001b[31m", until },
    ];
    return [{ namespace, subject: DIGEST, until, workloads: ["Deployment/web"], findings }];
  },
  endsByHour: async () => new Map(),
  keepGracePeriod: async () => {},
};

/** A server whose only user is alice, by the token `a`, and a folder with that token and the server's authority. */
async function served() {
  const cwd = temporaryDirectory();
  makeCertificates(cwd);
  const [key = "", cert = ""] = ["server.key", "server.crt"].map((name) =>
    readFileSync(join(cwd, name), "utf8"),
  );
  writeFileSync(join(cwd, "token"), "a\n");
  const log = () => {};
  const releases = releaseApi(["oncall"], {
    store: Object.assign(new MemoryStore(() => {}), { grace: GRACE }),
    userOf: async (token) => (token === "a" ? { user: "alice", groups: ["oncall"] } : undefined),
    now: () => NOW,
    log,
  });
  const answer = face(
    {
      validate: async () => allowed("u"),
      mutate: async () => allowed("u"),
      unready: async () => [],
      releases,
      checks: { check: async () => [404, {}] },
    },
    { now: () => NOW, log, isDraining: () => false },
  );
  const { host } = await startServer((request, response) => void answer(request, response), { key, cert });
  const release = (...argv: readonly string[]) =>
    douane(["release", "--server", `https://${host}`, ...PLACE, ...argv], { cwd, now: () => new Date(NOW) });
  return { cwd, host, release };
}

test("makes a release, and lists it", async () => {
  const { release } = await served();
  const line = `${DIGEST} may enter shop until 2026-06-15T20:00:00.000Z: "the registry is down" (alice)\n`;
  expect(await release(`registry.example/web:1@${DIGEST}`, ...WHY)).toMatchObject({ exit: 0, stdout: line });
  expect(await release("--list")).toMatchObject({ exit: 0, stdout: line });
  expect(await release("--list", "--namespace", "other")).toMatchObject({ exit: 0, stdout: "" });
});

test("lists the grace periods of a namespace, too", async () => {
  const { release } = await served();
  const { exit, stdout } = await release("--list", "--namespace", "graced");
  expect(exit).toBe(0);
  expect(stdout).toMatch(
    /^grace period: Deployment\/web \(graced\) restarts until 2026-06-21T20:00:00.000Z, and is refused afterwards: CVE-2026-1, CVE-2026-2/,
  );
  expect(stdout).not.toContain("\u001b");
});

describe("is refused", () => {
  test.each<[string, readonly string[], number, string]>([
    ["without a digest", WHY, 64, "name one image by its digest"],
    ["with two", [DIGEST, DIGEST, ...WHY], 64, "name one image by its digest"],
    [
      "with a tag, by the server",
      ["registry.example/web:1", ...WHY],
      64,
      "write the digest by which the pod names",
    ],
    ["without an end", [DIGEST, "--reason", "r"], 64, "--until is missing"],
    ["without a reason", [DIGEST, "--until", "8h"], 64, "--reason is missing"],
    [
      "beyond seven days, by the server",
      [DIGEST, "--until", "169h", "--reason", "r"],
      64,
      "within the next 7 days",
    ],
    ["with a digest for a list", ["--list", DIGEST], 64, "name no digest"],
    ["without encryption", ["--server", "http://127.0.0.1", DIGEST, ...WHY], 64, "write the HTTPS address"],
    [
      "with a file for a token that is none",
      ["--token-file", "empty", DIGEST, ...WHY],
      64,
      "this is not a token",
    ],
    [
      "with a token that is nobody's",
      ["--token-file", "other", DIGEST, ...WHY],
      64,
      "present a token that the API server accepts",
    ],
    ["where no server is", ["--server", "https://127.0.0.1:1", DIGEST, ...WHY], 69, "127.0.0.1:1"],
  ])("%s", async (_, argv, exit, message) => {
    const { cwd, release } = await served();
    writeFileSync(join(cwd, "empty"), "\n");
    writeFileSync(join(cwd, "other"), "b");
    expect(await release(...argv)).toMatchObject({
      exit,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  });

  test.each(["<html>", "{}", '{"releases":[{}]}', '{"releases":[],"gracePeriods":[{}]}', '{"message":"x"}'])(
    "where another server answers %s",
    async (body) => {
      const { cwd, release } = await served();
      const [key = "", cert = ""] = ["server.key", "server.crt"].map((name) =>
        readFileSync(join(cwd, name), "utf8"),
      );
      const { host } = await startServer((_, response) => void response.end(body), { key, cert });
      const ended = await release("--list", "--server", `https://${host}`);
      expect(ended).toMatchObject({
        exit: 65,
        stderr: expect.stringContaining("not that of a douane server"),
      });
    },
  );
});
