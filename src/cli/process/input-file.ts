import { resolve } from "node:path";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { FileRefusal } from "../../files/file-refusal.ts";
import { readBytes } from "../../files/read-bytes.ts";

/** Reads a text file as UTF-8. Parameters and errors as readInputBytes(). */
export async function readInputFile(...file: Parameters<typeof readInputBytes>): Promise<string> {
  return Buffer.from(await readInputBytes(...file)).toString("utf8");
}

/**
 * Reads a file.
 *
 * @param path absolute path
 * @param name the path as the user typed it
 * @param within folder that must contain the file, absolute with links resolved, if a repository named the
 * file; absent if the user named the file, in which case no link of a repository may lead outside
 * @throws UsageError `file-unreadable` if it cannot be opened or is not a regular file; InvalidInputError
 * `file-too-large` beyond the bound
 */
export async function readInputBytes(
  path: string,
  name: string,
  bound: keyof typeof LIMITS,
  within?: string,
): Promise<Uint8Array> {
  const limit = LIMITS[bound];
  let bytes: Uint8Array | undefined;
  try {
    bytes = readBytes(path, { most: limit, within, cwd: resolve(".") });
  } catch (error) {
    throw unreadable(name, error);
  }
  if (bytes !== undefined) return bytes;
  throw new InvalidInputError("file-too-large", {
    fr: `${quoted(name)} dépasse la limite ${bound} (${limit} octets). Est-ce bien le bon fichier ?`,
    en: `${quoted(name)} exceeds the limit ${bound} (${limit} bytes). Is it the right file?`,
  });
}

function unreadable(name: string, cause: unknown): UsageError {
  const seen = cause instanceof Error ? cause.message : String(cause);
  const why = cause instanceof FileRefusal ? cause.text : { fr: seen, en: seen };
  return new UsageError(
    "file-unreadable",
    {
      fr: `Le fichier ${quoted(name)} n'est pas lisible (${why.fr}). Vérifier son chemin et ses droits.`,
      en: `The file ${quoted(name)} cannot be read (${why.en}). Check its path and its permissions.`,
    },
    { cause },
  );
}
