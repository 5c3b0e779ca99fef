import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { type FileSketch, imageFacts, VERIFIED_BASE } from "../../../test/fixtures/image-facts.ts";
import type { RawImage } from "../../contract/image-facts.ts";
import { applicationSettings } from "./1.4-application-settings.ts";

const CERTAIN = "environment: production\ndatabase:\n  host: db.prod.corp.fr\n";
const PRESUMED = "database:\n  host: db.prod.corp.fr\n";

function imageWith(file: Partial<FileSketch>, facts: Partial<RawImage> = {}) {
  const files = [{ path: "/app/config.yaml", content: CERTAIN, ...file }];
  return imageFacts({ layers: [{}, {}], files, facts });
}

const check = (...sketch: Parameters<typeof imageWith>) =>
  checkRule(applicationSettings, { image: imageWith(...sketch) });

test("the name of an environment beside its host is certain, with its line", () => {
  const outcome = check({});
  expect(outcome).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          fr: "/app/config.yaml, database.host=db.prod.corp.fr : configuration d'un environnement, inscrite dans l'image",
          en: "/app/config.yaml, database.host=db.prod.corp.fr: the configuration of one environment, written into the image",
        },
        at: { path: "/app/config.yaml", line: 3 },
      },
    ],
  });
  expect(outcome).not.toHaveProperty("presumed");
});

test("a host of one environment alone is presumed, unless another file is certain", () => {
  expect(check({ content: PRESUMED })).toMatchObject({ status: "fail", presumed: true });
  const files = [PRESUMED, CERTAIN].map((content, index) => ({ path: `/etc/app/${index}.yaml`, content }));
  const outcome = checkRule(applicationSettings, { image: imageFacts({ layers: [{}], files }) });
  expect(outcome).toMatchObject({ status: "fail", findings: [{}, {}] });
  expect(outcome).not.toHaveProperty("presumed");
});

describe("silent", () => {
  test.each<[string, ...Parameters<typeof imageWith>]>([
    ["a file of a verified base image", { layer: 0 }, { base: VERIFIED_BASE }],
    ["a file that a later layer deletes", { hidden: true }],
    ["an example", { path: "/app/config.example.yaml" }],
    ["a path that names an environment", { path: "/app/config/production.yaml" }],
    ["settings that are the same everywhere", { content: "port: 8080\n" }],
  ])("%s", (_, ...sketch) => {
    expect(check(...sketch).status).toBe("pass");
  });

  test("a file under a mount of the manifest", () => {
    const placed = (mountPath: string) => {
      const image = imageWith({});
      const { placement } = containerEvidence({ volumeMounts: [{ name: "c", mountPath }] }, image);
      return { image, placement };
    };
    expect(checkRule(applicationSettings, placed("/app")).status).toBe("pass");
    expect(checkRule(applicationSettings, placed("/app/config.yaml")).status).toBe("pass");
    expect(checkRule(applicationSettings, placed("/data")).status).toBe("fail");
  });
});

test("the proof says how many files were read", () => {
  expect(check({ content: "port: 8080\n" })).toMatchObject({
    proof: {
      en: "no name or host of an environment in settings files with a neutral name (read: 1); not read: those of another name or format, and what code computes",
    },
  });
});

describe("a list of hosts", () => {
  const list = (content: string, path = "/app/hosts.txt") => check({ path, content }).status;

  test.each<[string, string]>([
    ["of one environment", "db.prod.corp.fr\ncache.prod.corp.fr:6379\n"],
    ["with addresses", "# databases\n10.3.4.5 db.prod.corp.fr\n10.3.4.6\tcache.prod.corp.fr\n"],
    ["with names", "db=db.recette.corp.fr\n"],
    ["of URLs", "https://api.prod.corp.fr/v1\nhttps://www.corp.fr/\nhttps://sso.prod.corp.fr\n"],
  ])("%s", (_, content) => {
    expect(list(content)).toBe("fail");
    expect(check({ path: "/app/config/upstreams.lst", content })).toMatchObject({ presumed: true });
  });

  test.each<[string, string, string?]>([
    ["of several environments", "db.prod.corp.fr\ndb.recette.corp.fr\n"],
    ["of everybody", "www.corp.fr\ndb.prod.corp.fr\nads.example.org\n"],
    ["too long for a program's own", "x.prod.corp.fr\n".repeat(51)],
    ["in a comment", "# db.prod.corp.fr\n"],
    ["in sentences", "Ask the team of db.prod.corp.fr for access.\n"],
    ["in a line without end", `${"a".repeat(400)} db.prod.corp.fr\n`],
    ["that is empty", ""],
    ["of words", "localhost\nadmin\n"],
    ["under another name", "db.prod.corp.fr\n", "/app/robots.txt"],
    ["of a package", "db.prod.corp.fr\n", "/app/node_modules/x/hosts.txt"],
    ["that is an example", "db.prod.corp.fr\n", "/app/hosts.example.txt"],
  ])("silent: %s", (_, content, path) => {
    expect(list(content, path)).toBe("pass");
  });
});

test("settings that Python wrote as an object are read, a model is not", () => {
  const text = (value: string) => `\uFFFD${String.fromCharCode(value.length)}${value}\uFFFD`;
  const pickle = (...values: readonly string[]) => `\uFFFD\u0004}(${values.map(text).join("")}u.`;
  const content = pickle("environment", "production", "db_host", "db.prod.corp.fr");
  const outcome = check({ path: "/app/settings.pkl", content });
  expect(outcome).toMatchObject({
    status: "fail",
    findings: [{ at: { path: "/app/settings.pkl", line: 1 } }],
  });
  expect(outcome).not.toHaveProperty("presumed");
  expect(check({ path: "/app/model.pkl", content }).status).toBe("pass");
  expect(check({ path: "/app/config.pickle", content: pickle("host", "localhost") }).status).toBe("pass");
});
