import { resolve } from "node:path";
import { pushPolicy } from "../../attest/signed-policy/push-policy.ts";
import { withoutFiles } from "../../attest/signed-policy/without-files.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { parseReference } from "../../net/reference.ts";
import { Registries } from "../../net/registry/registries.ts";
import { openKey } from "../attest/read-key.ts";
import type { Session } from "../command-line/command.ts";
import { readPolicy } from "../settings/load-policy.ts";
import type { PushValues } from "./flags.ts";

/** `douane policy push FILE REFERENCE`. The file and the key are read before the registry is asked. */
export async function runPush(
  { context, lang, quiet }: Session,
  values: PushValues,
  [file, place, ...others]: readonly string[],
): Promise<number> {
  if (file === undefined || place?.startsWith("oci://") !== true || others.length > 0) throw twoOperands();
  const { serial, validUntil, insecureRegistry: insecureRegistries, caFile } = values;
  if (serial === undefined || validUntil === undefined) throw incomplete();
  if (Date.parse(validUntil) <= context.now().getTime()) throw ended(validUntil);
  const reference = parseReference(place.slice("oci://".length));
  const { tag: name, registry, repository } = reference;
  if (name === undefined || reference.digest !== undefined) throw tagMissing(place);
  const policy = withoutFiles(await readPolicy(resolve(context.cwd, file), file));
  const { env, signal } = context;
  const opened = await openKey(context, values.key, caFile);
  const registries = new Registries({
    env,
    signal,
    insecureRegistries,
    ...(caFile === undefined ? {} : { caFile }),
  });
  const store = registries.writer(reference);
  try {
    const digest = await pushPolicy(store, { name, serial, validUntil, policy }, opened.key);
    const day = validUntil.slice(0, 10);
    const text = {
      fr: `${registry}/${repository}:${name}@${digest} : politique ${serial}, valable jusqu'au ${day} (clé ${opened.key.id})`,
      en: `${registry}/${repository}:${name}@${digest}: policy ${serial}, valid until ${day} (key ${opened.key.id})`,
    };
    if (!quiet) await context.stdout.write(`${text[lang]}\n`);
  } finally {
    store.close();
    await registries.close();
    await opened.close();
  }
  return EXIT.admitted;
}

function twoOperands(): UsageError {
  return new UsageError("policy-operands", {
    fr: "« douane policy push » demande un fichier, et où le publier : « douane policy push douane.yaml oci://registre/dépôt:tag »",
    en: "douane policy push: give a file, and where to publish it: douane policy push douane.yaml oci://registry/repository:tag",
  });
}

function incomplete(): UsageError {
  return new UsageError("policy-version", {
    fr: "« douane policy push » demande le numéro (--serial), plus grand que le précédent, et le dernier jour où cette version est valable (--valid-until). Sans eux, une ancienne politique pourrait revenir.",
    en: "douane policy push: give the serial (--serial), higher than the previous one, and the last day on which this version is valid (--valid-until). Without them an old policy could come back.",
  });
}

function ended(validUntil: string): UsageError {
  return new UsageError("policy-ended", {
    fr: `--valid-until ${validUntil.slice(0, 10)} est passé : personne n'accepterait cette politique.`,
    en: `--valid-until ${validUntil.slice(0, 10)} has passed: nobody would accept this policy.`,
  });
}

function tagMissing(place: string): UsageError {
  return new UsageError("policy-tag", {
    fr: `${quoted(place)} : publier sous un tag, sans empreinte : oci://registre/dépôt:prod. Le tag fait partie de ce qui est signé.`,
    en: `${quoted(place)}: publish under a tag, without a digest: oci://registry/repository:prod. The tag is part of what is signed.`,
  });
}
