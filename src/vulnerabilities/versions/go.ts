import { orderSemver, parseSemver, type SemanticVersion } from "./semver.ts";
import { versionScheme } from "./version-scheme.ts";

const TOOLCHAIN = /^(?:go)?(\d+(?:\.\d+){1,2})(?:(beta|rc)(\d+))?$/;
const SHORT = /^v?\d+(?:\.\d+)?$/;

/**
 * Module versions with or without `v`, including pseudo-versions and `+incompatible`, and toolchain versions:
 * `go1.22.3`, `1.22rc1`. The toolchain's suffix (`X:…`) is ignored.
 *
 * Undefined for `(devel)` and versions without a tag.
 */
function parse(text: string): SemanticVersion | undefined {
  const space = text.indexOf(" ");
  const stated = space === -1 ? text : text.slice(0, space);
  return parseSemver(stated, startOf(stated)) ?? parseShort(stated);
}

/** Offset after the prefix. */
function startOf(text: string): number {
  if (text.startsWith("go")) return 2;
  return text.startsWith("v") ? 1 : 0;
}

function parseShort(text: string): SemanticVersion | undefined {
  const module = SHORT.test(text) ? text.replace("v", "") : undefined;
  const [, toolchain, stage, number] = TOOLCHAIN.exec(text) ?? [];
  const release = module ?? toolchain;
  if (release === undefined) return undefined;
  const whole = [...release.split("."), "0", "0"].slice(0, 3).join(".");
  return parseSemver(stage === undefined || number === undefined ? whole : `${whole}-${stage}.${number}`);
}

/** Scheme of Go's modules and toolchain. */
export const go = versionScheme("Go", parse, orderSemver);
