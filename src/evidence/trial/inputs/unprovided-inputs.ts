import { excerpt } from "../../../contract/shown.ts";
import type { Reservation } from "../../../contract/trial-facts.ts";
import { parseQuantity } from "../../../trial/quantity.ts";
import type { InputPlace } from "./declared-input.ts";
import { neighboursOf } from "./declared-neighbours.ts";

/**
 * Inputs that the judged manifest provides but no trial gives, not even a trial of this manifest, and that
 * may change a program's behaviour.
 */
export function unprovided(placed: InputPlace): readonly Reservation[] {
  const { spec } = placed.placement;
  const isShared = placed.workload.pod.spec.shareProcessNamespace === true;
  return [
    ...((spec.volumeDevices ?? []).length > 0 ? [DEVICES] : []),
    ...oddVolumes(placed),
    ...(spec.stdin === true || spec.tty === true ? [TERMINAL] : []),
    ...smallStorage(placed),
    ...tinyMemory(placed),
    ...localProfile(placed),
    ...(isShared && neighboursOf(placed).length > 0 ? [PROCESSES] : []),
  ];
}

/**
 * Mounted volumes for which the trial gave an empty folder, although a pod gets a block device or huge pages.
 */
function oddVolumes({ placement: { spec }, workload: { pod, claims } }: InputPlace): readonly Reservation[] {
  const mounted = new Set((spec.volumeMounts ?? []).map(({ name }) => name));
  const volumes = pod.spec.volumes.filter(({ name }) => mounted.has(name));
  const names = new Set(volumes.map(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName));
  const isBlock = claims.some(({ name, source, isBlock: own, requested }) => {
    const isOwn = source === "claim" ? names.has(name) : mounted.has(name);
    return isOwn && (own === true || requested?.volumeMode === "Block");
  });
  const isHuge = volumes.some(({ emptyDir }) => emptyDir?.medium?.startsWith("HugePages") === true);
  return [...(isBlock ? [BLOCK] : []), ...(isHuge ? [HUGE_PAGES] : [])];
}

/** Inputs that the judged manifest provides but a trial without a manifest does not give. */
export function unprovidedAlone({ workload }: InputPlace): readonly Reservation[] {
  const { hostAliases = [] } = workload.pod.spec;
  return [
    ...(hostAliases.length === 0 ? [] : [ALIASES]),
    ...(workload.job?.isIndexed === true ? [INDEX] : []),
  ];
}

/**
 * Limits of ephemeral storage below this number of bytes have to be tried, since the log of stdout alone may
 * exceed them.
 */
const SMALL_STORAGE = 64 * 1024 ** 2;

/**
 * A small limit of ephemeral storage: above the limit, the kubelet evicts the pod, but no trial enforces the
 * limit.
 */
function smallStorage({ placement, workload }: InputPlace): readonly Reservation[] {
  const limits = [placement.spec, workload.pod.spec].flatMap(
    ({ resources }) => resources?.limits?.["ephemeral-storage"] ?? [],
  );
  const small = limits.find((limit) => {
    const bytes = parseQuantity(limit) ?? 0;
    return bytes > 0 && bytes < SMALL_STORAGE;
  });
  if (small === undefined) return [];
  const shown = excerpt(small);
  return [
    {
      fr: `l'essai n'applique pas la limite ephemeral-storage du manifeste (${shown})`,
      en: `the trial does not enforce the manifest's limit of ephemeral-storage (${shown})`,
      settle: {
        fr: "Porter limits.ephemeral-storage à 64Mi au moins, ou la retirer : le kubelet expulse le pod qui la dépasse, journaux compris.",
        en: "Raise limits.ephemeral-storage to at least 64Mi, or remove it: the kubelet evicts a pod that exceeds it, logs included.",
      },
    },
  ];
}

/** Limit of memory in bytes below which the container runtime cannot start any program. */
const LEAST_MEMORY = 1024 ** 2;

