import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildExample } from "../../examples/build.ts";
import { run } from "../../src/cli/run.ts";
import type { Lang } from "../../src/contract/text.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Text between these marks in a document: output of douane, or its first lines. */
const SHOWN =
  /(?<=<!-- output: douane (?<args>[^>(]*?)(?: \(first (?<lines>\d+) lines\))? -->\n```text\n).*?(?=```\n)/gs;

const COLUMNS = 100;

/** A document of a language with its outputs as douane prints them now. */
export async function withShownOutputs(file: string, lang: Lang): Promise<string> {
  buildExample("portal");
  buildExample("portal-fixed");
  const text = readFileSync(join(ROOT, file), "utf8");
  const outputs = await Promise.all(
    [...text.matchAll(SHOWN)].map(async ({ groups = {} }) => {
      const output = await outputOf(groups["args"]?.split(" ") ?? [], lang);
      return groups["lines"] === undefined ? output : firstLines(output, Number(groups["lines"]));
    }),
  );
  let next = 0;
  return text.replace(SHOWN, () => outputs[next++] ?? "");
}

function firstLines(text: string, count: number): string {
  return `${text.split("\n").slice(0, count).join("\n")}\n…\n`;
}

async function outputOf(args: readonly string[], lang: Lang): Promise<string> {
  const written: string[] = [];
  const output = { isTTY: false, columns: COLUMNS, write: async (text: string) => void written.push(text) };
  await run({
    argv: [...args, "--lang", lang, ...(args[0] === "check" ? ["--no-cache"] : [])],
    env: {},
    cwd: ROOT,
    stdin: (async function* () {})(),
    stdout: output,
    stderr: output,
    now: () => new Date(),
    signal: new AbortController().signal,
    catchSignals: (work) => work(),
  });
  return written.join("");
}
