import { isDigit } from "./digits.ts";
import { orderSemver, parseSemver, type SemanticVersion } from "./semver.ts";
import { versionScheme } from "./version-scheme.ts";

/**
 * Semantic versions in the forms in which packages and advisories also state them: `v1.2`, `2023.03.20`,
 * `1.2.3rc1`. Parts that are missing are zero. Strict versions keep their order.
 */
function parseLooseSemver(text: string): SemanticVersion | undefined {
  return parseSemver(text) ?? parseLoose(text);
}

const NUMBERS = /^[v=]?(\d+)(?:\.(\d+))?(?:\.(\d+))?/;
const REST = /^(?:-?([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

function parseLoose(text: string): SemanticVersion | undefined {
  const [numbers, major, minor = "0", patch = "0"] = NUMBERS.exec(text) ?? [];
  if (numbers === undefined || major === undefined) return undefined;
  const rest = text.slice(numbers.length);
  const [whole, stated = ""] = REST.exec(rest) ?? [];
  if (whole === undefined || isDigit(rest.charCodeAt(0))) return undefined;
  const prerelease = stated === "" ? [] : stated.split(".");
  return { numbers: [major, minor, patch], prerelease };
}

/** Semantic Versioning, and what is meant as such. */
export const looseSemver = versionScheme("semver, loose", parseLooseSemver, orderSemver);
