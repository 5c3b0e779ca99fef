import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { ContextFacts, StageFacts } from "../../contract/dockerfile-facts.ts";

/** A name that is the same on every disk: no pattern, no variable, no URL. */
const LITERAL = /^[^*?[\]$:]+$/;
/** Sources that are looked for; one that is missing is enough to tell. */
const SOURCES = 50;

/**
 * The folder of the Dockerfile as the build's context, unless something that the Dockerfile copies
 * is not there: then it is built from another folder (`docker build -f docker/Dockerfile .`).
 */
export function contextOf(
  path: string,
  { stages }: { readonly stages: readonly StageFacts[] },
): ContextFacts | undefined {
  const folder = dirname(path);
  const sources = stages
    .flatMap(({ copies }) => copies)
    .filter(({ from }) => from === undefined)
    .flatMap((copy) => copy.sources)
    .filter((source) => LITERAL.test(source) && !source.split("/").includes(".."))
    .slice(0, SOURCES);
  try {
    if (sources.some((source) => !existsSync(join(folder, source)))) return undefined;
    const names = readdirSync(folder);
    const ignored = names.includes(".dockerignore") || names.includes(`${basename(path)}.dockerignore`);
    return { ignored, holds: names.filter(isTold).sort() };
  } catch {
    // A folder that cannot be listed says nothing of what it holds.
    return undefined;
  }
}

/** What may be history or settings of one environment: which of it is, the rule says. */
function isTold(name: string): boolean {
  return name === ".git" || name.startsWith(".env");
}
