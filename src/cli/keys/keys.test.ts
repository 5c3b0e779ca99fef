import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { readPrivateKey } from "../../attest/keys/private-key.ts";
import { readPublicKey } from "../../attest/keys/public-key.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

const own = () => mkdtempSync(join(folder, "run-"));
const read = (cwd: string, name: string) => readFileSync(join(cwd, name), "utf8");

describe("douane keys generate", () => {
  test.each([
    [[], undefined, "ECDSA P-256"],
    [["--type", "ed25519"], undefined, "Ed25519"],
    [["--type", "p256"], "pass", "ECDSA P-256"],
  ])("%j with the password %j writes a pair", async (argv, password, algorithm) => {
    const cwd = own();
    const env = password === undefined ? {} : { COSIGN_PASSWORD: password };
    const { exit, stdout, stderr } = await douane(["keys", "generate", ...argv], { cwd, env });
    const secret = readPrivateKey(read(cwd, "douane.key"), "k", password);
    expect(secret.algorithm.name).toBe(algorithm);
    expect(secret.id).toBe(readPublicKey(read(cwd, "douane.pub"), "k").id);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: expect.stringContaining(`(key ${secret.id})`) });
    expect(stderr.includes("is not encrypted")).toBe(password === undefined);
    expect(statSync(join(cwd, "douane.key")).mode & 0o777).toBe(0o600);
    expect(stdout + stderr).not.toContain("BEGIN");
  });

  test.each(["atlas.key", "atlas.pub"])("replaces no %s", async (name) => {
    const cwd = own();
    writeFileSync(join(cwd, name), "kept");
    const ended = await douane(["keys", "generate", "--out", "atlas"], { cwd });
    expect(ended).toMatchObject({ exit: 64, stderr: expect.stringContaining(`"${name}" exists already`) });
    expect(readdirSync(cwd)).toEqual([name]);
    expect(read(cwd, name)).toBe("kept");
  });

  test.each<[readonly string[], number, string]>([
    [["--type", "rsa"], 64, "the possible types are p256, ed25519"],
    [["--out", "none/atlas"], 69, "could not be written"],
    [["atlas"], 64, "Too many arguments"],
  ])("%j ends with %i", async (argv, exit, message) => {
    const ended = await douane(["keys", "generate", ...argv], { cwd: own() });
    expect(ended).toMatchObject({ exit, stderr: expect.stringContaining(message) });
  });
});
