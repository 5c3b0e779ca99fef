import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { minorOf, NEWEST_MINOR, OLDEST_MINOR } from "../../policy/kubernetes-version.ts";

/** Parses `--kubernetes`. A UsageError `kubernetes-unknown` shows the value. */
export function parseKubernetes(version: string): number {
  const minor = minorOf(version);
  if (minor !== undefined) return minor;
  throw new UsageError("kubernetes-unknown", {
    fr: `--kubernetes ${quoted(version)} : écrire une version depuis 1.${OLDEST_MINOR}, par exemple 1.29 (par défaut 1.${NEWEST_MINOR}, la plus récente connue).`,
    en: `--kubernetes ${quoted(version)}: write a version from 1.${OLDEST_MINOR} on, for example 1.29 (default: 1.${NEWEST_MINOR}, the newest known).`,
  });
}
