import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, SOURCES } from "./fixtures/imports.ts";

/** A sentence of the product or its documentation, and its place. */
interface Sentence {
  readonly place: string;
  readonly text: string;
}

/** Files with the contract's own headings, and the explanations of its words. */
const OWN_WORDS = new Set(["src/contract/rows.ts", "src/contract/clauses.ts"]);

/** Names that are not prose: code, quotes, paths, options, fields, commands. */
const NAMES =
  /`[^`]*`|« [^»]* »|"[^"]*"|\$\{[^}]*\}[\w-]*|--[\w-]+|\b[\w-]*[./_=:][\w./=:-]*|https?:\S+|\b(?:helm|docker|pm2|kubectl|douane) \w+/g;

function sentencesOf(file: string): readonly Sentence[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(/\bfr:\s*(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g)].map((match) => ({
    place: `${file}:${text.slice(0, match.index).split("\n").length}`,
    text: match[1] ?? match[2] ?? "",
  }));
}

function linesOf(file: string): readonly Sentence[] {
  let inCode = false;
  return readFileSync(join(ROOT, file), "utf8")
    .split("\n")
    .flatMap((text, index) => {
      if (text.startsWith("```")) inCode = !inCode;
      return inCode ? [] : [{ place: `${file}:${index + 1}`, text }];
    });
}

const SENTENCES = [
  ...SOURCES.filter((file) => !OWN_WORDS.has(file)).flatMap(sentencesOf),
  ...["LISEZMOI.md", ...globSync("docs/**/*.fr.md", { cwd: ROOT })].flatMap(linesOf),
];

const FORBIDDEN = readFileSync(join(ROOT, "docs", "glossary.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| français"))
  .flatMap((line) => {
    const [, right = "", , wrong = ""] = line.split("|").map((cell) => cell.trim());
    return wrong.split(", ").map((word) => [word, right] as const);
  });

function having(pattern: RegExp, texts: readonly Sentence[]): readonly string[] {
  return texts.filter(({ text }) => pattern.test(text)).map(({ place, text }) => `${place}: ${text}`);
}

const PLAIN = SENTENCES.map(({ place, text }) => ({ place, text: text.replace(NAMES, "…") }));

describe("French sentences", () => {
  test("are found", () => {
    expect(SENTENCES.length).toBeGreaterThan(1_500);
    expect(FORBIDDEN.length).toBeGreaterThan(30);
  });

  test.each(FORBIDDEN)("never say « %s » for « %s »", (word) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    expect(
      having(new RegExp(String.raw`(?<![\p{L}\p{N}'’-])${escaped}(?![\p{L}\p{N}-])`, "iu"), PLAIN),
    ).toEqual([]);
  });

  test("address nobody: the infinitive, no imperative", () => {
    expect(having(/(?<!\p{L})(?!(?:chez|assez|livez|nez|rez)(?!\p{L}))\p{L}+ez(?!\p{L})/iu, PLAIN)).toEqual(
      [],
    );
  });

  test("have their plurals, not « (s) »", () => {
    expect(having(/\p{L}\((?:s|es|x)\)/u, PLAIN)).toEqual([]);
  });

  test("quote in guillemets, with spaces inside", () => {
    const quotes = SENTENCES.filter(({ place }) => place.startsWith("src/"));
    expect(having(/[“”]|«\S|\S»/u, quotes)).toEqual([]);
  });
});
