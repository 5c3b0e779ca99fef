import { join } from "node:path";
import { DouaneError, UsageError } from "../../contract/error.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { WriteFailure, writing } from "../../files/write-failure.ts";
import { type Catalog, type Download, readCatalog } from "../database/catalog.ts";
import { locked } from "../database/lock.ts";
import { unsignedSources } from "../database/signed-sources.ts";
import { type Applied, applyOffer } from "./apply-offer.ts";
import { type MirrorConnection, mirrorAt } from "./mirror.ts";

export interface UpdateOptions extends MirrorConnection {
  readonly now: Date;
  /**
   * PEM of the key that must have signed the data; without it, only data that need no signature are accepted.
   */
  readonly publicKey?: string;
  readonly mayBeUnsigned: boolean;
  readonly onProgress?: (mirror: string) => void;
}

export interface MirrorUpdate {
  /** Mirror that answered; absent if none did. */
  readonly from?: string;
  readonly applied?: Applied;
  /** Mirrors that failed, in order. */
  readonly failed: readonly { readonly mirror: string; readonly problem: DouaneError }[];
}

/**
 * Requests exported data from mirrors in order, until a mirror provides complete and signed data.
 *
 * @param mirrors `oci://registry/name:tag`, `https://host/folder`, or absolute paths of folders
 * @throws UsageError public-key-missing
 * @throws WriteFailure
 */
export async function updateFromMirrors(
  directory: string,
  mirrors: readonly string[],
  { now, publicKey, mayBeUnsigned, onProgress, ...connection }: UpdateOptions,
): Promise<MirrorUpdate> {
  if (publicKey === undefined && !mayBeUnsigned) throw keyMissing();
  const failed: { mirror: string; problem: DouaneError }[] = [];
  writing(directory, () => makeFolders(directory));
  for (const address of mirrors) {
    connection.signal.throwIfAborted();
    onProgress?.(address);
    try {
      const mirror = mirrorAt(address, connection);
      const lock = join(directory, `${mirror.name.replace(/[^\w.-]/g, "_").slice(-100)}.lock`);
      const applied = await locked(lock, async () => {
        const known = knownOf(readCatalog(directory), publicKey);
        const offer = await mirror.offered(known);
        const options = { now, signal: connection.signal, ...(publicKey === undefined ? {} : { publicKey }) };
        if (offer !== undefined) return applyOffer(directory, mirror, offer, options);
        const sources = readCatalog(directory)?.sources ?? [];
        return { status: "unchanged", sources, bytes: 0, refusedDeltas: [] } as const;
      });
      return { from: address, applied, failed };
    } catch (error) {
      if (!(error instanceof DouaneError) || error instanceof UsageError) throw error;
      // No other mirror helps if this machine cannot write.
      if (error instanceof WriteFailure) throw error;
      failed.push({ mirror: address, problem: error });
    }
  }
  return { failed };
}

/**
 * Validators of the present data; absent if the key did not sign the data, so that they are downloaded again.
 */
function knownOf(catalog: Catalog | undefined, publicKey: string | undefined): Download | undefined {
  if (catalog === undefined) return undefined;
  const isTrusted = publicKey === undefined || unsignedSources(catalog, publicKey).size === 0;
  return isTrusted ? catalog.mirror?.download : undefined;
}

function keyMissing(): UsageError {
  return new UsageError("public-key-missing", {
    fr: "Des données d'un miroir ne comptent que signées : donner la clé publique (--public-key FICHIER, ou vulnerabilityData.publicKey de la politique), ou --allow-unsigned.",
    en: "Data of a mirror count only when they are signed: give the public key (--public-key FILE, or the policy's vulnerabilityData.publicKey), or --allow-unsigned.",
  });
}
