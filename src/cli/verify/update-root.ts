import { existsSync } from "node:fs";
import { join } from "node:path";
import { fetchTrustedRoot, TUF_METADATA } from "../../attest/tuf/update-trusted-root.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { writing } from "../../files/write-failure.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type Http } from "../../net/http/http.ts";
import type { Session } from "../command-line/command.ts";
import { readInputBytes } from "../process/input-file.ts";
import { writeOutput } from "../process/write-output.ts";
import { tell } from "../terminal/failure.ts";
import type { VerifyValues } from "./flags.ts";
import { metadataFolder, type TufPlace, tufPlaces } from "./tuf-place.ts";

/**
 * Updates the trusted roots that the options or the policy name. Each root is updated completely or not at
 * all. The metadata are stored beside the file, so that the next update recognises an older state of the
 * mirror.
 *
 * @throws as tufPlaces() and fetchTrustedRoot(); UsageError tuf-address
 */
export async function updateRoots(session: Session, values: VerifyValues): Promise<void> {
  const { context } = session;
  const { env, signal } = context;
  const { caFile } = values;
  const places = await tufPlaces(context, values);
  const http = createHttp(hostPolicy([]), { env, signal, ...(caFile === undefined ? {} : { caFile }) });
  try {
    for (const place of places) await context.catchSignals(() => updateRoot(session, http, place));
  } finally {
    await http.close();
  }
}

async function updateRoot({ context, lang, quiet }: Session, http: Http, place: TufPlace): Promise<void> {
  const { mirror, pinned, target } = place;
  const folder = metadataFolder(target.path);
  const { trustedRoot, metadata, rootVersion } = await fetchTrustedRoot(http, {
    mirror: addressOf(mirror),
    pinned: await readInputBytes(pinned.path, pinned.name, "settingsBytes"),
    seen: await seenIn(folder),
  });
  const before = await contentOf(target.path);
  writing(folder, () => makeFolders(folder));
  for (const [name, text] of metadata) await writeOutput(join(folder, name), text, context);
  const isNew = before?.equals(Buffer.from(trustedRoot)) !== true;
  if (isNew) await writeOutput(target.path, trustedRoot, context);
  if (quiet) return;
  const [name, state] = [quoted(target.name), isNew ? UPDATED : UNCHANGED];
  const text = {
    fr: `${name} : ${state.fr} (racine TUF ${rootVersion})`,
    en: `${name}: ${state.en} (TUF root ${rootVersion})`,
  };
  await tell(text, context, lang);
}

const UPDATED = { fr: "mis à jour", en: "updated" };
const UNCHANGED = { fr: "déjà à jour", en: "up to date" };

async function seenIn(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await Promise.all(
    TUF_METADATA.map(async (name) => [name, await contentOf(join(folder, name))] as const),
  );
  return new Map(files.flatMap(([name, bytes]) => (bytes === undefined ? [] : [[name, bytes] as const])));
}

/** Content of a file; undefined if it does not exist. An unreadable file is an error. */
async function contentOf(path: string): Promise<Buffer | undefined> {
  return existsSync(path) ? Buffer.from(await readInputBytes(path, path, "attestationBytes")) : undefined;
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url !== undefined && hostPolicy([]).mayBePlain(url.host));
  if (url !== undefined && isSafe && url.username === "" && url.search === "" && url.hash === "") return url;
  throw new UsageError("tuf-address", {
    fr: `${quoted(text)} n'est pas l'adresse https d'un miroir TUF, sans identifiant ni paramètres (http pour cette machine seule).`,
    en: `${quoted(text)} is not the https address of a TUF mirror, without user or parameters (http for this machine alone).`,
  });
}
