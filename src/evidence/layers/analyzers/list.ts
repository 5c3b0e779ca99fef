import type { Analyzer } from "./analyzer.ts";
import { FILES } from "./files.ts";
import { PACKAGES } from "./packages.ts";
import { SCRIPTS } from "./scripts.ts";
import { SECRETS } from "./secrets.ts";

/** Analyzers that examine files, in the order of VERSIONS, whose first item is the entries themselves. */
export const ANALYZERS: readonly Analyzer[] = [FILES, SCRIPTS, SECRETS, PACKAGES];
