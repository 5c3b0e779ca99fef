/** Stability of a tag: fixed, moving, or unknown (`channel`: a version beside a moving word). */
export type TagKind = "version" | "commit" | "partial" | "floating" | "channel" | "unknown";

/** Names that move with every build, by convention. */
const FLOATING = new Set(
  (
    "latest stable main master trunk develop development developpement dev prod production preprod preproduction staging " +
    "stage recette integration int qa uat qualif qualification homologation nightly edge canary next current lts rolling " +
    "release rc beta alpha snapshot test testing demo preview mainline default head tip oldstable debug nonroot"
  ).split(" "),
);
/**
 * Words for channels and environments: the tag of such a build may be reused, even if it contains a version.
 */
const CHANNELS = new Set(
  (
    "stable main master trunk develop development developpement dev prod production preprod preproduction nonprod staging stage " +
    "recette recettage integration int qa uat qualif qualification homologation homolog formation sandbox edge canary next " +
    "current rolling head tip test testing demo preview mainline oldstable"
  ).split(" "),
);
/** Flavours and platforms, which do not identify a build. */
const FLAVOUR =
  /^(?:alpine|slim|bookworm|bullseye|buster|trixie|jammy|focal|noble|debian|ubuntu|distroless|musl|glibc|ubi|windowsservercore|nanoserver|jre|jdk|perl|fpm|apache|cli|unprivileged|amd64|arm64|arm|armv7|x86|linux|chiseled|chiselled)[\d.]{0,8}$/;

/**
 * A version with an optional prefix and suffix: `1.2.3`, `v1.2.3-alpine`, `2024.06.1`, `app-1.2.3_build.4`.
 */
const VERSION = /^(?:([a-z]{1,40})[-_])?v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:\.\d{1,9})?(?:[-_.+]([\w.-]*))?$/i;
/**
 * A partial version: `20`, `1.27`, `v3-alpine`, `20-alpine3.20`. Four digits or more are a build number or a
 * year.
 */
const PARTIAL = /^v?\d{1,3}(?:\.\d{1,3})?(?:-([a-z][\w.-]*))?$/i;
const COMMIT = /^(?:g)?[0-9a-f]{7,64}$/;

/** Judges a tag by its form alone. */
export function tagKind(tag: string): TagKind {
  const words = tag.toLowerCase().split(/[-_.+]/);
  if (/snapshot|nightly|latest/i.test(tag)) return "floating";
  const version = VERSION.exec(tag);
  if (version !== null) return isChannel(version) && !hasCommit(tag) ? "channel" : "version";
  if (hasCommit(tag)) return "commit";
  if (PARTIAL.test(tag)) return "partial";
  const named = words.filter((word) => !/^\d{0,3}$/.test(word));
  return named.every((word) => FLOATING.has(word) || FLAVOUR.test(word)) ? "floating" : "unknown";
}

/**
 * Whether a version is only a channel: `1.2.3-dev`, `stable-1.2.3`. A counter after the word identifies a
 * build (`1.2.3-dev.5`), as in SemVer's pre-releases, whose `alpha`, `beta` and `rc` are not channels.
 */
function isChannel([, before = "", behind = ""]: RegExpExecArray): boolean {
  const words = behind.toLowerCase().split(/[-_.+]/);
  const moves = (word: string, next = ""): boolean => CHANNELS.has(word) && !/^\d+$/.test(next);
  return moves(before.toLowerCase()) || words.some((word, index) => moves(word, words[index + 1]));
}

/**
 * Whether a tag contains a commit: seven or more hexadecimal digits as a word, with a letter (`main-1a2b3c4`,
 * `deadbeef`). Digits alone are a commit only after `sha-`: 20240612 is a date, 1234567 a build number.
 */
function hasCommit(tag: string): boolean {
  const words = tag.split(/[-_.]/);
  return words.some((word, index) => {
    if (!COMMIT.test(word)) return false;
    const announced = /^(?:sha|sha1|sha256|git|commit)$/i.test(words[index - 1] ?? "");
    return announced || word.length >= 40 || /[a-f]/.test(word);
  });
}
