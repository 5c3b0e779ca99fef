import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { parseReference } from "../reference.ts";
import { credentialFinder } from "./credentials.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const AUTH = { auth: base64("me:secret") };
const PASSWORD = { kind: "password", username: "me", password: "secret" };

async function find(
  config: object,
  reference = "registry.test:5000/team/app",
  directory = temporaryDirectory(),
) {
  writeFileSync(join(directory, "config.json"), JSON.stringify(config));
  const env = { DOCKER_CONFIG: directory, PATH: `${directory}:/usr/bin:/bin` };
  return credentialFinder(env)(parseReference(reference));
}

describe("an entry of auths", () => {
  test.each([
    ["registry.test:5000", "registry.test:5000/team/app"],
    ["https://registry.test:5000", "registry.test:5000/team/app"],
    ["https://registry.test:5000/v1/", "registry.test:5000/team/app"],
    ["registry.test:5000/v2", "registry.test:5000/team/app"],
    ["registry.test:5000/team", "registry.test:5000/team/app"],
    ["registry.test:5000/team/app", "registry.test:5000/team/app"],
    ["https://index.docker.io/v1/", "nginx"],
    ["docker.io", "nginx"],
    ["registry-1.docker.io", "nginx"],
    ["docker.io/library", "nginx"],
  ])("%s serves %s", async (key, reference) => {
    expect((await find({ auths: { [key]: AUTH } }, reference)).credentials).toEqual(PASSWORD);
  });

  test.each([
    ["registry.test", "registry.test:5000/team/app"],
    ["registry.test:5000/te", "registry.test:5000/team/app"],
    ["registry.test:5000/team/app/x", "registry.test:5000/team/app"],
    ["docker.io", "registry.test/nginx"],
    ["evil.test/https://registry.test:5000", "registry.test:5000/team/app"],
  ])("%s does not serve %s", async (key, reference) => {
    expect(await find({ auths: { [key]: AUTH } }, reference)).toEqual({ problems: [] });
  });

  test.each([
    [{ username: "me", password: "secret" }, PASSWORD],
    [{ auth: base64("me:se:cret") }, { ...PASSWORD, password: "se:cret" }],
    [{ auth: base64("me:secret\0\0") }, PASSWORD],
    [
      { auth: base64("me:"), identitytoken: "t" },
      { kind: "identity-token", token: "t" },
    ],
    [{ registrytoken: "t" }, { kind: "registry-token", token: "t" }],
    [{}, undefined],
    [{ auth: "no base64 at all" }, undefined],
    [{ username: "me" }, undefined],
  ])("%j", async (entry, credentials) => {
    expect((await find({ auths: { "registry.test:5000": entry } })).credentials).toEqual(credentials);
  });

  test("the longest path goes before the host", async () => {
    const auths = { "registry.test:5000": { auth: base64("you:x") }, "registry.test:5000/team": AUTH };
    expect((await find({ auths })).credentials).toEqual(PASSWORD);
  });
});

