import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileRuntimeInstall } from "./1.2-dockerfile-runtime-install.ts";

test.each([
  [
    "npm install before the start",
    "FROM node:22.12.0-alpine\nCMD npm install && npm start",
    {
      answer: "presumed",
      at: ["2:1"],
      notes: [],
      says: expect.stringContaining("npm install"),
      remedy: expect.stringContaining("RUN npm install"),
    },
  ],
  [
    "pip through sh -c",
    'FROM node:22.12.0-alpine\nCMD ["sh", "-c", "pip install -r requirements.txt && exec python app.py"]',
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "apk in ENTRYPOINT",
    'FROM node:22.12.0-alpine\nENTRYPOINT ["apk", "add", "curl"]',
    { answer: "presumed", at: ["2:1"], notes: [] },
  ],
  [
    "trap: npm start, npm run migrate",
    "FROM node:22.12.0-alpine\nCMD npm run migrate && npm start",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: npm alone, a name of Object",
    'FROM node:22.12.0-alpine\nCMD ["npm"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: constructor",
    'FROM node:22.12.0-alpine\nCMD ["constructor", "install"]',
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: behind an unknown condition",
    "FROM node:22.12.0-alpine\nCMD [ -d node_modules ] || npm ci",
    { answer: "pass", at: [], notes: [] },
  ],
  [
    "trap: nothing rests on a file that BuildKit refuses",
    "FROM scratch\nNPM install",
    { answer: "unproven", at: [], notes: [], says: expect.stringContaining("line 2") },
  ],
])("%s", (_, text, expected) => {
  expect(summary(dockerfileRuntimeInstall, text)).toMatchObject(expected);
});

const VERBS: Readonly<Record<string, string>> = {
  npm: "install i ci add update",
  pnpm: "install i add update",
  yarn: "install add",
  bun: "install i add",
  pip: "install",
  pip3: "install",
  poetry: "install sync",
  uv: "sync pip",
  composer: "install update require",
  bundle: "install update",
  apk: "add upgrade",
  apt: "install upgrade",
  "apt-get": "install upgrade",
  dnf: "install upgrade update",
  yum: "install update",
  microdnf: "install update",
};

test.each(Object.entries(VERBS))("%s installs by %s, and by nothing else", (name, verbs) => {
  const answer = (verb: string) =>
    summary(dockerfileRuntimeInstall, `FROM node:22.12.0-alpine\nCMD ["${name}", "-q", "${verb}"]`).answer;
  for (const verb of verbs.split(" ")) {
    expect([verb, answer(verb)]).toEqual([verb, "presumed"]);
    expect([verb, answer(`${verb}x`), answer(`x${verb}`)]).toEqual([verb, "pass", "pass"]);
  }
  expect(answer("list")).toBe("pass");
});
