import { isDigit } from "./digits.ts";
import { orderSemver, parseSemver, type SemanticVersion } from "./semver.ts";
import { versionScheme } from "./version-scheme.ts";

/**
 * Semantic versions in the forms that packages and advisories also use: `v1.2`, `2023.03.20`, `17.0.8.1`,
 * `1.2.3rc1`. Missing numbers are zero. Strict versions keep their order.
 */
function parseLooseSemver(text: string): SemanticVersion | undefined {
  return parseSemver(text) ?? parseLoose(text);
}

const NUMBERS = /^[v=]?(\d+(?:\.\d+)*)/;
const REST = /^(?:-?([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

function parseLoose(text: string): SemanticVersion | undefined {
  const [start, numbers] = NUMBERS.exec(text) ?? [];
  if (start === undefined || numbers === undefined) return undefined;
  const rest = text.slice(start.length);
  const [whole, stated = ""] = REST.exec(rest) ?? [];
  if (whole === undefined || isDigit(rest.charCodeAt(0))) return undefined;
  const prerelease = stated === "" ? [] : stated.split(".");
  return { numbers: numbers.split("."), prerelease };
}

/** Scheme of Semantic Versioning, including common deviations. */
export const looseSemver = versionScheme("semver, loose", parseLooseSemver, orderSemver);