describe("credential helpers", () => {
  function helper(script: string): string {
    const directory = temporaryDirectory();
    const path = join(directory, "docker-credential-test");
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return directory;
  }

  test.each([
    ["registry.test:5000/team/app", "registry.test:5000"],
    ["nginx", "https://index.docker.io/v1/"],
  ])("for %s, %s is asked for", async (reference, server) => {
    const directory = helper('read server; printf \'{"Username":"me","Secret":"%s %s"}\' "$1" "$server"');
    const { credentials } = await find({ credsStore: "test" }, reference, directory);
    expect(credentials).toEqual({ ...PASSWORD, password: `get ${server}` });
  });

  test("a token instead of a user is an identity token", async () => {
    const directory = helper('echo \'{"Username":"<token>","Secret":"t"}\'');
    const { credentials } = await find(
      { credHelpers: { "registry.test:5000": "test" } },
      undefined,
      directory,
    );
    expect(credentials).toEqual({ kind: "identity-token", token: "t" });
  });

  test("one that knows nothing leaves it to the file", async () => {
    const directory = helper("echo 'credentials not found in native keychain'; exit 1");
    const found = await find(
      { credsStore: "test", auths: { "registry.test:5000": AUTH } },
      undefined,
      directory,
    );
    expect(found).toEqual({ credentials: PASSWORD, problems: [] });
  });

  test.each([
    ["fails", "echo secret >&2; exit 2"],
    ["says no JSON", "echo secret"],
    ["says too much", "head -c 3000000 /dev/zero"],
  ])("one that %s is a problem, without what it said", async (_, script) => {
    const { credentials, problems } = await find({ credsStore: "test" }, undefined, helper(script));
    expect(credentials).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.en).toContain("docker-credential-test");
    expect(problems[0]?.en).not.toContain("secret");
  });

  test("one that is missing is said to be", async () => {
    const { problems } = await find({ credsStore: "test" });
    expect(problems.map(({ en }) => en)).toEqual([
      'the credential helper "docker-credential-test" is not found in PATH',
    ]);
  });

  test("a name that is a path is not run", async () => {
    const { problems } = await find({ credsStore: "../../bin/sh" });
    expect(problems).toHaveLength(1);
  });
});

test.each([
  ["no JSON", "{"],
  ["another shape", '{"auths":[1]}'],
  ["nested too deep", "[".repeat(100_000)],
  ["too large", `{"auths":{}}${" ".repeat(2 * 1024 ** 2)}`],
])("a file that is %s is a problem", async (_, text) => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "config.json"), text);
  const found = await credentialFinder({ DOCKER_CONFIG: directory })(parseReference("nginx"));
  expect(found).toEqual({
    problems: [{ fr: expect.stringContaining("config.json"), en: expect.stringContaining("config.json") }],
  });
});

describe("what a pipeline gives by variables", () => {
  const reference = parseReference("registry.test:5000/team/app");
  const own = { CI_REGISTRY: "registry.test:5000", CI_REGISTRY_USER: "me", CI_REGISTRY_PASSWORD: "secret" };
  const auths = (key: string, auth: object) => JSON.stringify({ auths: { [key]: auth } });

  test.each([
    ["DOCKER_AUTH_CONFIG", { DOCKER_AUTH_CONFIG: auths("registry.test:5000", AUTH) }],
    ["GitLab's account for the registry of its project", own],
    [
      "the first before the second",
      { ...own, CI_REGISTRY_PASSWORD: "b", DOCKER_AUTH_CONFIG: auths("registry.test:5000", AUTH) },
    ],
    ["the second where the first is of another", { ...own, DOCKER_AUTH_CONFIG: auths("other.test", AUTH) }],
  ])("%s", async (_, env) => {
    expect((await credentialFinder(env)(reference)).credentials).toEqual(PASSWORD);
  });

  test("files go before it", async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "config.json"), auths("registry.test:5000", AUTH));
    const env = { ...own, CI_REGISTRY_PASSWORD: "other", DOCKER_CONFIG: directory };
    expect((await credentialFinder(env)(reference)).credentials).toEqual(PASSWORD);
  });

  test.each([
    ["an account that is not whole", { ...own, CI_REGISTRY_PASSWORD: undefined }],
    ["an account of another registry", { ...own, CI_REGISTRY: "other.test" }],
    ["no account", {}],
  ])("%s is none", async (_, env) => {
    expect(await credentialFinder(env)(reference)).toEqual({ problems: [] });
  });

  test("a DOCKER_AUTH_CONFIG that cannot be read is said, without its text", async () => {
    const { problems } = await credentialFinder({ DOCKER_AUTH_CONFIG: "{secret" })(reference);
    expect(problems).toEqual([
      {
        fr: "\"DOCKER_AUTH_CONFIG\" n'a pas pu être lu comme fichier d'identifiants",
        en: '"DOCKER_AUTH_CONFIG" could not be read as a file of credentials',
      },
    ]);
  });
});
