import { isJumbled } from "./entropy.ts";
import { jwtUse } from "./jwt.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { ScannedText } from "./scanned-text.ts";
import { isShown, settingsForm } from "./settings-form.ts";

/** Languages in which applications are written. */
const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|php|phtml|rb|exs?|erb|pl|kts?|java|scala|groovy|go|rs|cs|fs|vb|swift|dart|jl|nim|pm|clj[cs]?|erl|hs|ml|coffee|astro|r|map)$/i;

/** Paths of test files: `ecdh_test.go`, `test_login.py`. */
const TRIED =
  /[._-](?:tests?|specs?|stories|mocks?|fixtures?)\.\w{1,6}$|\/(?:test_|conftest)[^/]{0,100}\.py$/i;

/** Whether the file is code in use: neither an example nor a test. */
export function isCode({ path }: ScannedText): boolean {
  return CODE.test(path) && !isShown(path) && !TRIED.test(path);
}

/**
 * Whether the file is the application's own code. Settings files written in code are judged by names alone
 * elsewhere.
 */
export function isOwnCode(scanned: ScannedText): boolean {
  return isCode(scanned) && settingsForm(scanned.path) === undefined;
}

/**
 * Whether a value is longer than a word, has letters and digits in one run, and is not an identifier of a
 * program.
 */
export function isDrawnInCode(value: string): boolean {
  if (isPlaceholder(value) || /^[a-z][\w+.-]{0,20}:|^\W|[{}<>()]|\.\.|\/[a-z]{3,}\//.test(value))
    return false;
  const use = value.startsWith("eyJ") ? jwtUse(value) : undefined;
  if (use !== undefined) return use === "secret";
  const runs = value.split(/[^A-Za-z0-9]/);
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), "");
  if (/^AIza|^pk[_.]|^phc_|^sha\d/.test(value)) return false;
  return longest.length >= 16 && /\d/.test(longest) && /[A-Za-z]/.test(longest) && isJumbled(longest);
}
