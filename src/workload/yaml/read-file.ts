import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { unreadable } from "../../files/unreadable.ts";

export type FileBytes = Uint8Array | { readonly problem: Text };

/**
 * Bytes of a manifest file, up to the limit.
 *
 * @param within folder in which the file was found, absolute with links resolved; absent if the user named
 * the file
 * @param cwd current folder, absolute, if the user named the file
 */
export function readManifestFile(path: string, within?: string, cwd?: string): FileBytes {
  try {
    return readBytes(path, { most: LIMITS.manifestFileBytes, within, cwd }) ?? { problem: TOO_LARGE };
  } catch (error) {
    return { problem: unreadable(error) };
  }
}

export const TOO_LARGE: Text = {
  fr: `le fichier dépasse ${LIMITS.manifestFileBytes} octets (limite manifestFileBytes)`,
  en: `the file exceeds ${LIMITS.manifestFileBytes} bytes (limit manifestFileBytes)`,
};
