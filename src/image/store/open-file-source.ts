import { statSync } from "node:fs";
import { UsageError } from "../../contract/error.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import { quoted } from "../../contract/shown.ts";
import type { Opening } from "../assembly/assemble.ts";
import { closingOnError, type OpenImage } from "../source/open-image.ts";
import type { FileSource } from "../source/source.ts";
import { type ArchiveFormat, archiveFormat } from "./archive-format.ts";
import { verifyIndexAgrees, verifyManifestAgrees } from "./both-formats.ts";
import { directoryTree } from "./directory-tree.ts";
import { openDockerArchive } from "./docker-archive.ts";
import type { FileRange } from "./file-tree.ts";
import { openFile } from "./open-file.ts";
import { openLayout } from "./open-layout.ts";

type Asked = Omit<Opening, "reference">;

/**
 * Opens an image on disk.
 *
 * @param within see openFile()
 * @throws UsageError source-not-found, wrong-transport
 * @throws InvalidInputError formats-disagree; as opening layouts and archives
 */
export async function openFileSource(
  source: FileSource,
  asked: Asked,
  signal?: AbortSignal,
  within?: string,
): Promise<OpenImage> {
  const { transport, path } = source;
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isDirectory && transport !== "path" && transport !== "oci") throw wrongTransport(path, "oci");
  if (!isDirectory && transport === "oci") throw wrongTransport(path, "oci-archive");
  if (isDirectory) return openDirectory(source, asked, within);
  const file = openFile(path, within);
  if (file === undefined) throw notFound(path);
  return openArchiveSource(file, source, asked, signal);
}

async function openDirectory({ path, ref }: FileSource, asked: Asked, within?: string): Promise<OpenImage> {
  const tree = directoryTree(path, within);
  return closingOnError(tree, () => {
    return openLayout(tree, { ...asked, reference: referenceOf(asked.source, "oci", ref) }, ref);
  });
}

async function openArchiveSource(
  file: FileRange,
  { transport, path, ref }: FileSource,
  asked: Asked,
  signal?: AbortSignal,
): Promise<OpenImage> {
  const wanted = transport === "oci-archive" || transport === "docker-archive" ? transport : undefined;
  const { openArchive } = await import("./open-archive.ts");
  const tree = await openArchive(file, path, signal);
  return closingOnError(tree, async () => {
    const format = archiveFormat(tree, wanted);
    const opening = { ...asked, reference: referenceOf(asked.source, wanted ?? format, ref) };
    const named = ref === undefined ? {} : { ref };
    if (format === "oci-archive") {
      const image = await openLayout(tree, opening, ref);
      await verifyManifestAgrees(tree, { image, opening, ...named });
      return image;
    }
    const image = await openDockerArchive(tree, opening, ref);
    await verifyIndexAgrees(tree, { image, opening, ...named });
    return image;
  });
}

/** Reference with the tag `1.4.2`, for `oci:dir:1.4.2` or `docker-archive:app.tar:team/app:1.4.2`. */
function referenceOf(given: string, transport: "oci" | ArchiveFormat, ref = ""): ReferenceFacts {
  const [, name, tag] = /^(.+:)?([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/.exec(ref) ?? [];
  const isTag = tag !== undefined && (name !== undefined || transport !== "docker-archive");
  return { given, transport, ...(isTag ? { tag } : {}) };
}

function notFound(path: string): UsageError {
  return new UsageError("source-not-found", {
    fr: `fichier ${quoted(path)} introuvable. Vérifier le chemin de l'image.`,
    en: `no file ${quoted(path)}. Check the path of the image.`,
  });
}

function wrongTransport(path: string, right: string): UsageError {
  const is = right === "oci" ? ["un répertoire", "a directory"] : ["un fichier", "a file"];
  return new UsageError("wrong-transport", {
    fr: `${quoted(path)} est ${is[0]} : écrire ${right}:CHEMIN, ou le chemin seul.`,
    en: `${quoted(path)} is ${is[1]}: write ${right}:PATH, or the path alone.`,
  });
}
