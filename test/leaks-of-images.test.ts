import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { keepIn } from "../src/cli/check/keep.ts";
import type { TrialObservation } from "../src/contract/trial-facts.ts";
import { EvidenceText } from "../src/evidence/file.ts";
import { trialFactsSchema } from "../src/evidence/schemas/trial-schema.ts";
import { maskTrial, trialMask } from "../src/secrets/trial.ts";
import { type Kept, maskKept } from "../src/trial/plan/kept.ts";
import { douane } from "./fixtures/douane.ts";
import { withAnnotations, withFields } from "./fixtures/image/image.ts";
import { writeLayout } from "./fixtures/image/layout.ts";
import {
  type MarkedSecret,
  markedPassword,
  markedToken,
  plantedEverywhere,
  readableIn,
} from "./fixtures/marked-secrets.ts";
import { smallImage } from "./fixtures/small-image.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";
import { trialFacts } from "./fixtures/trial-facts.ts";
import { allOf, filesBelow, leaksIn, writtenBy } from "./fixtures/written.ts";

// As leaks.test.ts: no secret read in an image, a Dockerfile or a container's output is written.

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
const NOT_SAID = ["body", "digest", "magic"];

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
