import { dirname, join, resolve } from "node:path";
import { endingServices, type RootService } from "../../attest/certificates/root-ends.ts";
import { sigstoreRoot } from "../../attest/certificates/sigstore-root.ts";
import { expiryOf } from "../../attest/tuf/metadata.ts";
import type { SigstoreAuthority } from "../../contract/certificate-policy.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { Session } from "../command-line/command.ts";
import { readInputBytes } from "../process/input-file.ts";
import { warn } from "../terminal/failure.ts";
import { metadataFolder } from "./tuf-place.ts";

const DAY_MS = 24 * 3600 * 1000;
const WARNED_MS = 30 * DAY_MS;

/**
 * Warns about roots that expire within 30 days, or have expired.
 *
 * @param policyFile policy as the user typed it; files are named from its folder; undefined for a published
 * policy
 */
export async function warnOfRootEnds(
  { context, lang, quiet }: Session,
  authorities: readonly SigstoreAuthority[],
  policyFile: string | undefined,
): Promise<void> {
  if (quiet) return;
  const now = context.now().getTime();
  for (const authority of authorities) {
    for (const { service, end } of endingServices(sigstoreRoot(authority), now + WARNED_MS))
      await warn(serviceEnds(authority.id, service, end, now), context, lang);
    const file = authority.trustedRoot?.tuf === undefined ? undefined : authority.trustedRoot.file;
    if (file === undefined || policyFile === undefined) continue;
    const folder = metadataFolder(resolve(dirname(resolve(context.cwd, policyFile)), file));
    const end = await endOf(join(folder, "root.json"));
    if (end !== undefined && end <= now + WARNED_MS)
      await warn(tufEnds(authority.id, end, now), context, lang);
  }
}

/** Expiry of the metadata in a file; undefined if the file is missing or unreadable. */
async function endOf(path: string): Promise<number | undefined> {
  try {
    return expiryOf(await readInputBytes(path, path, "settingsBytes"));
  } catch {
    return undefined;
  }
}

const NAMES: Readonly<Record<RootService, Text>> = {
  authorities: { fr: "d'autorité de certification (Fulcio)", en: "certificate authority (Fulcio)" },
  ctLogs: { fr: "de journal de certificats", en: "certificate log" },
  logs: { fr: "de journal de transparence (Rekor)", en: "transparency log (Rekor)" },
  timestampAuthorities: { fr: "d'autorité d'horodatage", en: "timestamp authority" },
};

function serviceEnds(id: string, service: RootService, end: number, now: number): Text {
  const [name, { fr, en }, day] = [quoted(id), NAMES[service], dayOf(end)];
  return end <= now
    ? {
        fr: `la racine de ${name} n'a plus ${fr} valable depuis le ${day} : ce qui est signé depuis est refusé. La mettre à jour (--update-root, ou les fichiers de la politique).`,
        en: `the root of ${name} has had no valid ${en} since ${day}: what was signed since then is refused. Update it (--update-root, or the policy's files).`,
      }
    : {
        fr: `la racine de ${name} n'aura plus ${fr} valable après le ${day} : ce qui sera signé ensuite sera refusé. La mettre à jour (--update-root, ou les fichiers de la politique).`,
        en: `the root of ${name} will have no valid ${en} after ${day}: what is signed later will be refused. Update it (--update-root, or the policy's files).`,
      };
}

function tufEnds(id: string, end: number, now: number): Text {
  const [name, day] = [quoted(id), dayOf(end)];
  return end <= now
    ? {
        fr: `les métadonnées TUF de ${name} ont expiré le ${day} : lancer « douane verify --update-root ».`,
        en: `the TUF metadata of ${name} expired on ${day}: run \`douane verify --update-root\`.`,
      }
    : {
        fr: `les métadonnées TUF de ${name} expirent le ${day} : lancer « douane verify --update-root ».`,
        en: `the TUF metadata of ${name} expire on ${day}: run \`douane verify --update-root\`.`,
      };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
