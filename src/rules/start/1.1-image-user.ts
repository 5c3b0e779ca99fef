// The image names a numeric USER other than 0 (contract 1.1).
//
// config.User, as containerd reads it: cut at ":", a base-10 integer, else a name of the image's
// /etc/passwd. The kubelet, under runAsNonRoot, refuses uid 0 and refuses every NAME unless the pod
// sets runAsUser: it "cannot verify user is non-root".
//
//   ""  root  0  0:0  00  +0  a name with uid 0    refused: root, even with a runAsUser
//   app (uid 1000)                                 refused: a name cannot be verified; accepted, with a
//                                                  note, when the manifest gives the container a runAsUser ≠ 0
//   ghost (no passwd line)                         refused: the container cannot start
//   a name whose line has no number                refused: containerd reads 0
//   1000:1000:0  two colons                        refused: the kubelet would pass 1000 alone, but docker, podman
//                                                  and containerd's own clients refuse to start the image
//   1000  1000:0  a uid absent from passwd         accepted, also when the manifest sets another uid

import { fingerprint } from "../../contract/fingerprint.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { findAccount, imageAccounts, PASSWD_FILE } from "../../start/accounts.ts";
import { HIGHEST_ID } from "../../start/container-user.ts";
import type { StartableImage } from "../../start/startable-image.ts";
import { effectiveUser, type UserInEffect } from "../manifest/fields/effective-user.ts";
import { unprovenBy } from "../manifest/fields/judge-fields.ts";
import { defineStartRule } from "./start-rule.ts";

const ID = "1.1-image-user";

export const imageUser = defineStartRule({
  id: ID,
  rows: ["non-root"],
  title: {
    fr: "L'image définit un USER numérique différent de 0",
    en: "The image sets a numeric USER other than 0",
  },
  why: {
    fr: "Un processus root dans le conteneur est root sur le nœud dès qu'une isolation cède. Le kubelet ne peut vérifier qu'un UID numérique : sous runAsNonRoot, il refuse un nom d'utilisateur, même non privilégié.",
    en: "A root process in the container is root on the node if the container's isolation is broken. The kubelet can only verify a numeric UID: under runAsNonRoot it refuses a user name, even an unprivileged one.",
  },
  remedy: {
    fr: "Terminer le Dockerfile par un UID numérique, par exemple « USER 1000 ».",
    en: "End the Dockerfile with a numeric UID, for example `USER 1000`.",
  },
  files: [PASSWD_FILE],
  check({ image, placement, workload }) {
    if (image.config.user.split(":").length > 2) return judgeMalformed(excerpt(image.config.user));
    const user = image.config.user.replace(/:.*$/s, "");
    if (/^[+-]?\d+$/.test(user)) return judgeUid(user);
    if (user === "") {
      return refuse("absent", {
        fr: "l'image ne définit pas de USER : elle s'exécute en root",
        en: "the image sets no USER: it runs as root",
      });
    }
    const given = workload && placement && effectiveUser(workload, placement);
    return judgeName(user, image, given);
  },
});

function judgeMalformed(user: string): Outcome {
  return refuse(user, {
    fr: `USER ${user} n'est pas de la forme utilisateur[:groupe] : les moteurs de conteneurs le refusent`,
    en: `USER ${user} is not of the form user[:group]: container engines refuse it`,
  });
}

function judgeUid(user: string): Outcome {
  const uid = Number.parseInt(user, 10);
  if (uid === 0) {
    return refuse(user, { fr: `USER ${user} est root (UID 0)`, en: `USER ${user} is root (UID 0)` });
  }
  if (uid < 0 || uid > HIGHEST_ID) {
    return refuse(user, {
      fr: `USER ${user} n'est pas un UID : le conteneur ne peut pas démarrer`,
      en: `USER ${user} is no UID: the container cannot start`,
    });
  }
  return {
    status: "pass",
    proof: { fr: `USER ${user} : UID numérique non-root`, en: `USER ${user}: a numeric, non-root UID` },
  };
}

function judgeName(name: string, image: StartableImage, given: UserInEffect | undefined): Outcome {
  const { accounts, isCut } = imageAccounts(image);
  const uid = findAccount(accounts, name)?.uid;
  const user = excerpt(name);
  if (uid === undefined) return isCut ? unreadAccount(user) : absentAccount(user);
  if (uid === 0) {
    return refuse(user, {
      fr: `USER ${user} a l'UID 0 dans /etc/passwd : c'est root`,
      en: `USER ${user} has UID 0 in /etc/passwd: it is root`,
    });
  }
  if (uid < 0 || uid > HIGHEST_ID) {
    return refuse(user, {
      fr: `USER ${user} a l'UID ${uid} dans /etc/passwd, qui n'en est pas un`,
      en: `USER ${user} has UID ${uid} in /etc/passwd, which is no UID`,
    });
  }
  if (given?.invalid !== undefined) return unprovenBy(given.invalid);
  if (given?.uid !== undefined) return vouchedFor(user, uid, given.uid);
  return refuse(
    user,
    {
      fr: `USER ${user} est un nom (UID ${uid}) : le kubelet ne peut pas vérifier qu'il n'est pas root et refuse de démarrer`,
      en: `USER ${user} is a name (UID ${uid}): the kubelet cannot verify that it is not root, and refuses to start it`,
    },
    remedyFor(uid),
  );
}

/** Outcome for a user name if the manifest sets a uid, so that the kubelet need not verify the name. */
function vouchedFor(user: string, uid: number, given: number): Outcome {
  const note = {
    message: {
      fr: `USER ${user} est un nom : l'image n'est admise que parce que le manifeste fixe « runAsUser: ${given} »`,
      en: `USER ${user} is a name: the image is accepted only because the manifest sets \`runAsUser: ${given}\``,
    },
    remedy: remedyFor(uid),
    fingerprint: fingerprint(ID, user),
    at: { path: "config.User" },
  };
  return {
    status: "pass",
    proof: {
      fr: `USER ${user} (UID ${uid}) ; le manifeste fixe « runAsUser: ${given} », que le kubelet peut vérifier`,
      en: `USER ${user} (UID ${uid}); the manifest sets \`runAsUser: ${given}\`, which the kubelet can verify`,
    },
    notes: [note],
  };
}

function remedyFor(uid: number): Text {
  return {
    fr: `Remplacer par « USER ${uid} » dans le Dockerfile.`,
    en: `Write \`USER ${uid}\` in the Dockerfile instead.`,
  };
}

function absentAccount(user: string): Outcome {
  return refuse(user, {
    fr: `USER ${user} est absent de /etc/passwd dans l'image : le conteneur ne peut pas démarrer`,
    en: `USER ${user} is not in the image's /etc/passwd: the container cannot start`,
  });
}

function unreadAccount(user: string): Outcome {
  const most = LIMITS.accountFileBytes;
  return {
    status: "unproven",
    reason: {
      fr: `USER ${user} n'est pas dans les ${most} premiers octets de /etc/passwd (borne accountFileBytes) ; la suite n'a pas été lue`,
      en: `USER ${user} is not in the first ${most} bytes of /etc/passwd (bound accountFileBytes); the rest was not read`,
    },
  };
}

function refuse(user: string, message: Text, remedy?: Text): Outcome {
  const finding = { message, fingerprint: fingerprint(ID, user), at: { path: "config.User" } };
  return { status: "fail", findings: [remedy === undefined ? finding : { ...finding, remedy }] };
}
