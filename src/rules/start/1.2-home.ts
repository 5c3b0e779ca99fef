// HOME is a directory that the program can write (contract 1.2): a note.
//
// If the image does not set HOME, the runtime takes HOME from /etc/passwd. For a uid without a line there, HOME is
// "/", which is never writable. Many tools write caches and settings to HOME.
//
//   HOME set; the uid has a line in /etc/passwd   silent
//   neither                                       note
//   a user name, or none                          silent: see 1.1-image-user

import { fingerprint } from "../../contract/fingerprint.ts";
import { findAccount, imageAccounts, PASSWD_FILE } from "../../start/accounts.ts";
import { startedImage } from "../../start/started-image.ts";
import { defineStartRule } from "./start-rule.ts";

const ID = "1.2-home";

export const home = defineStartRule({
  id: ID,
  rows: ["read-only-root"],
  title: {
    fr: "Le répertoire HOME du programme est connu",
    en: "The program's HOME is known",
  },
  why: {
    fr: "Sans HOME ni ligne dans /etc/passwd, HOME vaut « / » : caches et configurations n'y sont jamais inscriptibles.",
    en: "Without HOME or a line in /etc/passwd, HOME is /: caches and settings can never be written there.",
  },
  remedy: { fr: "Ajouter « ENV HOME=/tmp » au Dockerfile.", en: "Add `ENV HOME=/tmp` to the Dockerfile." },
  files: [PASSWD_FILE],
  check(evidence) {
    const image = startedImage(evidence);
    const { env, user } = image.config;
    const uid = user.replace(/:.*$/s, "");
    const { accounts, isCut } = imageAccounts(image);
    const listed = isCut || findAccount(accounts, Number(uid)) !== undefined;
    if (env.some((entry) => entry.startsWith("HOME=")) || listed || !/^\d+$/.test(uid)) {
      return {
        status: "pass",
        proof: {
          fr: "HOME est défini par l'image ou par /etc/passwd",
          en: "HOME is set by the image or by /etc/passwd",
        },
      };
    }
    const note = {
      message: {
        fr: `HOME vaudra « / » : l'UID ${uid} est absent de /etc/passwd et l'image ne définit pas HOME`,
        en: `HOME will be /: UID ${uid} is not in /etc/passwd and the image sets no HOME`,
      },
      fingerprint: fingerprint(ID, uid),
      at: { path: "config.Env" },
    };
    return {
      status: "pass",
      proof: { fr: `HOME vaut « / » pour l'UID ${uid}`, en: `HOME is / for UID ${uid}` },
      notes: [note],
    };
  },
});
