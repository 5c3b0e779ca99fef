import type { AnyRule } from "../../contract/rule.ts";
import { injectionScan } from "./2.1-injection-scan.ts";
import { signedProvenance } from "./2.1-signed-provenance.ts";
import { attestedSource } from "./2.1-source.ts";
import { dynamicScan } from "./2.3-dynamic-scan.ts";
import { secretScan } from "./2.3-secret-scan.ts";
import { staticScan } from "./2.3-static-scan.ts";

/** Rules that read attestations, in the contract's order. */
export const ATTESTED_RULES: readonly AnyRule[] = [
  signedProvenance,
  attestedSource,
  injectionScan,
  staticScan,
  dynamicScan,
  secretScan,
];
