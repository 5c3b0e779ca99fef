import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeTar } from "../src/image/tar/write.ts";
import { douane } from "./fixtures/douane.ts";
import { FULL_DEPLOYMENT } from "./fixtures/full-deployment.ts";
import {
  emptyImage,
  withAnnotations,
  withConfig,
  withFields,
  withHistory,
  withLayer,
} from "./fixtures/image/image.ts";
import { layerOf, layerOfTar } from "./fixtures/image/layer.ts";
import { writeLayout } from "./fixtures/image/layout.ts";
import { markedToken } from "./fixtures/marked-secrets.ts";
import { noise } from "./fixtures/secrets.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";
import { writtenBy } from "./fixtures/written.ts";

// No command writes a character that acts on a terminal or reverses the direction of text, nor a text in a
// token's form (even with a wrong checksum), for any input.

/** Controls, formats, separators: all except our own ends of lines. */
const ACTING = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const HOSTILE = "x\u202e\u001b[31m\u0007\u0085\u2028\u200b\u2066\ufeff";
const TOKEN = markedToken().value;
/** A token's form with a wrong checksum. */
const LOOKALIKE = `ghp_${noise(36)}`;
const VALUES = [HOSTILE, `A=${TOKEN}`, LOOKALIKE, `${HOSTILE}${TOKEN}`] as const;
const INSIDES = [TOKEN, LOOKALIKE].map((token) => token.slice(10, 25));

/** Places where an acting character or a token's form is written. */
function shownIn(written: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(written).flatMap(([where, bytes]) => {
    if (where.startsWith("cache/")) return [];
    const text = where.startsWith("std") ? bytes : Buffer.from(bytes, "latin1").toString("utf8");
    const acting = ACTING.exec(text);
    const place = (at: number) => `${where}: ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 30))}`;
    const readable = INSIDES.map((inside) => text.indexOf(inside)).filter((at) => at >= 0);
    return [...(acting === null ? [] : [acting.index]), ...readable].map(place);
  });
}

async function checked(folder: string, ...operands: readonly string[]): Promise<readonly string[]> {
  return shownIn(await writtenBy(["check", ...operands], folder, "fr"));
}

const INSTRUCTIONS =
  'FROM %|FROM --platform=% node|FROM --bad=% node|FROM node AS %|USER %|USER a:%|ARG %|ENV A=% B|ENV %|ENV %=1|RUN --mount=type=% true|RUN --%=x true|RUN %|RUN ["%"|COPY %|COPY --from=% a b|COPY --x=% a b|ADD % %|LABEL %|EXPOSE %|STOPSIGNAL %|SHELL %|HEALTHCHECK % CMD a|HEALTHCHECK --interval=% CMD a|ONBUILD % a|WORKDIR %|VOLUME %|VOLUME ["%"]|ENTRYPOINT ["%"]|CMD %|% x|%|RUN <<%\na\n%|USER ${A:%}|USER ${%}|FROM ${%}|STOPSIGNAL ${A:?%}';

test.each(VALUES)("Dockerfiles that hold %j", async (value) => {
  const folder = temporaryDirectory();
  for (const [index, instruction] of INSTRUCTIONS.split("|").entries()) {
    const line = instruction.replaceAll("%", value);
    const text = line.startsWith("FROM") ? `${line}\nCMD ["a"]\n` : `FROM node:20\n${line}\nCMD ["a"]\n`;
    writeFileSync(join(folder, `Dockerfile.${index}`), text);
  }
  expect(await checked(folder, ".")).toEqual([]);
});

test.each(VALUES)("a manifest with %j everywhere", async (value) => {
  const folder = temporaryDirectory();
  let count = 0;
  for (const document of changedEverywhere(FULL_DEPLOYMENT, value)) {
    writeFileSync(join(folder, `${count++}.yaml`), JSON.stringify(document));
  }
  for (const text of [`kind: *${value}`, `kind: Pod\n${value}: [\n`, `? ${value}\n: a: b`, `a: "${value}`]) {
    writeFileSync(join(folder, `${count++}.yaml`), `apiVersion: v1\n${text}\n`);
  }
  expect(await checked(folder, ".", "--no-images")).toEqual([]);
  for (const as of [[], ["--as", "helm-values"]]) {
    const { stdout, stderr } = await douane(["fix", ".", ...as], { cwd: folder });
    expect(shownIn({ stdout, stderr })).toEqual([]);
  }
});

