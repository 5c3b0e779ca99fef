import { DouaneError } from "../../src/contract/error.ts";
import { Transient } from "../../src/net/http/retry.ts";
import type { Target } from "./target.ts";

/** Milliseconds that no reading of a small input may take. */
const LONGEST_MS = 5_000;

/** Reads an input. What is wrong with that, if anything: an error that is no answer to a user, or too long a time. */
export async function attempt(target: Target, input: Buffer): Promise<string | undefined> {
  const begun = performance.now();
  try {
    await target.run(input);
  } catch (error) {
    if (!(error instanceof DouaneError || error instanceof Transient)) return problemOf(error);
  }
  return performance.now() - begun > LONGEST_MS ? "takes more than 5 s" : undefined;
}

/** Key of an error: with the place that threw it, since one finding per place is enough. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = error.stack?.split("\n").find((line) => line.includes("/src/")) ?? "";
  return `${error.name}: ${error.message.slice(0, 100)}${frame.replace(/\(.*\/src\//, "(src/")}`;
}
