import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { formatReference, parseReference } from "../reference.ts";
import { placesOf } from "./places.ts";

const rule = (prefix: string, location: string, more = "") =>
  `[[registry]]\nprefix = "${prefix}"\nlocation = "${location}"\n${more}\n`;

/** Files below a folder, which is returned. */
function files(texts: Readonly<Record<string, string>>): string {
  const folder = temporaryDirectory();
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const ofUser = (text: string) => files({ ".config/containers/registries.conf": text });

function placeOf(reference: string, env: Readonly<Record<string, string>>, system = "/nowhere"): string {
  return formatReference(placesOf(env, system).placeOf(parseReference(reference)));
}

describe("files", () => {
  const system = () =>
    files({
      "registries.conf": rule("a.test", "system.test") + rule("b.test", "system.test"),
      "registries.conf.d/10.conf": rule("b.test", "ten.test"),
      "registries.conf.d/20.conf": rule("c.test", "twenty.test"),
    });

  test("of the system, with drop-ins", () => {
    const folder = system();
    expect(placeOf("a.test/x:1", {}, folder)).toBe("system.test/x:1");
    expect(placeOf("b.test/x:1", {}, folder)).toBe("ten.test/x:1");
    expect(placeOf("c.test/x:1", {}, folder)).toBe("twenty.test/x:1");
  });

  test("of the user replace those of the system, with its drop-ins", () => {
    const home = ofUser(rule("a.test", "user.test"));
    expect(placeOf("a.test/x:1", { HOME: home }, system())).toBe("user.test/x:1");
    expect(placeOf("c.test/x:1", { HOME: home }, system())).toBe("c.test/x:1");
  });

  test("drop-ins of the user come after the system's", () => {
    const home = files({ ".config/containers/registries.conf.d/00.conf": rule("b.test", "user.test") });
    expect(placeOf("b.test/x:1", { HOME: home }, system())).toBe("user.test/x:1");
    expect(placeOf("a.test/x:1", { HOME: home }, system())).toBe("system.test/x:1");
  });

  test("named by CONTAINERS_REGISTRIES_CONF", () => {
    const folder = files({ "other.conf": rule("a.test", "other.test") });
    const env = {
      HOME: ofUser(rule("a.test", "user.test")),
      CONTAINERS_REGISTRIES_CONF: join(folder, "other.conf"),
    };
    expect(placeOf("a.test/x:1", env, system())).toBe("other.test/x:1");
    expect(placeOf("c.test/x:1", env, system())).toBe("twenty.test/x:1");
  });

  test("of a home within a git work tree do not count: a repository could bring them", () => {
    const home = ofUser(rule("a.test", "hostile.test"));
    mkdirSync(join(home, ".git"));
    expect(placeOf("a.test/x:1", { HOME: home })).toBe("a.test/x:1");
    expect(placeOf("a.test/x:1", { XDG_CONFIG_HOME: join(home, ".config") })).toBe("a.test/x:1");
    expect(placeOf("a.test/x:1", { XDG_CONFIG_HOME: "relative" })).toBe("a.test/x:1");
  });

  test("none", () => {
    expect(placeOf("a.test/x:1", {})).toBe("a.test/x:1");
  });
});

describe("what cannot be used is a wrong setting, and names the file", () => {
  test.each<[string, string]>([
    ["[[registry]\n", "incorrect TOML (line 1)"],
    ["registry = 1", '"registry" has the wrong type'],
    ['[[registry]]\nlocation = "a.test"\nblocked = "yes"', '"registry.0.blocked" has the wrong type'],
    ['[registries.search]\nregistries = ["a.test"]', "version 1 of this format"],
    ["[[registry]]\nblocked = true", "has no location"],
    ['[[registry]]\nprefix = "a.test"', "has no location"],
    [rule("a.test", "b.test", "[[registry.mirror]]\ninsecure = true"), "has no location"],
    [rule("*.a.test:5000", "b.test"), 'the prefix "*.a.test:5000" must have the form *.example.com'],
    [rule("a.test", "https://b.test"), '"https://b.test": write the host without http:// or https://'],
    [
      rule("a.test", "b.test", 'pull-from-mirror = "all"'),
      "pull-from-mirror is a key of [[registry.mirror]]",
    ],
    [
      rule("a.test", "b.test", '[[registry.mirror]]\nlocation = "c.test"\npull-from-mirror = "x"'),
      'pull-from-mirror is "x"',
    ],
    [
      rule(
        "a.test",
        "b.test",
        'mirror-by-digest-only = true\n[[registry.mirror]]\nlocation = "c.test"\npull-from-mirror = "all"',
      ),
      "do not go together",
    ],
    [
      rule("a.test", "c.test") + rule("b.test", "c.test", "blocked = true"),
      'several [[registry]] for "c.test" differ',
    ],
    [" ".repeat(2 ** 21), "more bytes than the limit of"],
  ])("%#", (text, says) => {
    const home = ofUser(text);
    expect(() => placesOf({ HOME: home }, "/nowhere")).toThrow(
      expect.objectContaining({
        code: "registries-conf-invalid",
        exit: 64,
        message: expect.stringContaining(says),
      }),
    );
    expect(() => placesOf({ HOME: home }, "/nowhere")).toThrow(/registries\.conf" \(registries\.conf\): /);
  });

  test("a file that is missing, though the user named it", () => {
    const env = { CONTAINERS_REGISTRIES_CONF: "/nowhere/registries.conf" };
    expect(() => placesOf(env, "/nowhere")).toThrow('(registries.conf): it cannot be read ("ENOENT").');
  });

  test("a folder in its place, and a file in the place of the drop-ins", () => {
    const env = { CONTAINERS_REGISTRIES_CONF: temporaryDirectory() };
    expect(() => placesOf(env, "/nowhere")).toThrow("this is a folder");
    const system = files({ "registries.conf.d": "" });
    expect(() => placesOf({}, system)).toThrow('it cannot be read ("ENOTDIR")');
  });

  test("a location that begins with no host", () => {
    const home = ofUser(rule("a.test", "nohost/x"));
    expect(() => placeOf("a.test/x:1", { HOME: home })).toThrow(
      expect.objectContaining({ code: "mirror-invalid", exit: 64 }),
    );
  });
});

describe("a place that is blocked", () => {
  const conf = rule("a.test", "a.test", "blocked = true");
  const mirrored = rule("b.test", "b.test", 'blocked = true\n[[registry.mirror]]\nlocation = "m.test"');

  test("is neither read nor written", () => {
    const places = placesOf({ HOME: ofUser(conf) }, "/nowhere");
    const reference = parseReference("a.test/x:1");
    const error = expect.objectContaining({ code: "registry-blocked", exit: 69 });
    expect(() => places.placeOf(reference)).toThrow(error);
    expect(() => places.assertWritable(reference)).toThrow(error);
    expect(() => places.assertWritable(parseReference("c.test/x:1"))).not.toThrow();
  });

  test("leaves its mirrors for reading", () => {
    const env = { HOME: ofUser(conf + mirrored) };
    expect(placeOf("b.test/x:1", env)).toBe("m.test/x:1");
    const toBlocked = conf + rule("c.test", "a.test/c");
    expect(() => placeOf("c.test/x:1", { HOME: ofUser(toBlocked) })).toThrow(
      /blocks "a\.test" on this machine/,
    );
  });
});

test("hosts that are insecure are known with their ports", () => {
  const mirror = '[[registry.mirror]]\nlocation = "m.test/path"\ninsecure = true';
  const conf =
    rule("a.test", "a.test:5000", `insecure = true\n${mirror}`) +
    `[[registry]]\nprefix = "*.b.test"\ninsecure = true`;
  expect(placesOf({ HOME: ofUser(conf) }, "/nowhere").insecureHosts).toEqual(["a.test:5000", "m.test"]);
});

describe("a name without a registry", () => {
  const search = (hosts: readonly string[]) => ({
    HOME: ofUser(`unqualified-search-registries = ${JSON.stringify(hosts)}`),
  });

  test.each([[[]], [["docker.io"]], [["corp.test", "docker.io"]]])("is Docker Hub's with %j", (hosts) => {
    expect(() => placesOf(search(hosts), "/nowhere").assertOfDockerHub("app:1")).not.toThrow();
  });

  test("is refused if it is searched elsewhere alone", () => {
    expect(() => placesOf(search(["corp.test"]), "/nowhere").assertOfDockerHub("app:1")).toThrow(
      /^"app:1" names no registry: .* searches "corp\.test" on this machine .* "corp\.test\/app:1" or "docker\.io\/app:1"\.$/,
    );
  });
});
