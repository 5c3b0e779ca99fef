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
