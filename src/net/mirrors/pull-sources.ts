import { UnavailableError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { formatReference, parseReference, type Reference } from "../reference.ts";
import type { Endpoint, RegistryRule } from "./registries-conf.ts";

/** Place from which an image is read. */
export interface PullSource {
  readonly reference: Reference;
  readonly insecure: boolean;
  /** Whether it is a mirror of the referenced place. */
  readonly isMirror: boolean;
  /** Prefix of the rule that forbids the place on this machine. */
  readonly blockedBy?: string;
}

/**
 * Places of an image, in the order in which they are tried: the mirrors of the rule with the longest prefix, then the
 * location itself. A rule that blocks its own location leaves its mirrors, as in containers/image.
 *
 * @throws UsageError mirror-invalid
 */
export function pullSources(rules: readonly RegistryRule[], reference: Reference): readonly PullSource[] {
  const rule = ruleFor(rules, reference);
  if (rule === undefined) return [{ reference, insecure: false, isMirror: false }];
  const isOther = reference.digest === undefined ? "digest-only" : "tag-only";
  const mirrors = rule.mirrors.filter(({ pulls }) => pulls !== isOther);
  const own = sourceAt(rule, rule.prefix, reference, false);
  return [
    ...mirrors.map((mirror) => underOwnRule(rules, sourceAt(mirror, rule.prefix, reference, true))),
    rule.blocked ? { ...own, blockedBy: rule.prefix } : underOwnRule(rules, own),
  ];
}

/** Rule with the longest prefix of a repository. */
export function ruleFor(rules: readonly RegistryRule[], reference: Reference): RegistryRule | undefined {
  const name = nameOf(reference);
  const matching = rules.filter(({ prefix }) => lengthOf(name, prefix) !== undefined);
  return matching.reduce<RegistryRule | undefined>(
    (longest, rule) => (longest === undefined || rule.prefix.length > longest.prefix.length ? rule : longest),
    undefined,
  );
}

function nameOf({ registry, repository }: Reference): string {
  return `${registry}/${repository}`;
}

/** Length of the part of a name that a prefix matches, up to a boundary; undefined if it does not. */
function lengthOf(name: string, prefix: string): number | undefined {
  const suffix = prefix.startsWith("*.") ? prefix.slice(1) : undefined;
  const begin = suffix === undefined ? 0 : name.indexOf(suffix);
  const isHost = begin !== -1 && !name.slice(0, begin).includes("/");
  if (!isHost || !name.startsWith(suffix ?? prefix, begin)) return undefined;
  const end = begin + (suffix ?? prefix).length;
  return end === name.length || /[:/@]/.test(name.charAt(end)) ? end : undefined;
}

function sourceAt(
  { location, insecure }: Endpoint,
  prefix: string,
  given: Reference,
  isMirror: boolean,
): PullSource {
  if (location === "") return { reference: given, insecure, isMirror };
  const text = formatReference(given);
  const rewritten = `${location}${text.slice(lengthOf(nameOf(given), prefix))}`;
  const reference = parseReference(rewritten);
  if (formatReference(reference) === rewritten) return { reference, insecure, isMirror };
  throw new UsageError("mirror-invalid", {
    fr: `registries.conf mène ${quoted(text)} à ${quoted(rewritten)}, qui n'est pas une référence complète : location doit commencer par un hôte.`,
    en: `registries.conf leads ${quoted(text)} to ${quoted(rewritten)}, which is no complete reference: location must begin with a host.`,
  });
}

/** Source under the rule of its own place, which may be blocked or insecure itself. */
function underOwnRule(rules: readonly RegistryRule[], source: PullSource): PullSource {
  const rule = ruleFor(rules, source.reference);
  if (rule === undefined) return source;
  const blockedBy = rule.blocked ? { blockedBy: rule.prefix } : {};
  return { ...source, insecure: source.insecure || rule.insecure, ...blockedBy };
}

/** @throws UnavailableError registry-blocked */
export function assertNotBlocked(prefix: string | undefined, reference: Reference): void {
  if (prefix === undefined) return;
  const name = quoted(formatReference(reference));
  throw new UnavailableError("registry-blocked", {
    fr: `registries.conf interdit ${quoted(prefix)} sur cette machine (blocked) : ${name} n'y est pas demandé.`,
    en: `registries.conf blocks ${quoted(prefix)} on this machine (blocked): ${name} is not requested.`,
  });
}
