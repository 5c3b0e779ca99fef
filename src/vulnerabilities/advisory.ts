import type { DistributionDecision } from "../contract/vulnerability-facts.ts";
import type { AffectedVersions } from "./ranges/affected-versions.ts";

/** Statement of one record about one package. */
export interface Advisory {
  /**
   * Identifier as published: `CVE-2021-44228`, `GHSA-jfh8-c2jp-5v3q`, `DSA-5020-1`, `GO-2024-2887`,
   * `MAL-2025-46969`.
   */
  readonly id: string;
  /** Other names of the same vulnerability: OSV's `aliases` and `upstream`, but not `related`. */
  readonly aliases: readonly string[];
  /** Feed of the record: `osv`, `debian-tracker`, `alpine-secdb`, `node-core`. */
  readonly feed: string;
  /** Ecosystem in OSV's form: `Debian:13`, `Alpine:v3.22`, `npm`, `Maven`, `Go`, `Bitnami`. */
  readonly ecosystem: string;
  /**
   * Package name in the ecosystem's normal form, or as written in the record if case matters; for
   * distributions the source package, for Alpine the origin.
   */
  readonly package: string;
  readonly affected: AffectedVersions;
  /** Decision of the distribution, if any; the affected versions include the package in any case. */
  readonly decision?: DistributionDecision;
  readonly severities: readonly StatedSeverity[];
  /** First line of the summary, at most 300 characters. */
  readonly summary?: string;
  /** Set if the package itself is malware. */
  readonly isMalware?: true;
  /** Time of publication, ISO 8601. */
  readonly published?: string;
  readonly modified?: string;
}

/** A severity and its author, with at least one of vector, score and word. */
export interface StatedSeverity {
  /** Author: `CNA`, `ADP` (with its name: `CISA-ADP`), `NVD`, `GHSA`, `Debian`, `Bitnami`, `RustSec`… */
  readonly by: string;
  /** CVSS vector; version 2 has no prefix. */
  readonly vector?: string;
  readonly score?: number;
  /** Author's word in lower case: `critical`, `high`, `unimportant`, `important`. */
  readonly word?: string;
}
