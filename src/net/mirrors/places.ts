import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Reference } from "../reference.ts";
import { assertNotBlocked, type PullSource, pullSources, ruleFor } from "./pull-sources.ts";
import { loadRegistryRules } from "./registry-rules.ts";

/** Places of images by registries.conf. */
export interface Places {
  /** Hosts, with their ports, that the file calls insecure. */
  readonly insecureHosts: readonly string[];
  /** Places from which an image may be read, in order; the last is none of its mirrors. */
  sources(reference: Reference): readonly PullSource[];
  /**
   * Place at which everything about a repository is read, also what is missing there: no mirror, unless the
   * repository's own place is blocked.
   *
   * @throws UnavailableError registry-blocked
   */
  placeOf(reference: Reference): Reference;
  /** @throws UnavailableError registry-blocked */
  assertWritable(reference: Reference): void;
  /**
   * Verifies a name without a registry, which is Docker Hub's for Docker and Kubernetes.
   *
   * @throws UsageError short-name if podman searches elsewhere
   */
  assertOfDockerHub(name: string): void;
}

/** @throws UsageError registries-conf-invalid */
export function placesOf(env: Readonly<Record<string, string | undefined>>, system?: string): Places {
  const { rules, search = [] } = loadRegistryRules(env, system);
  const endpoints = rules.flatMap((rule) => [rule, ...rule.mirrors]);
  const insecure = endpoints.filter((endpoint) => endpoint.insecure && endpoint.location !== "");
  return {
    insecureHosts: insecure.map(({ location }) => location.replace(/\/.*$/s, "")),
    sources: (reference) => pullSources(rules, reference),
    placeOf(reference) {
      const sources = pullSources(rules, reference);
      const own = sources.at(-1);
      const usable =
        own?.blockedBy === undefined ? own : sources.find(({ blockedBy }) => blockedBy === undefined);
      if (usable === undefined) assertNotBlocked(own?.blockedBy, reference);
      return usable?.reference ?? reference;
    },
    assertWritable(reference) {
      const rule = ruleFor(rules, reference);
      if (rule?.blocked === true) assertNotBlocked(rule.prefix, reference);
    },
    assertOfDockerHub(name) {
      if (search.length === 0 || search.includes("docker.io")) return;
      const [hosts, whole] = [search.map(quoted).join(", "), quoted(`${search[0]}/${name}`)];
      throw new UsageError("short-name", {
        fr: `${quoted(name)} ne nomme pas de registre : pour Docker et Kubernetes c'est docker.io, mais registries.conf cherche sur cette machine dans ${hosts} (unqualified-search-registries). Écrire la référence entière, par exemple ${whole} ou ${quoted(`docker.io/${name}`)}.`,
        en: `${quoted(name)} names no registry: for Docker and Kubernetes that is docker.io, but registries.conf searches ${hosts} on this machine (unqualified-search-registries). Write the whole reference, for example ${whole} or ${quoted(`docker.io/${name}`)}.`,
      });
    },
  };
}