/** A limit of memory below a mebibyte, usually a slip: `256m` is a quarter of a byte. */
function tinyMemory({ placement, workload }: InputPlace): readonly Reservation[] {
  const limits = [placement.spec, workload.pod.spec].flatMap(
    ({ resources }) => resources?.limits?.["memory"] ?? [],
  );
  const tiny = limits.find((limit) => {
    const bytes = parseQuantity(limit) ?? 0;
    return bytes > 0 && bytes < LEAST_MEMORY;
  });
  if (tiny === undefined) return [];
  const shown = excerpt(tiny);
  return [
    {
      fr: `aucun programme ne démarre avec la limite de mémoire du manifeste (${shown})`,
      en: `no program starts under the manifest's memory limit (${shown})`,
      settle: {
        fr: "Écrire l'unité de limits.memory : 256Mi est en mébioctets, 256m en millièmes d'octet, 256 en octets.",
        en: "Write the unit of limits.memory: 256Mi is in mebibytes, 256m in thousandths of a byte, 256 in bytes.",
      },
    },
  ];
}

const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

/** AppArmor profile that exists only on the nodes; annotations count before Kubernetes 1.30. */
function localProfile({ placement, workload: { pod } }: InputPlace): readonly Reservation[] {
  const { spec } = placement;
  const annotation = pod.annotations[`${APPARMOR}${spec.name ?? ""}`] ?? "";
  const own = spec.securityContext?.appArmorProfile ?? pod.spec.securityContext?.appArmorProfile;
  const isLocal = own === undefined ? annotation.startsWith("localhost/") : own.type === "Localhost";
  return isLocal ? [PROFILE] : [];
}

const PROFILE: Reservation = {
  fr: "l'essai n'applique pas le profil AppArmor du nœud (Localhost), qui peut interdire au programme d'écouter ou de recevoir un signal",
  en: "the trial does not apply the node's AppArmor profile (Localhost), which may forbid the program to listen or to receive a signal",
  settle: {
    fr: "Donner à appArmorProfile le type RuntimeDefault, ou le retirer.",
    en: "Give appArmorProfile the type RuntimeDefault, or remove it.",
  },
};

const ALIASES: Reservation = {
  fr: "l'essai de l'image seule n'a pas reçu les lignes de hostAliases",
  en: "the trial of the image alone was not given the lines of hostAliases",
};

const INDEX: Reservation = {
  fr: "l'essai de l'image seule n'a pas reçu JOB_COMPLETION_INDEX (completionMode: Indexed)",
  en: "the trial of the image alone was not given JOB_COMPLETION_INDEX (completionMode: Indexed)",
};

const DEVICES: Reservation = {
  fr: "l'essai n'a donné aucun périphérique de bloc (volumeDevices)",
  en: "the trial gave no block device (volumeDevices)",
  settle: {
    fr: "Monter le volume comme système de fichiers (volumeMounts) : une application n'a pas à tenir un disque brut.",
    en: "Mount the volume as a file system (volumeMounts): an application need not keep a raw disk.",
  },
};

const BLOCK: Reservation = {
  fr: "l'essai a donné un répertoire là où le claim demande un disque brut (volumeMode: Block), que le kubelet ne monte pas : le pod ne démarre pas",
  en: "the trial gave a folder where the claim asks for a raw disk (volumeMode: Block), which the kubelet does not mount: the pod does not start",
  settle: {
    fr: "Retirer volumeMode du claim : Filesystem est la valeur par défaut.",
    en: "Remove volumeMode from the claim: Filesystem is the default.",
  },
};

const HUGE_PAGES: Reservation = {
  fr: "l'essai n'a pas donné de volume en grandes pages (emptyDir, medium: HugePages)",
  en: "the trial gave no volume of huge pages (emptyDir, medium: HugePages)",
  settle: {
    fr: "Se passer de ce volume, ou lui donner le medium Memory.",
    en: "Do without this volume, or give it the medium Memory.",
  },
};

const TERMINAL: Reservation = {
  fr: "l'essai n'a donné ni terminal ni entrée ouverte (tty, stdin)",
  en: "the trial gave neither a terminal nor an open input (tty, stdin)",
  settle: {
    fr: "Retirer stdin et tty du manifeste : personne n'est au clavier d'un serveur.",
    en: "Remove stdin and tty from the manifest: nobody is at the keyboard of a server.",
  },
};

const PROCESSES: Reservation = {
  fr: "pendant l'essai, un conteneur ne voit pas les processus des autres (shareProcessNamespace)",
  en: "during the trial, a container does not see the processes of the others (shareProcessNamespace)",
  settle: {
    fr: "Se passer de shareProcessNamespace : un conteneur n'a pas à en signaler un autre.",
    en: "Do without shareProcessNamespace: a container need not signal another one.",
  },
};
