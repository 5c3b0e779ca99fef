import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { KEYLESS_ISSUER, KEYLESS_SUBJECT } from "../../../test/fixtures/fake-sigstore.ts";
import { emptyImage } from "../../../test/fixtures/image/image.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { PATHS, type SigstoreServer, sigstoreServer } from "../../../test/fixtures/sigstore-server.ts";
import { generateKey } from "../../attest/keys/generate-key.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-keyless-cli-"));
let server: SigstoreServer;
/** GitHub's token service. */
let github: Server;
const requested: string[] = [];
beforeAll(async () => {
  server = await sigstoreServer();
  github = createServer((request, response) => {
    requested.push(`${request.headers.authorization} ${request.url}`);
    response.end(JSON.stringify({ value: token() }));
  });
  await new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve));
  writeFileSync(join(cwd, "signing.json"), JSON.stringify(server.config()));
  writeFileSync(join(cwd, "p.json"), "{}");
  writeFileSync(join(cwd, "k.key"), generateKey("p256").secret);
  writeFileSync(join(cwd, "token"), `${token()}\n`);
  writeFileSync(join(cwd, "no-token"), "not a token");
});
beforeEach(() => {
  server.asked.splice(0);
  writeLayout(emptyImage(), join(cwd, "image"));
});
afterAll(async () => {
  github.close();
  await server.close();
  rmSync(cwd, { recursive: true });
});

function token(more: object = {}): string {
  return server.token({ iss: KEYLESS_ISSUER, sub: KEYLESS_SUBJECT, ...more });
}

const ARGV = [
  "attest",
  "oci:image",
  "--predicate",
  "p.json",
  "--type",
  "a:b",
  "--signing-config",
  "signing.json",
];

function attest(env: Readonly<Record<string, string>>, ...more: readonly string[]) {
  return douane([...ARGV, ...more], { cwd, env, now: () => new Date() });
}

test.each<[string, () => Readonly<Record<string, string>>, readonly string[]]>([
  ["of GitLab's id_tokens", () => ({ SIGSTORE_ID_TOKEN: token() }), []],
  ["of another variable", () => ({ OTHER: token() }), ["--token", "env://OTHER"]],
  ["of a file", () => ({}), ["--token", "file://token"]],
  [
    "for an audience of the platform's own",
    () => ({ SIGSTORE_ID_TOKEN: token({ aud: "fulcio" }) }),
    ["--audience", "fulcio"],
  ],
])("a token %s is shown to the Fulcio of the configuration", async (_, env, more) => {
  const { exit, stdout } = await attest(env(), ...more);
  expect([exit, stdout]).toEqual([0, expect.stringContaining(`a:b (identity ${KEYLESS_SUBJECT})`)]);
  expect(server.asked[0]).toBe(PATHS.fulcio);
});

test("GitHub's service is asked for a token of the audience", async () => {
  const { port } = github.address() as AddressInfo;
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?v=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer",
  };
  expect((await attest(env)).exit).toBe(0);
  expect(requested).toEqual(["Bearer bearer /token?v=1&audience=sigstore"]);
});

test.each<[string, string, () => Readonly<Record<string, string>>, readonly string[]]>([
  ["a job without a token", "no identity token", () => ({}), []],
  [
    "a variable that is not set",
    "no identity token",
    () => ({ SIGSTORE_ID_TOKEN: token() }),
    ["--token", "env://OTHER"],
  ],
  ["a file without a token", "does not hold an identity token", () => ({}), ["--token", "file://no-token"]],
  ["a file that is not there", "cannot be read", () => ({}), ["--token", "file://none"]],
  ["the token itself", "--token expects env://NAME", () => ({}), ["--token", "e30.e30.e30"]],
  [
    "a token for another audience",
    'is for "other"',
    () => ({ SIGSTORE_ID_TOKEN: token({ aud: "other" }) }),
    [],
  ],
  ["an expired token", "expired on", () => ({ SIGSTORE_ID_TOKEN: token({ exp: 1_000_000_000 }) }), []],
  [
    "a key beside the configuration",
    "--key and --signing-config do not go together",
    () => ({ SIGSTORE_ID_TOKEN: token() }),
    ["--key", "k.key"],
  ],
  [
    "a notary beside the configuration",
    "--signing-config and --via do not go together",
    () => ({}),
    ["--via", "https://notary.example"],
  ],
])("%s is refused before anybody is asked", async (_, text, env, more) => {
  const { exit, stderr } = await attest(env(), ...more);
  expect([exit, stderr]).toEqual([64, expect.stringContaining(text)]);
  expect(server.asked).toEqual([]);
});

test("nothing is attached if a service fails", async () => {
  const index = () => readFileSync(join(cwd, "image", "index.json"), "utf8");
  const before = index();
  server.changed.set(PATHS.tsa, [{ status: 403 }]);
  const { exit, stderr } = await attest({ SIGSTORE_ID_TOKEN: token() }, "--sign");
  server.changed.clear();
  expect([exit, stderr]).toEqual([69, expect.stringContaining("Nothing is attached")]);
  expect(index()).toBe(before);
});
