/** What a tag promises: `immutable`, `floating`, or nothing that can be told. */
export type TagKind = "version" | "commit" | "partial" | "floating" | "unknown";

/** Names that move with every build, by convention. */
const FLOATING = new Set(
  (
    "latest stable main master trunk develop development dev prod production preprod staging stage recette integration " +
    "int qa uat nightly edge canary next current lts rolling release rc beta alpha snapshot test testing demo preview " +
    "mainline default head tip oldstable debug nonroot"
  ).split(" "),
);
/** Flavours and platforms: they say what the image is, not which. */
const FLAVOUR =
  /^(?:alpine|slim|bookworm|bullseye|buster|trixie|jammy|focal|noble|debian|ubuntu|distroless|musl|glibc|ubi|windowsservercore|nanoserver|jre|jdk|perl|fpm|apache|cli|unprivileged|amd64|arm64|arm|armv7|x86|linux|chiseled|chiselled)[\d.]{0,8}$/;

/** `1.2.3`, `v1.2.3-alpine`, `2024.06.1`, `app-1.2.3_build.4`. */
const VERSION = /^(?:[a-z]{1,40}[-_])?v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:\.\d{1,9})?(?:[-_.+][\w.-]*)?$/i;
/** `20`, `1.27`, `v3-alpine`, `20-alpine3.20`. Four digits and more are a build number or a year. */
const PARTIAL = /^v?\d{1,3}(?:\.\d{1,3})?(?:-([a-z][\w.-]*))?$/i;
const COMMIT = /^(?:g)?[0-9a-f]{7,64}$/;

/** Judges a tag by its form alone. */
export function tagKind(tag: string): TagKind {
  const words = tag.toLowerCase().split(/[-_.+]/);
  if (/snapshot|nightly|latest/i.test(tag)) return "floating";
  if (VERSION.test(tag)) return "version";
  if (hasCommit(tag)) return "commit";
  if (PARTIAL.test(tag)) return "partial";
  const named = words.filter((word) => !/^\d{0,3}$/.test(word));
  return named.every((word) => FLOATING.has(word) || FLAVOUR.test(word)) ? "floating" : "unknown";
}

/**
 * Seven or more hexadecimal digits as a word, with a digit and a letter: `main-1a2b3c4`, `sha-abcdef1`.
 * Digits alone are a commit only behind `sha-`: 20240612 is a date. Letters alone may be a word.
 */
function hasCommit(tag: string): boolean {
  const words = tag.split(/[-_.]/);
  return words.some((word, index) => {
    if (!COMMIT.test(word)) return false;
    const announced = /^(?:sha|sha1|sha256|git|commit)$/i.test(words[index - 1] ?? "");
    return announced || word.length >= 40 || (/\d/.test(word) && /[a-f]/.test(word));
  });
}
