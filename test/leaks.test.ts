import { cpSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { keepIn } from "../src/cli/trial/keep.ts";
import type { TrialObservation } from "../src/contract/trial-facts.ts";
import { EvidenceText } from "../src/evidence/file.ts";
import { trialFactsSchema } from "../src/evidence/trial-schema.ts";
import { REPORTS } from "../src/report/index.ts";
import { maskTrial, trialMask } from "../src/secrets/trial.ts";
import { type Kept, maskKept } from "../src/trial/kept.ts";
import { douane } from "./fixtures/douane.ts";
import { FULL_DEPLOYMENT } from "./fixtures/full-deployment.ts";
import { withAnnotations, withFields } from "./fixtures/image/image.ts";
import { writeLayout } from "./fixtures/image/layout.ts";
import {
  type MarkedSecret,
  markedKey,
  markedPassword,
  markedToken,
  markedUrl,
  plantedEverywhere,
  readableIn,
} from "./fixtures/marked-secrets.ts";
import { smallImage } from "./fixtures/small-image.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";
import { trialFacts } from "./fixtures/trial-facts.ts";

// No secret that the detectors know is written by any command, wherever it was read: on stdout,
// stderr, in reports, in evidence, in the cache.

type Secrets = ReadonlyMap<string, MarkedSecret>;

/** Where the secrets stood that can be read in what was written. */
function leaksIn(written: Readonly<Record<string, string>>, secrets: Secrets): readonly string[] {
  return Object.entries(written).flatMap(([where, text]) =>
    readableIn(text, secrets).map((at) => `${where}: ${at}`),
  );
}

/** Every file below, by its name. */
function filesBelow(folder: string): Readonly<Record<string, string>> {
  const names = globSync("**/*", { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}

function allOf(folder: string): string {
  return Object.values(filesBelow(folder)).join("\n");
}

/** All that `douane` writes about these operands: every report, evidence, the cache, both streams. */
async function writtenBy(
  argv: readonly string[],
  cwd: string,
  lang: "fr" | "en",
): Promise<Readonly<Record<string, string>>> {
  const out = temporaryDirectory();
  const reports = REPORTS.flatMap(({ name }) => ["--format", `${name}=${join(out, name)}`]);
  const env = { XDG_CACHE_HOME: join(out, "cache") };
  const saved = join(out, "evidence.json");
  const { stdout, stderr } = await douane([...argv, "--lang", lang, "--save-evidence", saved, ...reports], {
    cwd,
    env,
  });
  return { stdout, stderr, ...filesBelow(out) };
}

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

const CONFIG = {
  User: "1000",
  Env: ["PATH=/bin", "LEVEL=info"],
  Entrypoint: ["/app/server"],
  Cmd: ["--port", "8080"],
  WorkingDir: "/app",
  ExposedPorts: { "8080/tcp": {} },
  Volumes: { "/data": {} },
  Labels: { "org.opencontainers.image.title": "web" },
  StopSignal: "SIGTERM",
  Shell: ["/bin/sh", "-c"],
  Healthcheck: { Test: ["CMD", "/app/server", "--check"] },
};
const STEP = {
  created: "2026-01-01T00:00:00Z",
  created_by: "COPY . .",
  author: "aides",
  comment: "buildkit",
};
const IMAGE = {
  config: CONFIG,
  fields: { author: "aides", created: "2026-01-01T00:00:00Z", history: [STEP] },
  annotations: { "org.opencontainers.image.vendor": "aides" },
};

test("images, whatever field of their config and manifest it stands in", async () => {
  const folder = temporaryDirectory();
  const planted = plantedEverywhere(IMAGE, { keep: ["{}"] });
  for (const [index, { document }] of planted.entries()) {
    const { config, fields, annotations } = document as typeof IMAGE;
    const image = withAnnotations(withFields(smallImage(config), fields), annotations);
    writeLayout(image, join(folder, `${index}`));
  }
  const password = markedPassword();
  const named = { Env: [`DB_PASSWORD=${password.value}`], WorkingDir: `/data/${password.value}` };
  writeLayout(smallImage(named), join(folder, "password"));
  const secrets = new Map([
    ...planted.map(({ at, secret }) => [at, secret] as const),
    ["password", password],
  ]);
  const images = [...planted.keys(), "password"].map((name) => `oci:${name}`);
  expect(readableIn(allOf(folder), secrets)).toHaveLength(secrets.size);
  const written = await writtenBy(["check", ...images], folder, "en");
  expect(leaksIn(written, secrets)).toEqual([]);
  expect(written["json"]?.match(/"source"|"admitted"/g)?.length).toBeGreaterThan(20);
});

const INSTRUCTIONS = [
  "FROM registry.example/T:1",
  "FROM --platform=T node",
  "FROM node AS T",
  "FROM node\nARG T",
  "FROM node\nARG A=T",
  "FROM node\nENV T=1",
  "FROM node\nENV A=T B=$A",
  "FROM node\nLABEL T=1",
  "FROM node\nLABEL a=T",
  "FROM node\nCOPY --from=T a b",
  "FROM node\nCOPY T /T",
  "FROM node\nADD https://T/x /x",
  "FROM node\nRUN curl -H T x",
  "FROM node\nRUN <<EOF\nT\nEOF",
  "FROM node\nUSER T",
  "FROM node\nWORKDIR /T",
  "FROM node\nEXPOSE T",
  "FROM node\nVOLUME /T",
  "FROM node\nSTOPSIGNAL T",
  "FROM node\nHEALTHCHECK CMD T",
  "FROM node\nHEALTHCHECK --interval=T CMD x",
  'FROM node\nCMD ["T"]',
  'FROM node\nENTRYPOINT ["x", "T"]',
  'FROM node\nSHELL ["T"]',
  "FROM node\nONBUILD RUN T",
  "FROM node\nMAINTAINER T",
  "FROM node\nT x",
  "# syntax=T\nFROM node",
  "FROM node\nENV A=H1\nENV B=${A}H2\nUSER $B",
];

test("Dockerfiles, whatever instruction it stands in", async () => {
  const folder = temporaryDirectory();
  const secrets = new Map<string, MarkedSecret>();
  for (const [index, text] of INSTRUCTIONS.entries()) {
    const secret = markedToken();
    const [first, second] = [secret.value.slice(0, 16), secret.value.slice(16)];
    const planted = text.replaceAll("T", (letter, at: number) =>
      /[A-Z]T|T[A-Z]/.test(text.slice(at - 1, at + 2)) ? letter : secret.value,
    );
    const file = planted.replace("H1", first).replace("H2", second);
    writeFileSync(join(folder, `${index}.Dockerfile`), `${file}\n`);
    secrets.set(text, secret);
  }
  // All but the one that is put together from two halves.
  expect(readableIn(allOf(folder), secrets)).toHaveLength(secrets.size - 1);
  const written = await writtenBy(["check", "."], folder, "fr");
  expect(leaksIn(written, secrets)).toEqual([]);
  const { stdout, stderr } = await douane(["fix", "."], { cwd: folder });
  expect(leaksIn({ stdout, stderr }, secrets)).toEqual([]);
});

/** An observation of each kind with these texts in it, as the schema of evidence has them. */
function observations(text: () => string): readonly TrialObservation[] {
  const { properties } = z.toJSONSchema(trialFactsSchema) as { properties: Record<string, Schema> };
  return (properties["observations"]?.items?.oneOf ?? []).map(
    (one) => valueOf(one, text) as TrialObservation,
  );
}

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: { readonly oneOf?: readonly Schema[] };
}

/** A hash is none of the container's texts, nor are bytes in hexadecimal. */
const NOT_SAID = ["body", "magic"];

function valueOf(schema: Schema, text: () => string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === "string") return text();
  if (schema.type === "boolean") return true;
  if (schema.properties === undefined) return 1;
  const fields = Object.entries(schema.properties).filter(([name]) => !NOT_SAID.includes(name));
  return Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field, text)]));
}

