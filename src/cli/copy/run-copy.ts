import { resolve } from "node:path";
import { randomPause } from "../../attest/attach/shared-tag.ts";
import { type CopiedImage, copyImage } from "../../attest/copy/copy-image.ts";
import { openCopySource, openCopyTarget } from "../../attest/copy/open-copy.ts";
import { EXIT, InvalidInputError, UsageError } from "../../contract/error.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { Registries } from "../../net/registry/registries.ts";
import type { Session } from "../command-line/command.ts";
import { warn } from "../terminal/failure.ts";
import type { CopyValues } from "./flags.ts";

/** `douane copy SOURCE DESTINATION`. */
export async function runCopy(
  { context, lang, quiet }: Session,
  { force, insecureRegistry, caFile }: CopyValues,
  [from, to, ...others]: readonly string[],
): Promise<number> {
  if (from === undefined || to === undefined || others.length > 0) throw twoOperands();
  const { env, cwd, signal } = context;
  const registries = new Registries({
    env,
    signal,
    insecureRegistries: insecureRegistry,
    ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
  });
  try {
    const source = openCopySource(from, cwd, registries);
    const target = openCopyTarget(to, cwd, registries);
    const tag = target.tag ?? source.tag;
    const request = {
      source: source.place,
      target: target.place,
      from: source.reference,
      force,
      ...(tag === undefined ? {} : { tag }),
      ...(isSameRegistry(source.repository, target.repository) ? { mountFrom: source.repository ?? "" } : {}),
    };
    const copied = await context.catchSignals(() => copyImage(request, randomPause));
    if (!quiet) await context.stdout.write(`${summary(to, tag, copied)[lang]}\n`);
    const { incomplete, foreign } = omissions(copied);
    for (const { name, text } of quiet ? [] : foreign.slice(0, NAMED))
      await warn(named(name, text), context, lang);
    if (incomplete.length > 0) throw incompleteCopy(incomplete);
    return EXIT.admitted;
  } finally {
    await registries.close();
  }
}

function isSameRegistry(source: string | undefined, target: string | undefined): boolean {
  const host = (repository: string) => repository.slice(0, repository.indexOf("/"));
  return source !== undefined && target !== undefined && host(source) === host(target);
}

/** Attachments that were not copied: those of this image, and those of another image that a list names. */
function omissions({ omitted }: CopiedImage) {
  const [foreign = [], incomplete = []] = [true, false].map((isForeign) =>
    omitted.filter(({ code }) => (code === "other-image") === isForeign),
  );
  return { foreign, incomplete };
}

/** Omitted attachments that are named in a message. */
const NAMED = 5;

function named(name: string, { fr, en }: Text): Text {
  const seen = excerpt(name);
  return { fr: `${seen} : ${fr}`, en: `${seen}: ${en}` };
}

/** The copy is complete but for attachments, without which an image may be refused where it arrives. */
function incompleteCopy(omitted: CopiedImage["omitted"]): InvalidInputError {
  const shown = omitted.slice(0, NAMED).map(({ name, text }) => named(name, text));
  const more = omitted.length > NAMED ? ` (+ ${omitted.length - NAMED})` : "";
  const [fr, en] = (["fr", "en"] as const).map((lang) => shown.map((one) => one[lang]).join(" ; "));
  return new InvalidInputError("copy-attachments-incomplete", {
    fr: `l'image est copiée, sans ${omitted.length} de ses attachements listés à la source : ${fr}${more}. Les y remettre, ou supprimer leur entrée de la liste, puis copier à nouveau.`,
    en: `the image is copied, without ${omitted.length} of its attachments that the source lists: ${en}${more}. Restore them there, or delete their entry from the list, then copy again.`,
  });
}

function summary(to: string, tag: string | undefined, copied: CopiedImage): Text {
  const { digest, manifests, attachments, copied: blobs, bytes, mounted, present } = copied;
  const named = tag === undefined ? to : `${to} (${tag})`;
  return {
    fr: `${named} ${digest} : manifestes ${manifests}, attachements ${attachments}, contenus copiés ${blobs} (${bytes} octets), repris du registre ${mounted}, déjà là ${present}`,
    en: `${named} ${digest}: manifests ${manifests}, attachments ${attachments}, contents copied ${blobs} (${bytes} bytes), taken over in the registry ${mounted}, there already ${present}`,
  };
}

function twoOperands(): UsageError {
  return new UsageError("copy-operands", {
    fr: "douane copy : nommer une source et une destination, registre/dépôt:tag ou oci:RÉPERTOIRE:tag.",
    en: "douane copy: name a source and a destination, registry/repository:tag or oci:FOLDER:tag.",
  });
}
