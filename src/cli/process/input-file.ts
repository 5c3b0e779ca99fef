import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { FileRefusal } from "../../files/file-refusal.ts";
import { readBytes } from "../../files/read-bytes.ts";

/**
 * A text file, as UTF-8. A UsageError `file-unreadable` when it cannot be opened or is no regular
 * file; an InvalidInputError `file-too-large` beyond the bound of that name.
 * @param path absolute
 * @param name the path as the user wrote it
 * @param within absolute, links resolved: the folder that a file must lie in which a repository names;
 *   absent: the user named it
 */
export async function readInputFile(
  path: string,
  name: string,
  bound: keyof typeof LIMITS,
  within?: string,
): Promise<string> {
  const limit = LIMITS[bound];
  let bytes: Uint8Array | undefined;
  try {
    bytes = readBytes(path, { most: limit, within });
  } catch (error) {
    throw unreadable(name, error);
  }
  if (bytes !== undefined) return Buffer.from(bytes).toString("utf8");
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