test("what a container says and is called, in evidence and in what is kept of its trial", async () => {
  const secrets = new Map<string, MarkedSecret>();
  const next = (secret: MarkedSecret): string => {
    secrets.set(`${secrets.size}`, secret);
    return secret.value;
  };
  const seen = observations(() => next(secrets.size % 2 === 0 ? markedToken() : markedPassword()));
  expect(seen.length).toBeGreaterThan(14);
  const given = [...secrets.values()].map(({ value }) => ["DB_PASSWORD", value] as const);
  const mask = trialMask(given);
  const raw = trialFacts({ facts: { observations: seen } });
  const trial = maskTrial(raw, mask);
  const kept: readonly Kept[] = [...secrets.values()].flatMap(({ value }): readonly Kept[] => [
    {
      phase: "restart",
      root: "read-only",
      kind: "output",
      stream: "stdout",
      start: value,
      cut: 1,
      end: value,
    },
    {
      phase: "restart",
      root: "read-only",
      kind: "file",
      path: `/tmp/${value}`,
      bytes: 1,
      content: { text: value, cut: 0 },
    },
  ]);
  const folder = temporaryDirectory();
  await keepIn(folder, folder, "en")(
    "web",
    trial,
    kept.map((one) => maskKept(one, mask)),
  );
  const text = new EvidenceText().add({ kind: "trial", origin: { by: "own-run", douane: "1" }, trial });
  const names = JSON.stringify(globSync("**/*", { cwd: folder }));
  expect(leaksIn({ text, names, ...filesBelow(folder) }, secrets)).toEqual([]);
});
