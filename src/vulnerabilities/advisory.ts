import type { DistributionDecision } from "../contract/vulnerability-facts.ts";
import type { AffectedVersions } from "./ranges/affected-versions.ts";

/** What one record of a feed says of one package. */
export interface Advisory {
  /** As its publisher names it: `CVE-2021-44228`, `GHSA-jfh8-c2jp-5v3q`, `DSA-5020-1`, `GO-2024-2887`, `MAL-2025-46969`. */
  readonly id: string;
  /** Other names of the same vulnerability: OSV's `aliases` and `upstream`, never its `related`. */
  readonly aliases: readonly string[];
  /** The feed it came by: `osv`, `debian-tracker`, `alpine-secdb`, `node-core`. */
  readonly feed: string;
  /** As OSV writes it: `Debian:13`, `Alpine:v3.22`, `npm`, `Maven`, `Go`, `Bitnami`. */
  readonly ecosystem: string;
  /**
   * As the ecosystem normalises it, as the record has it where case tells packages apart; a distribution's is the
   * source package's, Alpine's the origin's.
   */
  readonly package: string;
  readonly affected: AffectedVersions;
  /** What the distribution decided, where it did; the package is in the affected versions all the same. */
  readonly decision?: DistributionDecision;
  readonly severities: readonly StatedSeverity[];
  /** First line, at most 300 characters. */
  readonly summary?: string;
  /** The package itself is malware. */
  readonly isMalware?: true;
  /** ISO 8601. */
  readonly published?: string;
  readonly modified?: string;
}

/** How grave somebody says it is. At least one of vector, score and word. */
export interface StatedSeverity {
  /** `CNA`, `ADP` (with its name: `CISA-ADP`), `NVD`, `GHSA`, `Debian`, `Bitnami`, `RustSec`… */
  readonly by: string;
  /** A CVSS vector; those of v2 have no prefix. */
  readonly vector?: string;
  readonly score?: number;
  /** The word of who says it, in lower case: `critical`, `high`, `unimportant`, `important`. */
  readonly word?: string;
}