/** The document as often as it has texts, with another one changed each time; then with a key more in every mapping. */
function* changedEverywhere(document: unknown, value: string): Generator {
  const texts = JSON.stringify(document).match(/:"[^"]*"/g)?.length ?? 0;
  for (let index = 0; index < texts; index++) {
    let seen = 0;
    yield JSON.parse(JSON.stringify(document), (_, one: unknown) => {
      return typeof one === "string" && seen++ === index ? value : one;
    });
  }
  yield JSON.parse(JSON.stringify(document), (_, one: unknown) => {
    return typeof one === "object" && one !== null && !Array.isArray(one) ? { ...one, [value]: 1 } : one;
  });
}

function* images(value: string) {
  const image = withLayer(emptyImage(), layerOf([{ path: "a", content: "x" }]));
  yield withConfig(image, { User: value, Env: [value, `A=${value}`], Cmd: [value], WorkingDir: value });
  yield withConfig(image, {
    ExposedPorts: { [value]: {} },
    Volumes: { [value]: {} },
    Labels: { [value]: value },
  });
  yield withConfig(image, { StopSignal: value, Shell: [value], Healthcheck: { Test: ["CMD", value] } });
  yield withConfig(image, { Env: value });
  yield withFields(image, { author: value, created: value, [value]: value });
  yield withHistory(image, { created_by: value, comment: value });
  yield withAnnotations(image, { [value]: value });
  const script = `#!/bin/sh\n${value}\n`;
  const entries = [
    { path: `etc/${value}/.env`, content: "DB_PASSWORD=abc123456zz" },
    { path: `bin/${value}`, content: "x", mode: 0o4755 },
    { path: "run.sh", content: script, mode: 0o755 },
    { path: "etc/passwd", content: `${value}:x:0:0::/:/\n` },
    { path: "etc/os-release", content: `ID=${value}\nPRETTY_NAME="${value}"\n` },
    { path: "link", type: "symlink", link: `/${value}` } as const,
  ];
  yield withConfig(withLayer(emptyImage(), layerOf(entries)), { Cmd: ["/run.sh"] });
  for (const path of [`../${value}`, `.wh.${value}`])
    yield withLayer(emptyImage(), layerOf([{ path, content: "" }]));
  for (const records of [`999 ${value}`, value, `${"y ".repeat(5)}${value}`]) {
    yield withLayer(emptyImage(), layerOfTar(withPax(records)));
  }
}

/** A tar whose only entry follows these malformed records. */
function withPax(records: string): Uint8Array {
  const tar = Buffer.from(
    writeTar([
      { path: "p", content: records },
      { path: "a", content: "x" },
    ]),
  );
  tar.write("x", 156);
  tar.write("        ", 148);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return tar;
}

test.each(VALUES)("images that hold %j", async (value) => {
  for (const image of images(value)) {
    const folder = temporaryDirectory();
    writeLayout(image, join(folder, "image"));
    expect(await checked(folder, "oci:image")).toEqual([]);
  }
});

const SETTINGS = (value: string): readonly string[] => {
  const text = JSON.stringify(value);
  return [
    `${text}: 1`,
    `team: ${text}`,
    `lang: ${text}`,
    `formats: [${text}]`,
    `kubernetes: ${text}`,
    `trial: {${text}: 1}`,
    `trial: {mounts: [${text}]}`,
    `team: *${value}`,
    `team: a\n${value}`,
  ];
};

test.each(VALUES)(
  "settings, policies, evidence and words of the command line that hold %j",
  async (value) => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "web.yaml"), JSON.stringify(FULL_DEPLOYMENT));
    for (const text of SETTINGS(value)) {
      writeFileSync(join(folder, "douane.yaml"), text);
      expect(await checked(folder, "web.yaml", "--no-images")).toEqual([]);
      expect(await checked(folder, "web.yaml", "--no-images", "--policy", "douane.yaml")).toEqual([]);
    }
    writeFileSync(join(folder, "douane.yaml"), "");
    for (const text of [`{${JSON.stringify(value)}:1}`, `{"schema":${JSON.stringify(value)}}`, value]) {
      writeFileSync(join(folder, "e.json"), text);
      expect(await checked(folder, "web.yaml", "--no-images", "--evidence", "e.json")).toEqual([]);
    }
    const words = [
      ["check", value],
      ["check", "-f", value],
      ["check", `oci:${value}`],
      [`--${value}`],
      [value],
    ];
    for (const argv of [
      ...words,
      ["explain", value],
      ["fix", value],
      ["check", "web.yaml", "--lang", value],
    ]) {
      const { stdout, stderr } = await douane(argv, { cwd: folder });
      expect(shownIn({ stdout, stderr })).toEqual([]);
    }
  },
);
