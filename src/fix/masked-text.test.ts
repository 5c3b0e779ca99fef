import { expect, test } from "vitest";
import { checkedToken, KEY, noise } from "../../test/fixtures/secrets.ts";
import { maskManifestText } from "./masked-text.ts";

const TOKEN = checkedToken("ghp_");
const PASSWORD = noise(20);
const HALVES = [PASSWORD.slice(0, 10), PASSWORD.slice(10)] as const;

function pod(fields: string): string {
  return `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: web\n${fields}`;
}

test.each([
  ["plain", `      env: [{name: DB_PASSWORD, value: ${PASSWORD}}]\n`],
  ["in quotes", `      env:\n        - name: DB_PASSWORD\n          value: "${PASSWORD}"\n`],
  ["escaped", `      env: [{name: DB_PASSWORD, value: "\\x41${PASSWORD}"}]\n`],
  [
    "folded",
    `      env:\n        - name: DB_PASSWORD\n          value: >-\n            ${PASSWORD}\n            more\n`,
  ],
  ["in an anchor", `      args: [&p "${PASSWORD}"]\n      env: [{name: DB_PASSWORD, value: *p}]\n`],
  ["as two words", `      args: [--password, ${PASSWORD}]\n`],
  ["under a header's name", `      x: [{name: X-Api-Key, value: ${PASSWORD}}]\n`],
  ["under a key", `      password: ${PASSWORD}\n`],
  ["in a comment, too", `      password: ${PASSWORD} # ${PASSWORD}\n`],
])("a secret that is written %s is masked, line by line", (_, fields) => {
  const masked = maskManifestText(pod(fields));
  for (const half of HALVES) expect(masked).not.toContain(half);
  expect(masked.split("\n")).toHaveLength(pod(fields).split("\n").length);
  expect(masked).toContain("- name: web");
});

test("a key of several lines leaves as many, with their indentation and line breaks", () => {
  const text = `a:\r\n  key: |\r\n    ${KEY.trim().replaceAll("\n", "\r\n    ")}\r\n  b: c\r\n`;
  const masked = maskManifestText(text);
  expect(masked).not.toContain(KEY.split("\n")[1]);
  expect(masked.split("\r\n")).toHaveLength(text.split("\r\n").length);
  expect(masked).toMatch(/\r\n {4}…\r\n {2}b: c\r\n$/);
});

test("all that a Secret holds, whatever it looks like; the ConfigMap beside it only what is one", () => {
  const object = (kind: string, level: string) =>
    `---\nkind: ${kind}\ndata: {level: ${level}, DB_PASSWORD: ${PASSWORD}}\n`;
  const masked = maskManifestText(`${object("Secret", "aW5mbw==")}${object("ConfigMap", "bGV2ZWw=")}`);
  expect(masked).not.toContain("aW5mbw==");
  expect(masked).toContain("bGV2ZWw=");
  expect(masked).not.toContain(PASSWORD);
});

test("what is no YAML is masked by its content", () => {
  expect(maskManifestText(`a: [\nb: ${TOKEN}\n`)).toBe("a: [\nb: ghp_…(40)\n");
});

test("trap: a text without secrets stays as it is", () => {
  const text = `${pod("      env: [{name: DB_PASSWORD_FILE, value: /run/secrets/db}]\n")}# é\u{20ac}\r\n`;
  expect(maskManifestText(text)).toBe(text);
});

test("behind a byte order mark the very secret is masked, no character more or less", () => {
  const text = pod('      args: ["--password", "kangaroos"]\n');
  expect(maskManifestText(`\u{feff}${text}`)).toBe(`\u{feff}${maskManifestText(text)}`);
  expect(maskManifestText(text)).not.toContain("roos");
});
