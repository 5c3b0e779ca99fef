import type { Digest } from "../../contract/image-facts.ts";
import type { SignedPolicy } from "./read-policy.ts";
import { policyRefused } from "./refusal.ts";

/** Version of a policy that was accepted before. */
export interface SeenPolicy {
  readonly serial: number;
  /** Digest of the signed payload. */
  readonly digest: Digest;
}

/** Oldest version of a policy that is accepted. */
export interface PolicyFloor {
  /** Lowest serial that is accepted, as pinned by the user. */
  readonly minimum?: number;
  /** Last version that was accepted. */
  readonly seen?: SeenPolicy;
}

/**
 * Refuses a policy that has expired, is below the pinned serial, or is older than the last policy accepted
 * here. The signature of an old policy stays valid, so an attacker could publish it again.
 *
 * @param now milliseconds since 1970
 * @throws InvalidInputError policy-expired, policy-serial-minimum, policy-serial-seen, policy-serial-reused
 */
export function verifyCurrent(
  { serial, validUntil, digest }: SignedPolicy,
  { minimum, seen }: PolicyFloor,
  now: number,
  what: string,
): void {
  if (!(now < Date.parse(validUntil))) {
    throw policyRefused("policy-expired", what, {
      fr: `elle n'est plus valable depuis le ${validUntil} ; la plateforme doit en publier une nouvelle`,
      en: `it has not been valid since ${validUntil}; the platform has to publish a new one`,
    });
  }
  if (minimum !== undefined && serial < minimum) {
    throw policyRefused("policy-serial-minimum", what, {
      fr: `son numéro ${serial} est inférieur au minimum exigé, ${minimum} (--policy-serial)`,
      en: `its serial ${serial} is below the minimum asked for, ${minimum} (--policy-serial)`,
    });
  }
  if (seen !== undefined && serial < seen.serial) {
    throw policyRefused("policy-serial-seen", what, {
      fr: `son numéro ${serial} est inférieur au dernier vu ici, ${seen.serial} : une ancienne politique a pris la place de la nouvelle`,
      en: `its serial ${serial} is below the last one seen here, ${seen.serial}: an old policy has taken the place of the new one`,
    });
  }
  if (seen?.serial === serial && seen.digest !== digest) {
    throw policyRefused("policy-serial-reused", what, {
      fr: `son numéro ${serial} a déjà servi à une autre politique, vue ici ; chaque version a le sien`,
      en: `its serial ${serial} was used by another policy, seen here; each version has its own`,
    });
  }
}
