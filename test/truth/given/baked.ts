import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { dockerfile } from "./folder.ts";
import { image } from "./image.ts";

/** A file, by its content, or a file among others. */
export type BakedFiles = Readonly<Record<string, string | Uint8Array>>;

/** A case for each file: row 7 of an image that holds it. A `yes` is a trap. */
export function bakedFiles(files: BakedFiles, answer: "yes" | "no", why: string): Cases {
  return Object.entries(files).map(([path, content]) => ({
    name: `${answer === "no" ? "a secret" : "none"} in /${path}`,
    given: image({ files: { [path]: content } }),
    expect: { "no-baked-state": answer },
    why,
    ...(answer === "yes" ? { trap: true } : {}),
  }));
}

/** One case of several files that belong together. */
export function bakedTogether(name: string, files: BakedFiles, answer: "yes" | "no", why: string): Case {
  return {
    name,
    given: image({ files }),
    expect: { "no-baked-state": answer },
    why,
    ...(answer === "yes" ? { trap: true } : {}),
  };
}

/** Row 7 of a Dockerfile with these lines. What is no `no` is a trap. */
export function written(lines: string, answer: Answer, why: string): Case {
  return {
    name: lines.replaceAll("\n", " ⏎ "),
    given: dockerfile(`FROM node:22.1.0-alpine\nUSER 1000\n${lines}\n`),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}
