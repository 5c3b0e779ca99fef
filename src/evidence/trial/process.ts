import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { PodSecurityContextFacts, SecurityContextFacts } from "../../contract/pod-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { ImageConfig } from "../../image/documents/config.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import { GROUP, PASSWD } from "../../start/accounts.ts";
import { type ContainerProcess, containerProcess } from "../../start/container-process.ts";
import {
  type ContainerUser,
  HIGHEST_ID,
  type ResolvedUser,
  resolveUser,
} from "../../start/container-user.ts";
import { manifestEnvironment } from "../../start/manifest-environment.ts";
import { References } from "../../start/references.ts";
import { readImageFile } from "../../trial/rootfs/read-file.ts";
import type { UnpackedLayers } from "../../trial/rootfs/unpack-layers.ts";
import { type TrialEnvironment, trialSources } from "./environment.ts";
import type { Shortfall } from "./injected.ts";

export interface TrialProcess extends ContainerProcess {
  /** Values among its variables that nobody may read afterwards. */
  readonly secrets: readonly GivenSecret[];
}

/**
 * The first process of a container, its variables resolved as in a pod of the trial.
 *
 * @throws InvalidInputError `trial-start` when its words would grow beyond what execve takes
 */
export function trialProcess(
  image: ImageConfig,
  environment: TrialEnvironment,
  onShortfall: Shortfall,
): TrialProcess {
  const { spec, hostname } = environment;
  const secrets: GivenSecret[] = [];
  const references = new References();
  const variables = manifestEnvironment(
    spec,
    trialSources(environment, { onShortfall, secrets }),
    references,
  );
  const process = containerProcess({
    image: {
      entrypoint: image.Entrypoint ?? [],
      cmd: image.Cmd ?? [],
      env: image.Env ?? [],
      workingDir: image.WorkingDir ?? "",
    },
    container: spec,
    variables,
    references,
    hostname,
  });
  if (references.exceeded) throw impossible("trial-start", tooLong());
  return { ...process, secrets };
}

interface SecurityContexts {
  readonly pod: PodSecurityContextFacts | undefined;
  readonly container: SecurityContextFacts | undefined;
}

/**
 * Whom it runs as.
 *
 * @throws InvalidInputError `trial-user` when no such user can start it, or the image's accounts are beyond a bound
 */
export function trialUser(
  { User: imageUser }: ImageConfig,
  unpacked: UnpackedLayers,
  contexts: SecurityContexts,
): ContainerUser {
  const files = { passwd: accountFile(unpacked, PASSWD), group: accountFile(unpacked, GROUP) };
  const resolved = resolveUser({ imageUser: imageUser ?? "", ...contexts }, files);
  if ("user" in resolved) return resolved.user;
  throw impossible("trial-user", userProblem(resolved));
}

function accountFile(unpacked: UnpackedLayers, path: string): string {
  const bytes = readImageFile(unpacked, path, LIMITS.accountFileBytes + 1) ?? new Uint8Array();
  if (bytes.length > LIMITS.accountFileBytes) throw impossible("trial-user", tooLongFile(path));
  return Buffer.from(bytes).toString("utf8");
}

function userProblem(resolved: Exclude<ResolvedUser, { readonly user: ContainerUser }>): Text {
  if ("unknown" in resolved) {
    const name = quoted(resolved.unknown);
    return {
      fr: `le USER de l'image, ${name}, n'est pas dans son /etc/passwd : containerd ne peut pas démarrer le conteneur`,
      en: `the image's USER, ${name}, is not in its /etc/passwd: containerd cannot start the container`,
    };
  }
  return {
    fr: `${resolved.invalid} n'est pas un identifiant d'utilisateur ou de groupe (0 à ${HIGHEST_ID})`,
    en: `${resolved.invalid} is no user or group id (0 to ${HIGHEST_ID})`,
  };
}

function tooLongFile(path: string): Text {
  const most = LIMITS.accountFileBytes;
  return {
    fr: `${path} de l'image dépasse ${most} octets (borne accountFileBytes)`,
    en: `${path} of the image exceeds ${most} bytes (bound accountFileBytes)`,
  };
}

function tooLong(): Text {
  const [one, all] = [LIMITS.argvWordLength, LIMITS.argumentCharacters];
  return {
    fr: `une fois ses références remplacées, un mot de la commande ou une variable dépasse ${one} caractères, ou leur ensemble ${all} : Linux refuse de démarrer ce programme (bornes argvWordLength, argumentCharacters)`,
    en: `with its references replaced, a word of the command or a variable exceeds ${one} characters, or all of them ${all}: Linux refuses to start this program (bounds argvWordLength, argumentCharacters)`,
  };
}

function impossible(code: "trial-start" | "trial-user", { fr, en }: Text): InvalidInputError {
  return new InvalidInputError(code, {
    fr: `l'essai n'a pas pu avoir lieu : ${fr}.`,
    en: `the trial could not take place: ${en}.`,
  });
}
