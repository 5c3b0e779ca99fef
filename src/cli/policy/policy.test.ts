import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type ArtifactRegistry, startArtifactRegistry } from "../../../test/fixtures/artifact-registry.ts";
import {
  NOTARY,
  POLICY,
  PROVENANCE,
  provenance,
  SCANNER,
  SOURCE,
  scan,
  testKey,
} from "../../../test/fixtures/attested.ts";
import { attestedImage } from "../../../test/fixtures/attested-image.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { formatEnvelope } from "../../attest/dsse/envelope.ts";
import { signEnvelope } from "../../attest/dsse/sign-envelope.ts";
import { TEST_RESULT_TYPE } from "../../attest/predicates/scan-result.ts";
import { POLICY_ARTIFACT, POLICY_PAYLOAD } from "../../attest/signed-policy/policy-document.ts";
import { sha256 } from "../../contract/digest.ts";

const PLATFORM = testKey();
const OTHER = testKey();
const NOW = new Date("2026-06-15T12:00:00Z");

/** Signers of the fixtures' policy, the notary's key as a file. */
function signersWith(file: string) {
  return POLICY.signers.map((one) => (one.id === "notary" ? { id: "notary", keys: [{ file }] } : one));
}

/** A folder of a user, outside of what is judged. */
function home(): string {
  const folder = mkdtempSync(join(tmpdir(), "douane-home-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A registry, and a folder with the platform's keys and policy, whose signer's key is a file. */
async function platform(registry?: ArtifactRegistry) {
  const cwd = mkdtempSync(join(tmpdir(), "douane-policy-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const write = (name: string, value: unknown) =>
    writeFileSync(join(cwd, name), typeof value === "string" ? value : JSON.stringify(value));
  write("platform.key", PLATFORM.secretPem);
  write("platform.pub", PLATFORM.pem);
  write("other.key", OTHER.secretPem);
  write("other.pub", OTHER.pem);
  write("notary.pub", testKey().pem);
  const signers = signersWith("notary.pub");
  write("policy.yaml", { enforceFuture: true, attestations: { ...POLICY, signers } });
  const server = registry ?? (await startArtifactRegistry());
  const ref = (name: string) => `oci://${server.host}/platform/policy:${name}`;
  const run = (argv: readonly string[], changes: Parameters<typeof douane>[1] = {}) =>
    douane(argv, { cwd, now: () => NOW, ...changes });
  const push = (serial: number, ...argv: readonly string[]) =>
    run([
      "policy",
      "push",
      "policy.yaml",
      ref("prod"),
      "--key",
      "platform.key",
      "--serial",
      `${serial}`,
      "--valid-until",
      "2026-12-31",
      ...argv,
    ]);
  const pull = (argv: readonly string[] = [], changes: Parameters<typeof douane>[1] = {}) =>
    run(["policy", "pull", ref("prod"), "--policy-key", "platform.pub", ...argv], changes);
  return { cwd, server, ref, run, push, pull, write };
}

/** The only record of a policy in a state folder. */
function record(state: string) {
  const folder = join(state, "douane", "policies");
  const [name = ""] = readdirSync(folder);
  const file = join(folder, name);
  return {
    read: (): unknown => JSON.parse(readFileSync(file, "utf8")),
    write: (value: object) => writeFileSync(file, JSON.stringify(value)),
  };
}

/** Puts an artifact under a tag. */
function put(
  { manifests, blobs }: ArtifactRegistry,
  tag: string,
  content: string,
  fields: object = {},
): void {
  const blob = Buffer.from(content);
  blobs.set(sha256(blob), blob);
  const layer = {
    mediaType: "application/vnd.dsse.envelope.v1+json",
    digest: sha256(blob),
    size: blob.length,
  };
  const manifest = { schemaVersion: 2, artifactType: POLICY_ARTIFACT, layers: [layer], ...fields };
  manifests.set(tag, Buffer.from(JSON.stringify(manifest)));
}

const DOCUMENT = { name: "prod", serial: 7, validUntil: "2026-12-31T23:59:59.999Z", policy: {} };
const signed = (document: object, type = POLICY_PAYLOAD, { secret } = PLATFORM) =>
  formatEnvelope(signEnvelope(type, Buffer.from(JSON.stringify(document)), secret));

test("a policy is published with the keys whose files it names, and pulled as a file that check takes", async () => {
  const { cwd, push, pull, run } = await platform();
  const pushed = await push(7);
  expect(pushed).toMatchObject({ exit: 0, stderr: "" });
  expect(pushed.stdout).toMatch(
    /\/platform\/policy:prod@sha256:[0-9a-f]{64}: policy 7, valid until 2026-12-31 \(key /,
  );
  expect(await pull(["--policy-serial", "7", "--out", "pulled.yaml"])).toEqual({
    exit: 0,
    stdout: "",
    stderr: "",
  });
  const text = readFileSync(join(cwd, "pulled.yaml"), "utf8");
  expect(text).toContain("BEGIN PUBLIC KEY");
  expect(text).not.toContain("notary.pub");
  const again = await run([
    "policy",
    "push",
    "pulled.yaml",
    "oci://x/y:z",
    "--serial",
    "1",
    "--valid-until",
    "2026-12-31",
  ]);
  // The file is a whole policy: what is missing is the key alone.
  expect(again).toMatchObject({ exit: 64, stderr: expect.stringContaining("a key is needed") });
});

describe("check and verify judge by a policy of a registry", () => {
  test("and by what it says", async () => {
    const image = await attestedImage();
    const { cwd, ref, push, write, run } = await platform(image.registry);
    write("policy.yaml", {
      attestations: { ...POLICY, rows: { provenance: { mode: "warn" }, scans: { mode: "warn" } } },
    });
    await push(1);
    const argv = ["--policy", ref("prod"), "--policy-key", "platform.pub", "--policy-serial", "1"];
    expect(await run(["verify", image.target, ...argv])).toMatchObject({ exit: 0, stderr: "" });
    write("policy.yaml", { attestations: POLICY });
    await push(2);
    expect(await run(["verify", image.target, ...argv])).toMatchObject({ exit: 1, stderr: "" });
    const checked = await run(["check", image.target, "--no-cache", ...argv]);
    expect(checked).toMatchObject({ exit: 1, stderr: "" });
    expect(existsSync(join(cwd, ".local"))).toBe(false);
  });

  test.each([
    ["without a key", [], 64, "policy-key"],
    ["with a key of somebody else", ["--policy-key", "other.pub"], 65, "by a key that --policy-key names"],
    ["with a private key", ["--policy-key", "platform.key"], 64, "a private key"],
    ["with a key that is not there", ["--policy-key", "none.pub"], 64, "none.pub"],
    [
      "below the pinned serial",
      ["--policy-key", "platform.pub", "--policy-serial", "8"],
      65,
      "below the minimum asked for, 8",
    ],
    ["with a serial that is none", ["--policy-serial", "x"], 64, "whole number"],
  ])("%s: refused", async (_, argv, exit, said) => {
    const { ref, push, run } = await platform();
    await push(7);
    for (const command of ["check", "verify"]) {
      const ended = await run([command, "oci:nowhere", "--policy", ref("prod"), ...argv]);
      expect(ended).toMatchObject({ exit, stderr: expect.stringContaining(said) });
    }
  });

  test("as by the same content in a file, and by nothing of the file of an environment variable", async () => {
    const image = await attestedImage();
    await image.attach(PROVENANCE, provenance());
    await image.attach(TEST_RESULT_TYPE, scan("sast"), SCANNER);
    await image.attach(TEST_RESULT_TYPE, scan("dast"), SCANNER);
    const { ref, push, write, run } = await platform(image.registry);
    write("notary.pub", NOTARY.pem);
    const applications = [{ source: SOURCE, repositories: [image.target.replace(/@.*/, "")] }];
    const section = { ...POLICY, applications, signers: signersWith("notary.pub") };
    const revokedKeys = [{ id: NOTARY.id, from: "2026-01-01", reason: "stolen" }];
    const published = [ref("prod"), "--policy-key", "platform.pub", "--policy-serial", "1"];
    const verify = async (policy: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const { exit, stdout, stderr } = await run(
        ["verify", image.target, "--format", "json", "--policy", ...policy],
        { env },
      );
      return { exit, stderr, report: JSON.parse(stdout) as object };
    };
    // The file lies where the published policy was written, so that both have the same keys.
    write("policy.yaml", { attestations: section });
    await push(1);
    write("lax.yaml", {
      attestations: { ...section, rows: { provenance: { mode: "warn" }, scans: { mode: "warn" } } },
    });
    const local = await verify(["policy.yaml"]);
    expect(local).toMatchObject({ exit: 0, stderr: "" });
    expect(await verify(published)).toEqual(local);
    write("policy.yaml", { attestations: { ...section, revokedKeys } });
    const refused = await verify(["policy.yaml"]);
    expect(refused).toMatchObject({ exit: 1, stderr: "" });
    // Neither the revocation of the file nor the laxity of another one changes what the published policy says.
    expect(await verify(published, { DOUANE_POLICY: "lax.yaml" })).toEqual(local);
    await push(2);
    expect(await verify(published, { DOUANE_POLICY: "lax.yaml" })).toEqual(refused);
    const env = { DOUANE_POLICY: ref("prod"), DOUANE_POLICY_KEY: "platform.pub", DOUANE_POLICY_SERIAL: "2" };
    const byFile = await run(["verify", image.target, "--policy", "lax.yaml"], { env });
    expect(byFile).toMatchObject({ exit: 64, stderr: expect.stringContaining("which nothing signs") });
  });

  test("the serial that one command saw is the least that another accepts", async () => {
    const { server, ref, run } = await platform();
    const env = { XDG_STATE_HOME: home() };
    const commands = [
      ["policy", "pull", ref("prod")],
      ["verify", "oci:nowhere", "--policy", ref("prod")],
      ["check", "oci:nowhere", "--policy", ref("prod")],
    ];
    let serial = 10;
    for (const first of commands) {
      for (const second of commands) {
        serial += 2;
        put(server, "prod", signed({ ...DOCUMENT, serial }));
        expect((await run([...first, "--policy-key", "platform.pub"], { env })).stderr).not.toContain(
          "last one seen",
        );
        put(server, "prod", signed({ ...DOCUMENT, serial: serial - 1 }));
        expect(await run([...second, "--policy-key", "platform.pub"], { env })).toMatchObject({
          exit: 65,
          stderr: expect.stringContaining(`below the last one seen here, ${serial}`),
        });
      }
    }
  });

  test("a file beside --policy-key is refused: nothing signs it", async () => {
    const { run } = await platform();
    for (const flags of [
      ["--policy-key", "platform.pub"],
      ["--policy-serial", "1"],
    ]) {
      const ended = await run(["check", "oci:x", "--policy", "policy.yaml", ...flags]);
      expect(ended).toMatchObject({ exit: 64, stderr: expect.stringContaining("which nothing signs") });
    }
    const env = { DOUANE_POLICY_KEY: "platform.pub" };
    expect(await run(["verify", "oci:x", "--policy", "policy.yaml"], { env })).toMatchObject({ exit: 64 });
  });

  test("a command that reads files says how to get one", async () => {
    const { ref, run } = await platform();
    const ended = await run(["notary", "--policy", ref("prod"), "--key", "platform.key"]);
    expect(ended).toMatchObject({ exit: 64, stderr: expect.stringContaining("douane policy pull") });
  });
});

describe("what a registry may serve in its place is refused", () => {
  test.each<[string, string, object, string]>([
    [
      "an envelope without signatures",
      JSON.stringify({ ...JSON.parse(signed(DOCUMENT)), signatures: [] }),
      {},
      "no signature",
    ],
    ["a policy without an envelope", JSON.stringify(DOCUMENT), { layers: [] }, "signed envelope"],
    [
      "a policy as YAML",
      "enforceFuture: false",
      { layers: [{ mediaType: "application/yaml", digest: sha256(Buffer.from("x")), size: 1 }] },
      "signed envelope",
    ],
    ["an image", signed(DOCUMENT), { artifactType: "x" }, "not a policy"],
    ["a policy of another key", signed(DOCUMENT, POLICY_PAYLOAD, OTHER), {}, "by a key that"],
    [
      "a changed payload",
      JSON.stringify({
        ...JSON.parse(signed(DOCUMENT)),
        payload: Buffer.from(JSON.stringify({ ...DOCUMENT, serial: 9 })).toString("base64"),
      }),
      {},
      "by a key that",
    ],
    [
      "a statement of the same key",
      signed(DOCUMENT, "application/vnd.in-toto+json"),
      {},
      "application/vnd.in-toto+json",
    ],
    ["another tag's policy", signed({ ...DOCUMENT, name: "test" }), {}, '"test"'],
    [
      "an expired policy",
      signed({ ...DOCUMENT, validUntil: "2026-06-15T12:00:00.000Z" }),
      {},
      "has not been valid since",
    ],
    ["a policy without an end", signed({ ...DOCUMENT, validUntil: undefined }), {}, "validUntil"],
    ["an end in another form", signed({ ...DOCUMENT, validUntil: "31.12.2026" }), {}, "validUntil"],
    [
      "an end that is no time",
      signed({ ...DOCUMENT, validUntil: "2026-99-99T00:00:00.000Z" }),
      {},
      "has not been valid",
    ],
    ["a policy without a serial", signed({ ...DOCUMENT, serial: undefined }), {}, "serial"],
    ["a serial below zero", signed({ ...DOCUMENT, serial: -1 }), {}, "serial"],
    ["a serial with a fraction", signed({ ...DOCUMENT, serial: 7.5 }), {}, "serial"],
    ["a policy that is a list", signed({ ...DOCUMENT, policy: [] }), {}, "policy"],
    [
      "a policy with an unknown key",
      signed({ ...DOCUMENT, policy: { enforceFutur: true } }),
      {},
      "enforceFutur",
    ],
    [
      "a policy that names a file of this machine",
      signed({
        ...DOCUMENT,
        policy: {
          attestations: {
            ...POLICY,
            signers: signersWith("other.pub"),
          },
        },
      }),
      {},
      "names a file",
    ],
    ["no JSON", "x", {}, "not valid JSON"],
  ])("%s", async (_, content, fields, said) => {
    const { server, pull } = await platform();
    put(server, "prod", content, fields);
    const { exit, stdout, stderr } = await pull();
    expect([stdout, stderr]).toEqual(["", expect.stringContaining(said)]);
    expect([64, 65]).toContain(exit);
  });

  test("nothing", async () => {
    const { pull } = await platform();
    expect(await pull()).toMatchObject({
      exit: 69,
      stderr: expect.stringContaining("does not have this policy"),
    });
  });

  test("by digest, another tag's policy is what was asked for", async () => {
    const { server, ref, run } = await platform();
    put(server, "x", signed({ ...DOCUMENT, name: "test" }));
    const bytes = server.manifests.get("x") ?? new Uint8Array();
    server.manifests.set(sha256(bytes), bytes);
    const argv = ["policy", "pull", `${ref("prod")}@${sha256(bytes)}`, "--policy-key", "platform.pub"];
    expect(await run([...argv, "--policy-serial", "7"])).toMatchObject({ exit: 0, stderr: "" });
  });
});

describe("the last serial seen is kept in the user's state", () => {
  test("and a serial below is refused, as is another policy of the same", async () => {
    const { server, pull } = await platform();
    const env = { XDG_STATE_HOME: home() };
    put(server, "prod", signed(DOCUMENT));
    const first = await pull([], { env });
    expect(first).toMatchObject({
      exit: 0,
      stderr: expect.stringContaining("pin the minimum: --policy-serial 7"),
    });
    expect(await pull([], { env })).toMatchObject({ exit: 0, stderr: "" });
    put(server, "prod", signed({ ...DOCUMENT, serial: 9 }));
    expect(await pull([], { env })).toMatchObject({ exit: 0, stderr: "" });
    put(server, "prod", signed({ ...DOCUMENT, serial: 8 }));
    const older = await pull([], { env });
    expect(older).toMatchObject({
      exit: 65,
      stderr: expect.stringContaining("below the last one seen here, 9"),
    });
    put(server, "prod", signed({ ...DOCUMENT, serial: 9, policy: { enforceFuture: true } }));
    expect(await pull([], { env })).toMatchObject({
      exit: 65,
      stderr: expect.stringContaining("was used by another"),
    });
    // Elsewhere, where nothing was seen, only the pinned minimum says so.
    put(server, "prod", signed({ ...DOCUMENT, serial: 8 }));
    expect((await pull()).exit).toBe(0);
    expect((await pull(["--policy-serial", "9"])).exit).toBe(65);
  });

  test("with the end and the digest of what was signed, and nothing else of the policy", async () => {
    const { server, pull } = await platform();
    const env = { XDG_STATE_HOME: home() };
    put(server, "prod", signed({ ...DOCUMENT, policy: { enforceFuture: true } }));
    await pull([], { env });
    const document = JSON.stringify({ ...DOCUMENT, policy: { enforceFuture: true } });
    expect(record(env.XDG_STATE_HOME).read()).toEqual({
      serial: 7,
      validUntil: DOCUMENT.validUntil,
      digest: sha256(Buffer.from(document)),
    });
  });

  test("the record of an earlier release, with the whole policy, counts, and is reduced by the same version", async () => {
    const { server, pull } = await platform();
    const env = { XDG_STATE_HOME: home() };
    put(server, "prod", signed(DOCUMENT));
    await pull([], { env });
    const { read, write } = record(env.XDG_STATE_HOME);
    const reduced = read();
    // Longer than a policy's file may be.
    const whole = Object.assign({ policy: { notes: "x".repeat(2 * 1024 ** 2) }, name: "prod" }, reduced);
    write(whole);
    put(server, "prod", signed({ ...DOCUMENT, serial: 6 }));
    expect((await pull([], { env })).exit).toBe(65);
    put(server, "prod", signed({ ...DOCUMENT, policy: { enforceFuture: true } }));
    expect(await pull([], { env })).toMatchObject({
      exit: 65,
      stderr: expect.stringContaining("was used by another"),
    });
    expect(read()).toEqual(whole);
    put(server, "prod", signed(DOCUMENT));
    expect(await pull([], { env })).toMatchObject({ exit: 0, stderr: "" });
    expect(read()).toEqual(reduced);
    write({ ...whole, validUntil: undefined });
    expect((await pull([], { env })).exit).toBe(0);
    expect(read()).toEqual(reduced);
  });

  test("a refused policy is not kept", async () => {
    const { server, pull } = await platform();
    const env = { HOME: home() };
    put(server, "prod", signed({ ...DOCUMENT, serial: 9, policy: { enforceFutur: true } }));
    expect((await pull([], { env })).exit).toBe(64);
    put(server, "prod", signed(DOCUMENT));
    expect((await pull([], { env })).exit).toBe(0);
    expect(existsSync(join(env.HOME, ".local", "state", "douane", "policies"))).toBe(true);
  });

  test.each(["", "{", "[]", '{"serial":"9"}', '{"serial":1e99,"digest":"x"}'])(
    "a state that is %j is an error, not a first time",
    async (text) => {
      const { server, pull } = await platform();
      const env = { XDG_STATE_HOME: home() };
      put(server, "prod", signed(DOCUMENT));
      await pull([], { env });
      const folder = join(env.XDG_STATE_HOME, "douane", "policies");
      const [file = ""] = readdirSync(folder);
      writeFileSync(join(folder, file), text);
      expect(await pull([], { env })).toMatchObject({
        exit: 64,
        stderr: expect.stringContaining("cannot be read"),
      });
    },
  );

  test("a state that a repository brought is not used", async () => {
    const { server, pull } = await platform();
    const env = { XDG_STATE_HOME: home() };
    put(server, "prod", signed(DOCUMENT));
    await pull([], { env });
    writeFileSync(join(env.XDG_STATE_HOME, ".git"), "");
    const [file = ""] = readdirSync(join(env.XDG_STATE_HOME, "douane", "policies"));
    const kept = join(env.XDG_STATE_HOME, "douane", "policies", file);
    const before = readFileSync(kept, "utf8");
    put(server, "prod", signed({ ...DOCUMENT, serial: 8 }));
    const said = { exit: 0, stderr: expect.stringContaining("pin the minimum") };
    expect(await pull([], { env })).toMatchObject(said);
    expect(readFileSync(kept, "utf8")).toBe(before);
    // It can refuse, and not admit.
    put(server, "prod", signed({ ...DOCUMENT, serial: 6 }));
    expect((await pull([], { env })).exit).toBe(65);
    writeFileSync(kept, "{");
    expect(await pull([], { env })).toMatchObject(said);
  });

  test.each<[string, (cwd: string) => Record<string, string>]>([
    ["HOME is the working directory", (cwd) => ({ HOME: cwd })],
    ["XDG_STATE_HOME is below it", (cwd) => ({ HOME: "/nowhere", XDG_STATE_HOME: join(cwd, "state") })],
    ["neither is set", () => ({})],
  ])(
    "where %s, the account's home keeps the state: the second run refuses the older policy",
    async (_, envOf) => {
      const { cwd, server, pull } = await platform();
      const folder = home();
      const changes = { env: envOf(cwd), accountHome: () => folder };
      put(server, "prod", signed({ ...DOCUMENT, serial: 44 }));
      expect(await pull([], changes)).toMatchObject({
        exit: 0,
        stderr: expect.stringContaining("first policy seen here (serial 44)"),
      });
      put(server, "prod", signed({ ...DOCUMENT, serial: 43 }));
      const older = { exit: 65, stderr: expect.stringContaining("below the last one seen here, 44") };
      expect(await pull([], changes)).toMatchObject(older);
      expect([existsSync(join(cwd, ".local")), existsSync(join(cwd, "state"))]).toEqual([false, false]);
      // From another directory, by another state folder, the account's record counts, too.
      const elsewhere = { ...changes, env: { XDG_STATE_HOME: home() } };
      expect(await pull([], elsewhere)).toMatchObject(older);
      put(server, "prod", signed({ ...DOCUMENT, serial: 44 }));
      expect(await pull([], changes)).toMatchObject({ exit: 0, stderr: "" });
    },
  );

  test("a state that was kept elsewhere counts below the working directory, too", async () => {
    const { cwd, server, ref, run, pull } = await platform();
    const state = join(cwd, "state");
    put(server, "prod", signed({ ...DOCUMENT, serial: 44 }));
    const argv = ["policy", "pull", ref("prod"), "--policy-key", join(cwd, "platform.pub")];
    const elsewhere = await run(argv, { env: { XDG_STATE_HOME: state }, cwd: home() });
    expect(elsewhere.exit).toBe(0);
    put(server, "prod", signed({ ...DOCUMENT, serial: 43 }));
    expect((await pull([], { env: { XDG_STATE_HOME: state } })).exit).toBe(65);
  });

  test("a state below the working directory is not used, and each run says so", async () => {
    const { cwd, server, pull } = await platform();
    const env = { HOME: cwd };
    put(server, "prod", signed(DOCUMENT));
    const said = { exit: 0, stderr: expect.stringContaining("the policy seen here (7) is not kept") };
    expect(await pull([], { env })).toMatchObject(said);
    expect(await pull([], { env })).toMatchObject(said);
    expect((await pull([], { env })).stderr).not.toContain("first policy");
    expect(existsSync(join(cwd, ".local"))).toBe(false);
    expect(await pull(["--policy-serial", "7"], { env })).toMatchObject({ exit: 0, stderr: "" });
  });
});

describe("push refuses", () => {
  test.each<[string, readonly string[], string]>([
    ["a serial that is published already", ["--serial", "7"], "has policy 7 already"],
    ["a serial below", ["--serial", "6"], "Take 8"],
    ["no serial", [], "give the serial"],
    ["an end in the past", ["--serial", "8", "--valid-until", "2026-06-14"], "has passed"],
    ["an end that is no day", ["--serial", "8", "--valid-until", "2026-02-30"], "YYYY-MM-DD"],
    ["no key", ["--serial", "8", "--key", "none.key"], "none.key"],
  ])("%s", async (_, argv, said) => {
    const { ref, run, push } = await platform();
    await push(7);
    const ended = await run([
      "policy",
      "push",
      "policy.yaml",
      ref("prod"),
      "--key",
      "platform.key",
      "--valid-until",
      "2026-12-31",
      ...argv,
    ]);
    expect(ended).toMatchObject({ exit: 64, stdout: "", stderr: expect.stringContaining(said) });
  });

  test.each<[string, (ref: string) => readonly string[], string]>([
    ["a place without oci://", (ref) => ["policy.yaml", ref.slice(6)], "where to publish"],
    ["one operand", () => ["policy.yaml"], "where to publish"],
    ["a place without a tag", (ref) => ["policy.yaml", ref.replace(":prod", "")], "under a tag"],
    ["a policy that is wrong", (ref) => ["wrong.yaml", ref], "enforceFutur"],
  ])("%s", async (_, operands, said) => {
    const { ref, run, write } = await platform();
    write("wrong.yaml", { enforceFutur: true });
    const flags = ["--key", "platform.key", "--serial", "1", "--valid-until", "2026-12-31"];
    const ended = await run(["policy", "push", ...operands(ref("prod")), ...flags]);
    expect(ended).toMatchObject({ exit: 64, stderr: expect.stringContaining(said) });
  });

  test("a tag that holds something else", async () => {
    const { server, push } = await platform();
    put(server, "prod", "x", { artifactType: "application/vnd.oci.image.config.v1+json" });
    const before = server.manifests.get("prod");
    expect(await push(1)).toMatchObject({
      exit: 64,
      stderr: expect.stringContaining("something else than a policy"),
    });
    expect(server.manifests.get("prod")).toBe(before);
  });

  test("nothing of a broken policy that stands there: it is replaced", async () => {
    const { server, push, pull } = await platform();
    put(server, "prod", "x");
    expect((await push(1)).exit).toBe(0);
    expect((await pull()).exit).toBe(0);
  });
});

test("pull wants one published policy", async () => {
  const { run, ref } = await platform();
  for (const operands of [[], ["policy.yaml"], [ref("a"), ref("b")]]) {
    const ended = await run(["policy", "pull", ...operands, "--policy-key", "platform.pub"]);
    expect(ended).toMatchObject({ exit: 64, stderr: expect.stringContaining("one published policy") });
  }
});
