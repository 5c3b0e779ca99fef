// setuid and setgid files (contract 1.1): an observation, never a refusal.
//
// With allowPrivilegeEscalation: false the kernel sets no_new_privs, which makes setuid and setgid
// inert: execve(2). They are still worth removing. Only regular executable files count: setgid on
// a directory is about group ownership of new files.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { FileFacts } from "../../contract/image-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";

const ID = "1.1-setuid";
const SETUID_OR_SETGID = 0o6000;
const EXECUTABLE = 0o111;
const SHOWN = 5;

export const setuid = defineRule({
  id: ID,
  rows: ["no-escalation"],
  title: {
    fr: "L'image ne contient pas de programmes setuid ou setgid",
    en: "The image holds no setuid or setgid programs",
  },
  why: {
    fr: "Un programme setuid donne à qui l'exécute les droits de son propriétaire. Le profil Restricted le neutralise (no_new_privs), l'image n'en a donc pas besoin.",
    en: "A setuid program gives whoever executes it the rights of its owner. The Restricted profile makes it inert (no_new_privs), so the image has no use for it.",
  },
  remedy: {
    fr: "Retirer ces bits à la construction : « RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} + ».",
    en: "Remove these bits during the build: `RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +`.",
  },
  needs: ["image"],
  files: [{ type: "file", anyMode: SETUID_OR_SETGID }],
  check({ image }) {
    const found = image.files.filter(({ mode }) => (mode & EXECUTABLE) !== 0);
    if (found.length > 0) {
      return {
        status: "pass",
        proof: {
          fr: `programmes setuid ou setgid, sans effet sous le profil Restricted : ${found.length}`,
          en: `setuid or setgid programs, inert under the Restricted profile: ${found.length}`,
        },
        notes: [note(found)],
      };
    }
    return {
      status: "pass",
      proof: {
        fr: "aucun programme setuid ou setgid dans le système de fichiers de l'image",
        en: "no setuid or setgid program in the image's file system",
      },
    };
  },
});

function note(files: readonly FileFacts[]): Finding {
  const paths = files.map(({ path }) => excerpt(path));
  const shown = paths.slice(0, SHOWN).join(", ") + (paths.length > SHOWN ? ", …" : "");
  const s = files.length > 1 ? "s" : "";
  return {
    message: {
      fr: `${files.length} programme${s} setuid ou setgid, sans effet sous le profil Restricted (no_new_privs), à retirer : ${shown}`,
      en: `${files.length} setuid or setgid program${s}, inert under Restricted (no_new_privs), to be removed: ${shown}`,
    },
    remedy: {
      fr: "Ajouter au Dockerfile : « RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} + ».",
      en: "Add to the Dockerfile: `RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +`.",
    },
    fingerprint: fingerprint(ID, ...paths.slice(0, SHOWN), String(paths.length)),
  };
}
