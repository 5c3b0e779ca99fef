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
import { SERVICE_VARIABLES } from "../../start/service-variables.ts";
import { References } from "../../start/variable-references.ts";
import { readImageFile } from "../../trial/rootfs/read-file.ts";
import type { UnpackedLayers } from "../../trial/rootfs/unpack-layers.ts";
import { type TrialEnvironment, trialSources } from "./environment.ts";
import type { UnmetInput } from "./injected.ts";

export interface TrialProcess extends ContainerProcess {
  /** Secret values among the variables. */
  readonly secrets: readonly GivenSecret[];
}

/**
 * First process of a container, with variables resolved as in the trial's pod.
 *
 * @throws InvalidInputError `trial-start` if its words would exceed the limits of execve
 */
export function trialProcess(
  image: ImageConfig,
  environment: TrialEnvironment,
  onUnmetInput: UnmetInput,
): TrialProcess {
  const { spec, hostname, services = SERVICE_VARIABLES } = environment;
  const secrets: GivenSecret[] = [];
  const references = new References();
  const sources = trialSources(environment, { onUnmetInput, secrets });
  const variables = manifestEnvironment(spec, { ...sources, services }, references);
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
 * User of the first process.
 *
 * @throws InvalidInputError `trial-user` if no process can start as this user, or the image's accounts exceed
 * a bound; `trial-root` for root
 */
export function trialUser(
  image: ImageConfig,
  unpacked: UnpackedLayers,
  contexts: SecurityContexts,
): ContainerUser {
  const user = accountOf(image, unpacked, contexts);
  if (user.uid === 0) throw impossible("trial-root", ROOT);
  return user;
}

/**
 * User of a dependency's first process. Root is allowed, since a dependency has its own user namespace.
 *
 * @throws InvalidInputError `trial-user`
 */
export function accountOf(
  { User: imageUser }: ImageConfig,
  unpacked: UnpackedLayers,
  contexts: SecurityContexts = { pod: undefined, container: undefined },
): ContainerUser {
  const files = { passwd: accountFile(unpacked, PASSWD), group: accountFile(unpacked, GROUP) };
  const resolved = resolveUser({ imageUser: imageUser ?? "", ...contexts }, files);
  if (!("user" in resolved)) throw impossible("trial-user", userProblem(resolved));
  return resolved.user;
}

/**
 * Message for root, which the sandbox refuses, too: in root's user namespace, the container's root would be
 * root on the host.
 */
const ROOT: Text = {
  fr: "le conteneur tournerait en root (uid 0), ce que la plateforme refuse. Donner à l'image un USER numérique différent de 0",
  en: "the container would run as root (uid 0), which the platform refuses. Give the image a numeric USER other than 0",
};

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
    en: `${resolved.invalid} is not a user or group id (0 to ${HIGHEST_ID})`,
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

function impossible(code: "trial-start" | "trial-user" | "trial-root", { fr, en }: Text): InvalidInputError {
  return new InvalidInputError(code, {
    fr: `l'essai n'a pas pu avoir lieu : ${fr}.`,
    en: `the trial could not take place: ${en}.`,
  });
}
