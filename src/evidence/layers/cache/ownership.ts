import { type Stats, statSync } from "node:fs";
import type { Text } from "../../../contract/text.ts";

/** Write permission of a group and of all others. */
const OTHERS_WRITE = 0o022;

/** Whether the entry belongs to this user and no other user may write to it. */
export function isOurs({ uid, mode }: Pick<Stats, "uid" | "mode">): boolean {
  // On Windows, files have neither user ids nor these modes.
  const own = process.getuid?.();
  return own === undefined || (uid === own && (mode & OTHERS_WRITE) === 0);
}

/** Reason not to trust a folder; undefined if the folder is trusted or does not exist yet. */
export function distrust(folder: string): Text | undefined {
  try {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat === undefined || isOurs(stat)) return undefined;
    if (stat.uid !== process.getuid?.()) {
      return { fr: "le répertoire appartient à un autre utilisateur", en: "the folder is another user's" };
    }
    return {
      fr: "d'autres utilisateurs peuvent écrire dans le répertoire",
      en: "other users may write into the folder",
    };
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    return { fr: seen, en: seen };
  }
}
