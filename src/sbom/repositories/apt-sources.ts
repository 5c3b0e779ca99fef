import { stanzas } from "../cataloger/stanzas.ts";
import { isDistributions, type NamedRepository, shownAddress } from "./repository.ts";

/** A source of apt (https://manpages.debian.org/sources.list.5). */
interface AptSource {
  readonly address: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Value of `signed-by`: a keyring file, or keys. */
  readonly signedBy: string | undefined;
  readonly isTrusted: boolean;
}

/** Sources of `sources.list` and `sources.list.d/*.list` that are not the distribution's own. */
export function foreignAptLines(text: string): readonly NamedRepository[] {
  return text.split("\n").flatMap((line) => {
    const source = sourceOf(line.replace(/#.*/, "").trim());
    return source === undefined ? [] : foreign(source);
  });
}

/** Sources of `sources.list.d/*.sources`, in paragraphs of fields, that are not the distribution's own. */
export function foreignAptSources(text: string): readonly NamedRepository[] {
  return [...stanzas(withoutComments(text))].flatMap((fields) => {
    const field = new Map([...fields].map(([name, value]) => [name.toLowerCase(), value]));
    const words = (name: string) => wordsOf(field.get(name) ?? "");
    if (field.get("enabled")?.toLowerCase() === "no") return [];
    return words("uris").flatMap((address) =>
      foreign({
        address,
        suites: words("suites"),
        components: words("components"),
        signedBy: field.get("signed-by"),
        isTrusted: field.get("trusted")?.toLowerCase() === "yes",
      }),
    );
  });
}

/** The text without comments, and with continued lines joined, since stanzas() would omit these. */
function withoutComments(text: string): string {
  return text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .replace(/\n[ \t]+/g, " ");
}

/** Source in a line: `deb [signed-by=…] https://deb.debian.org/debian trixie main`. */
function sourceOf(line: string): AptSource | undefined {
  if (!/^deb(?:-src)?\s/.test(line)) return undefined;
  const rest = line.slice(line.search(/\s/)).trim();
  const end = rest.startsWith("[") ? rest.indexOf("]") : -1;
  const options = new Map(
    wordsOf(end < 0 ? "" : rest.slice(1, end)).map((word) => {
      const at = word.indexOf("=");
      return [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
    }),
  );
  const [address, suite, ...components] = wordsOf(rest.slice(end + 1));
  if (address === undefined) return undefined;
  return {
    address,
    suites: suite === undefined ? [] : [suite],
    components,
    signedBy: options.get("signed-by"),
    isTrusted: options.get("trusted") === "yes",
  };
}

function foreign(source: AptSource): readonly NamedRepository[] {
  const address = shownAddress(source.address);
  if (isDistributions(address) || isMirror(source, address)) return [];
  return [{ manager: "apt", address }];
}

/**
 * Whether the source mirrors the distribution. apt accepts only packages signed by the distribution, unless
 * other keys are configured.
 */
function isMirror({ suites, components, signedBy, isTrusted }: AptSource, address: string): boolean {
  if (isTrusted || !/\/(?:debian|debian-security|ubuntu|ubuntu-ports)$/.test(address)) return false;
  if (signedBy !== undefined && !/\/(?:debian|ubuntu)-archive-keyring\.(?:gpg|pgp|asc)$/.test(signedBy))
    return false;
  return (
    suites.every((suite) => /^[a-z]{3,20}(?:[-/](?:updates|security|backports|proposed))?$/.test(suite)) &&
    components.length > 0 &&
    components.every((component) => COMPONENTS.has(component))
  );
}

const COMPONENTS = new Set([
  "main",
  "contrib",
  "non-free",
  "non-free-firmware",
  "restricted",
  "universe",
  "multiverse",
]);

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
