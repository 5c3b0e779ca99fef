import { arch, platform, release } from "node:os";
import { EXIT } from "../../contract/error.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { labelled } from "../../report/words.ts";
import { holdings } from "../cache/holdings.ts";
import { sizeText } from "../cache/sizes.ts";
import type { Session } from "../command-line/command.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import type { Context } from "../process/context.ts";
import { isBroughtByRepository } from "../process/home-repository.ts";
import { BROUGHT } from "../process/repository-content.ts";
import { versionLine } from "../process/version.ts";
import { teamFileFrom } from "../settings/team-file.ts";
import { printable } from "../terminal/printable.ts";
import { credentialFiles } from "./credential-files.ts";
import { findExecutable } from "./find-executable.ts";
import { trialFact } from "./trial-fact.ts";

const NONE: Text = { fr: "aucun", en: "none" };

/**
 * `douane doctor`: prints facts about the machine. It contacts no host, and runs only programs that show
 * whether trials work.
 */
export async function runDoctor({ context, lang }: Session): Promise<number> {
  const { env, cwd, stdout } = context;
  const trial = await trialFact(context, lang);
  const facts: readonly (readonly [Text, string])[] = [
    [{ fr: "douane", en: "douane" }, versionLine()[lang].replace("douane ", "")],
    [{ fr: "Node", en: "Node" }, `${process.version} (${process.execPath})`],
    [{ fr: "système", en: "system" }, `${platform()} ${release()} ${arch()}`],
    [{ fr: "langue", en: "language" }, lang],
    [{ fr: "cache", en: "cache" }, cacheFact(context, lang)],
    [{ fr: "réglages de l'équipe", en: "team settings" }, teamFileFrom(cwd) ?? NONE[lang]],
    [{ fr: "identifiants de registres", en: "registry credentials" }, listOf(credentialFiles(env), lang)],
    [{ fr: "docker (docker-daemon:)", en: "docker (docker-daemon:)" }, engineFact("docker", env, lang)],
    [{ fr: "podman (podman:)", en: "podman (podman:)" }, engineFact("podman", env, lang)],
    [{ fr: "essai (douane trial)", en: "trial (douane trial)" }, trial],
    [{ fr: "proxy", en: "proxy" }, listOf(proxyVariables(env), lang)],
  ];
  const lines = facts.map(([label, value]) => labelled(label[lang], printable(value), lang));
  await stdout.write(`${lines.join("\n")}\n`);
  return EXIT.admitted;
}

function cacheFact(context: Context, lang: Lang): string {
  const folder = cacheDirectory(context.env);
  if (folder === undefined)
    return { fr: "aucun (HOME n'est pas défini)", en: "none (HOME is not set)" }[lang];
  if (isBroughtByRepository(folder, context)) {
    return { fr: `${folder}, inutilisé : ${BROUGHT.fr}`, en: `${folder}, not used: ${BROUGHT.en}` }[lang];
  }
  const held = holdings(folder);
  const size = sizeText(
    held.reduce((sum, { bytes }) => sum + bytes, 0),
    lang,
  );
  return {
    fr: `${folder} (entrées : ${held.length}, ${size} ; douane cache les détaille)`,
    en: `${folder} (entries: ${held.length}, ${size}; see: douane cache)`,
  }[lang];
}

function engineFact(name: string, env: Context["env"], lang: Lang): string {
  return findExecutable(name, env["PATH"]) ?? { fr: "absent du PATH", en: "not on the PATH" }[lang];
}

/** Names of proxy variables, without values, which may contain passwords. */
function proxyVariables(env: Context["env"]): readonly string[] {
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];
  return names.filter((name) => env[name]);
}

function listOf(items: readonly string[], lang: Lang): string {
  return items.length === 0 ? NONE[lang] : items.join(", ");
}
