import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { douane } from "./fixtures/douane.ts";
import { FULL_DEPLOYMENT } from "./fixtures/full-deployment.ts";
import {
  type MarkedSecret,
  markedKey,
  markedPassword,
  markedToken,
  markedUrl,
  plantedEverywhere,
  readableIn,
} from "./fixtures/marked-secrets.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";
import { allOf, leaksIn, type Secrets, writtenBy } from "./fixtures/written.ts";

// No secret that the detectors know is written by any command, from any input: on stdout, stderr, in reports,
// in evidence, in the cache.

/** A folder with a manifest for each planted place. */
function manifests(): { readonly folder: string; readonly secrets: Secrets } {
  const folder = temporaryDirectory();
  const secrets = new Map<string, MarkedSecret>();
  const write = (at: string, secret: MarkedSecret, ...documents: readonly unknown[]): void => {
    const text = documents.map((one) => `---\n${dump(one)}`).join("");
    writeFileSync(join(folder, `${secrets.size}.yaml`), `${text}# ${secret.value.split("\n")[1] ?? ""}\n`);
    secrets.set(at, secret);
  };
  const planted = plantedEverywhere(FULL_DEPLOYMENT);
  for (const { at, secret, document } of planted) write(at, secret, document);
  for (const make of [markedUrl, markedKey, markedPassword, markedToken]) {
    for (const [at, container] of inContainer(make())) {
      write(`${make.name} ${at}`, container.secret, withContainer(container.fields));
    }
    for (const [at, object] of inConfigObject(make())) {
      write(`${make.name} ${at}`, object.secret, object.document, FULL_DEPLOYMENT, object.document);
    }
  }
  return { folder, secrets };
}

function withContainer(fields: object): unknown {
  const minimal = { name: "web", image: "registry.example/web:1.2.3", ...fields };
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: { containers: [minimal] } };
}

function inContainer(secret: MarkedSecret) {
  const { value } = secret;
  const fields = {
    env: { env: [{ name: "DB_PASSWORD", value }] },
    words: { args: ["serve", "--password", value] },
    word: { args: ["serve", `--password=${value}`] },
    shell: { command: ["sh", "-c", `PGPASSWORD='${value}' psql`] },
    hook: { lifecycle: { preStop: { exec: { command: ["stop", "--token", value] } } } },
    header: {
      readinessProbe: { httpGet: { path: "/", port: 80, httpHeaders: [{ name: "X-Api-Key", value }] } },
    },
    elsewhere: { env: [{ name: "DB_PASSWORD", value }], workingDir: `/data/${value}` },
  };
  return Object.entries(fields).map(([at, own]) => [at, { secret, fields: own }] as const);
}

function inConfigObject(secret: MarkedSecret) {
  const { value } = secret;
  const base64 = Buffer.from(value).toString("base64");
  const of = (kind: string, fields: object) => ({
    secret,
    document: { apiVersion: "v1", kind, metadata: { name: "x" }, ...fields },
  });
  return Object.entries({
    "ConfigMap data": of("ConfigMap", { data: { DB_PASSWORD: value } }),
    "Secret stringData": of("Secret", { stringData: { other: value } }),
    "Secret data": {
      ...of("Secret", { data: { other: base64 } }),
      secret: { value, marker: base64.slice(20, 40) },
    },
  });
}

describe("manifests", () => {
  test("that are checked", async () => {
    const { folder, secrets } = manifests();
    for (const lang of ["fr", "en"] as const) {
      expect(leaksIn(await writtenBy(["check", "--no-images", "."], folder, lang), secrets)).toEqual([]);
    }
  });

  test("whose images are asked for", async () => {
    const folder = temporaryDirectory();
    const planted = plantedEverywhere(withContainer({ image: "registry.invalid/web:1.2.3" }));
    for (const [index, { document }] of planted.entries()) {
      writeFileSync(join(folder, `${index}.yaml`), dump(document));
    }
    const secrets = new Map(planted.map(({ at, secret }) => [at, secret]));
    expect(leaksIn(await writtenBy(["check", "."], folder, "en"), secrets)).toEqual([]);
  });

  test("that are fixed", async () => {
    const { folder, secrets } = manifests();
    for (const argv of [
      ["fix", "."],
      ["fix", ".", "--as", "helm-values"],
      ["fix", ".", "--write"],
    ]) {
      const copy = temporaryDirectory();
      cpSync(folder, copy, { recursive: true });
      const { stdout, stderr } = await douane(argv, { cwd: copy });
      expect(leaksIn({ [`stdout of ${argv.join(" ")}`]: stdout, stderr }, secrets)).toEqual([]);
      // The files themselves keep the user's own lines, but for the fields that are corrected.
      const kept = readableIn(allOf(copy), secrets);
      expect(readableIn(allOf(folder), secrets)).toEqual(expect.arrayContaining([...kept]));
      expect(kept).toEqual(expect.arrayContaining(["metadata.labels.app", "markedPassword env"]));
    }
  });
});
