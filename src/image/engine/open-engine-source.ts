import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Opening } from "../assembly/assemble.ts";
import { closingOnError, type OpenImage } from "../source/open-image.ts";
import type { EngineSource } from "../source/source.ts";
import { archiveFormat } from "../store/archive-format.ts";
import { openDockerArchive } from "../store/docker-archive.ts";
import { openArchive } from "../store/open-archive.ts";
import { openLayout } from "../store/open-layout.ts";
import { type EngineOptions, saveImage } from "./save-image.ts";

/**
 * Opens an image of the local Docker daemon or of Podman.
 *
 * @throws UnavailableError engine-missing, engine-failed, spool-failed; as opening an archive
 */
export async function openEngineSource(
  source: EngineSource,
  asked: Omit<Opening, "reference">,
  options: EngineOptions,
): Promise<OpenImage> {
  const archive = await saveImage(source, options);
  const tree = await openArchive(archive, asked.source, options.signal);
  const opening = { ...asked, reference: referenceOf(source, asked.source) };
  return closingOnError(tree, () => {
    const open = archiveFormat(tree, "docker-archive") === "docker-archive" ? openDockerArchive : openLayout;
    return open(tree, opening);
  });
}

/**
 * Reference of an image in an engine, without a registry, since the engine's "app" may be localhost/app. Tag
 * and digest are those in the name.
 */
function referenceOf({ transport, name }: EngineSource, given: string): ReferenceFacts {
  const [, tag] = /:([\w][\w.-]*)(?:@|$)/.exec(name.slice(name.lastIndexOf("/") + 1)) ?? [];
  return { given, transport, ...(tag === undefined ? {} : { tag }) };
}
