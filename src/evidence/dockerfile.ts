import { resolve } from "node:path";
import type { DockerfileFacts } from "../contract/dockerfile-facts.ts";
import { inDocumentTime } from "../contract/document-time.ts";
import { InvalidInputError } from "../contract/error.ts";
import type { ConfigFacts } from "../contract/image-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import { parseDockerfile } from "../dockerfile/parse-dockerfile.ts";
import { type ReadOptions, readBytes } from "../files/read-bytes.ts";
import { unreadable } from "../files/unreadable.ts";
import { maskDockerfile } from "../secrets/dockerfile.ts";
import type { Exclusions } from "../workload/left-out/left-out.ts";
import { type Found, filesIn } from "../workload/walk.ts";
import { contextOf } from "./dockerfile/build-context.ts";
import { buildsOf } from "./dockerfile/builds.ts";
import { Repositories } from "./dockerfile/repositories.ts";

export interface DockerfileOptions {
  /** Directory from which a relative path starts; absolute. */
  readonly cwd: string;
  /** Name of the file in findings; default: the path as given. */
  readonly name?: string;
  /** Configs of the base images that were read, by the reference in FROM after variables are replaced. */
  readonly bases?: ReadonlyMap<string, ConfigFacts>;
  /** Repositories examined in this run, shared by its Dockerfiles. */
  readonly repositories?: Repositories;
  /** Folder in which the file was found, absolute with links resolved; absent if the user named the file. */
  readonly within?: string | undefined;
}

const NAME = /^(?:Docker|Container)file(?:\..{1,200})?$|^.{1,200}\.(?:docker|container)file$/i;
/**
 * Files with Dockerfile in their name that are not Dockerfiles: ignore files of a Dockerfile, and leftovers
 * of editors and package managers.
 */
const NO_DOCKERFILE =
  /\.dockerignore$|\.(?:md|bak|orig|rej|swp|j2|jinja2?|tpl|tmpl|template|erb|ya?ml|json|lock|sh|py|[jt]s)$|~$/i;

/**
 * Whether a file name, without its folder, is that of a Dockerfile: `Dockerfile`, `Containerfile`, `Dockerfile.prod`,
 * `api.Dockerfile`.
 */
export function isDockerfileName(name: string): boolean {
  return NAME.test(name) && !NO_DOCKERFILE.test(name);
}

/** The Dockerfiles below a folder, in the order of their names; `name`: the folder as the user wrote it. */
export function dockerfilesIn(path: string, name: string, exclusions?: Exclusions): Generator<Found> {
  const choice = { wants: isDockerfileName, below: () => choice };
  return filesIn(path, name, () => choice, LIMITS.folderEntries, exclusions);
}

/**
 * Facts of a Dockerfile with secrets masked.
 *
 * @throws InvalidInputError `dockerfile-unreadable` if the file is unreadable, too large or not text; as
 * parseDockerfile()
 */
export function readDockerfile(path: string, options: DockerfileOptions): DockerfileFacts {
  const { cwd, name = path, within } = options;
  return dockerfileFacts(readDockerfileText(resolve(cwd, path), name, { cwd, within }).text, path, options);
}

/**
 * Text of a Dockerfile, and its byte order mark, if any.
 *
 * @param path absolute path
 * @param place `within`: folder in which the file was found, absolute with links resolved; absent if the user
 * named the file. `cwd`: the current folder
 * @throws InvalidInputError `dockerfile-unreadable`
 */
export function readDockerfileText(
  path: string,
  name: string,
  place: Pick<ReadOptions, "cwd" | "within">,
): { readonly mark: string; readonly text: string } {
  const bytes = bytesOf(path, name, place);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "\u{FEFF}" : "";
  return { mark, text: textOf(bytes, name) };
}

/** Facts of a Dockerfile with this text, which may not be written yet. */
export function dockerfileFacts(text: string, path: string, options: DockerfileOptions): DockerfileFacts {
  const { cwd, name = path } = options;
  return inDocumentTime(text.length, () => factsOf(text, resolve(cwd, path), { ...options, name }));
}

function factsOf(
  text: string,
  absolute: string,
  { name, bases, repositories = new Repositories() }: DockerfileOptions & { readonly name: string },
): DockerfileFacts {
  const parsed = parseDockerfile(text, { file: name, ...(bases === undefined ? {} : { bases }) });
  const context = contextOf(absolute, parsed);
  const builds = buildsOf(absolute, parsed, repositories);
  return maskDockerfile(text, parsed, {
    ...(context === undefined ? {} : { context }),
    ...(builds === undefined ? {} : { builds }),
  });
}

function bytesOf(path: string, name: string, place: Pick<ReadOptions, "cwd" | "within">): Uint8Array {
  try {
    const bytes = readBytes(path, { most: LIMITS.dockerfileBytes, ...place });
    if (bytes !== undefined) return bytes;
  } catch (error) {
    throw invalid(name, unreadable(error), error);
  }
  throw invalid(name, {
    fr: `le fichier dépasse ${LIMITS.dockerfileBytes} octets (borne dockerfileBytes)`,
    en: `the file exceeds ${LIMITS.dockerfileBytes} bytes (bound dockerfileBytes)`,
  });
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Text without its byte order mark. */
function textOf(bytes: Uint8Array, name: string): string {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch (error) {
    throw invalid(name, NOT_UTF8, error);
  }
  if (text.includes("\0")) throw invalid(name, NOT_TEXT);
  return text;
}

const NOT_UTF8: Text = {
  fr: "le fichier n'est pas encodé en UTF-8 ; l'enregistrer en UTF-8",
  en: "the file is not encoded in UTF-8; save it as UTF-8",
};
const NOT_TEXT: Text = {
  fr: "le fichier contient des octets nuls : ce n'est pas un Dockerfile",
  en: "the file holds NUL bytes: it is no Dockerfile",
};

function invalid(name: string, { fr, en }: Text, cause?: unknown): InvalidInputError {
  return new InvalidInputError(
    "dockerfile-unreadable",
    { fr: `${quoted(name)} : ${fr}`, en: `${quoted(name)}: ${en}` },
    { cause },
  );
}
