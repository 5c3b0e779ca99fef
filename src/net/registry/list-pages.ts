import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { fieldsOf, listAt } from "../../json/fields.ts";
import { parseJson } from "../../json/parse-json.ts";
import { errorInSuccess } from "./answer-error.ts";
import type { RegistryClient } from "./client.ts";
import { type Document, fetchDocument } from "./document.ts";

const TAGS_A_PAGE = 1_000;

/**
 * Tags of a repository with a prefix, over all pages; empty if the repository does not exist.
 *
 * @throws InvalidInputError registry-pages
 */
export async function listTags(client: RegistryClient, prefix: string): Promise<readonly string[]> {
  const pages = await readPages(client, `tags/list?n=${TAGS_A_PAGE}`, "tags/list", "application/json");
  const tags = (pages ?? []).flatMap((page) => listAt(fieldsOf(page), "tags"));
  return tags.filter((tag): tag is string => typeof tag === "string" && tag.startsWith(prefix));
}

/**
 * Descriptors that the referrers API lists of a subject, over all pages; undefined if the registry does not
 * have this API.
 *
 * @throws InvalidInputError registry-pages
 */
export async function referrersOf(
  client: RegistryClient,
  subject: Digest,
): Promise<readonly unknown[] | undefined> {
  const accept = "application/vnd.oci.image.index.v1+json";
  const pages = await readPages(client, `referrers/${subject}`, `referrers/${subject}`, accept);
  return pages?.flatMap((page) => listAt(fieldsOf(page), "manifests"));
}

/** Parsed pages; undefined if the registry does not know the first page. */
async function readPages(
  client: RegistryClient,
  first: string,
  what: string,
  accept: string,
): Promise<readonly unknown[] | undefined> {
  const pages: unknown[] = [];
  const seen = new Set<string>();
  for (let path: string | undefined = first; path !== undefined; ) {
    if (seen.size >= LIMITS.registryPages) throw tooManyPages(what);
    seen.add(path);
    const page = await readPage(client, path, what, accept);
    if (page === undefined) return pages.length === 0 ? undefined : pages;
    pages.push(page.value);
    const next: string | undefined =
      page.next === undefined ? undefined : `${first.split("?")[0]}${page.next}`;
    path = next === undefined || seen.has(next) ? undefined : next;
  }
  return pages;
}

interface Page {
  readonly value: unknown;
  /** Query of the next page, including `?`. */
  readonly next: string | undefined;
}

async function readPage(
  client: RegistryClient,
  path: string,
  what: string,
  accept: string,
): Promise<Page | undefined> {
  let next: string | undefined;
  const verify = ({ response, bytes }: Document) => {
    const problem = errorInSuccess(response, bytes, what);
    if (problem !== undefined) throw problem;
    next = nextQuery(response.header("link"), response.url);
  };
  try {
    const bytes = await fetchDocument(client, { path, accept, limit: LIMITS.manifestBytes, what }, verify);
    return { value: parseJson(bytes, what), next };
  } catch (error) {
    if (error instanceof UnavailableError && NO_API.has(error.code)) return undefined;
    throw error;
  }
}

/** Codes of a registry that does not support the address: 404, and 400 or 405 of old registries. */
const NO_API = new Set(["image-not-found", "registry-answer"]);

/**
 * Query of `<…>; rel="next"`. The rest of the address is ignored, so that it cannot lead to another place.
 */
function nextQuery(link: string, base: URL): string | undefined {
  const [, address = ""] = /^\s*<([^<>]{1,4096})>\s*;\s*rel="?next"?/.exec(link) ?? [];
  if (address === "" || !URL.canParse(address, base.href)) return undefined;
  return new URL(address, base).search;
}

function tooManyPages(what: string): InvalidInputError {
  return new InvalidInputError("registry-pages", {
    fr: `${what} : le registre annonce plus de ${LIMITS.registryPages} pages (limite registryPages). Supprimer ce qui n'est plus utile de ce dépôt, ou signaler au registre une liste sans fin.`,
    en: `${what}: the registry announces more than ${LIMITS.registryPages} pages (limit registryPages). Delete what is no longer used from this repository, or report an endless list to the registry's administrator.`,
  });
}
