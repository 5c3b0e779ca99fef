import { X509Certificate } from "node:crypto";
import type { SigstoreRoot, TrustedChain } from "./sigstore-root.ts";

/** Kinds of services of a Sigstore. */
const SERVICES = ["authorities", "ctLogs", "logs", "timestampAuthorities"] as const;
export type RootService = (typeof SERVICES)[number];

/** Time after which a root has no more service of a kind. */
export interface RootEnd {
  readonly service: RootService;
  /** Milliseconds since 1970. */
  readonly end: number;
}

/**
 * Kinds of services whose last entry in the root ends by `until`: later signatures will be refused.
 *
 * @param until milliseconds since 1970
 */
export function endingServices(root: SigstoreRoot, until: number): readonly RootEnd[] {
  const ends: Readonly<Record<RootService, readonly number[]>> = {
    authorities: root.authorities.map(endOf),
    timestampAuthorities: root.timestampAuthorities.map(endOf),
    logs: root.logs.map(({ validFor }) => validFor.end.getTime()),
    ctLogs: root.ctLogs.map(({ validFor }) => validFor.end.getTime()),
  };
  return SERVICES.map((service) => ({ service, end: Math.max(...ends[service]) })).filter(
    ({ service, end }) => ends[service].length > 0 && end <= until,
  );
}

/** End of a chain: that of the root's entry, or of the first certificate that ends. */
function endOf({ certificates, validFor }: TrustedChain): number {
  const ends = certificates.map((der) => new X509Certificate(der).validToDate.getTime());
  return Math.min(validFor.end.getTime(), ...ends);
}
