import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { unreadable } from "../../files/unreadable.ts";

export type FileBytes = Uint8Array | { readonly problem: Text };

/**
 * The bytes of a file of manifests, up to the limit.
 *
 * @param within absolute, links resolved: the folder that it was found in; absent: the user named it
 */
export function readManifestFile(path: string, within?: string): FileBytes {
  try {
    return readBytes(path, { most: LIMITS.manifestFileBytes, within }) ?? { problem: TOO_LARGE };
  } catch (error) {
    return { problem: unreadable(error) };
  }
}

export const TOO_LARGE: Text = {
  fr: `le fichier dépasse ${LIMITS.manifestFileBytes} octets (limite manifestFileBytes)`,
  en: `the file exceeds ${LIMITS.manifestFileBytes} bytes (limit manifestFileBytes)`,
};
