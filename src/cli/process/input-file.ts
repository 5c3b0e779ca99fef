import { open } from "node:fs/promises";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";

/**
 * A text file that the user named, as UTF-8. A UsageError `file-unreadable` when it cannot be
 * opened; an InvalidInputError `file-too-large` beyond the bound of that name.
 * @param path absolute
 * @param name the path as the user wrote it
 */
export async function readInputFile(path: string, name: string, bound: keyof typeof LIMITS): Promise<string> {
  const limit = LIMITS[bound];
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // By stream, since a pipe (`<(…)`) has no size.
    const handle = await open(path);
    for await (const chunk of handle.createReadStream({ end: limit })) {
      chunks.push(chunk);
      length += chunk.length;
    }
  } catch (error) {
    throw unreadable(name, error);
  }
  if (length <= limit) return Buffer.concat(chunks).toString("utf8");
  throw new InvalidInputError("file-too-large", {
    fr: `${quoted(name)} dépasse la limite ${bound} (${limit} octets). Est-ce bien le bon fichier ?`,
    en: `${quoted(name)} exceeds the limit ${bound} (${limit} bytes). Is it the right file?`,
  });
}

function unreadable(name: string, cause: unknown): UsageError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UsageError(
    "file-unreadable",
    {
      fr: `Le fichier ${quoted(name)} n'est pas lisible (${why}). Vérifier son chemin et ses droits.`,
      en: `The file ${quoted(name)} cannot be read (${why}). Check its path and its permissions.`,
    },
    { cause },
  );
}
