import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** The newest Kubernetes 1.x whose Pod Security tables the rules know: manifests are judged for it unless told otherwise. */
export const NEWEST_MINOR = 37;

/** Older ones know neither Pod Security nor the fields that the contract asks for. */
const OLDEST_MINOR = 19;

/** The minor version in `1.29`, `v1.29` or `1.29.3`; undefined when it is none that can be judged for. */
export function minorOf(version: string): number | undefined {
  const minor = Number(/^v?1\.([1-9]\d{0,2})(?:\.\d{1,4})?$/.exec(version)?.[1]);
  return minor >= OLDEST_MINOR ? minor : undefined;
}

/** Reads `--kubernetes`. A UsageError `kubernetes-unknown` shows the value. */
export function parseKubernetes(version: string): number {
  const minor = minorOf(version);
  if (minor !== undefined) return minor;
  throw new UsageError("kubernetes-unknown", {
    fr: `--kubernetes ${quoted(version)} : écrire une version depuis 1.${OLDEST_MINOR}, par exemple 1.29 (par défaut 1.${NEWEST_MINOR}, la plus récente connue).`,
    en: `--kubernetes ${quoted(version)}: write a version from 1.${OLDEST_MINOR} on, for example 1.29 (default: 1.${NEWEST_MINOR}, the newest known).`,
  });
}
