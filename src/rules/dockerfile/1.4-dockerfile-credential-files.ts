// The Dockerfile puts no file of credentials into the image (contract 1.4: secrets are injected at start).
//
// Files are recognised by their usual names; their content is judged in the built image.
//
//   COPY id_rsa /root/.ssh/, COPY .ssh /root/.ssh, COPY --from=build /root/.aws/credentials /root/.aws/,
//     ADD server.key …, COPY keystore.p12 …, COPY service-account.json …,
//     RUN echo "$KEY" > ~/.ssh/id_ed25519, openssl req -keyout …,
//     RUN --mount=type=secret,id=t cp /run/secrets/t /app/token              presumed fail
//   COPY .npmrc, config/secrets.yml, settings.xml: often without a secret    note
//   the former in a stage that the image does not keep                       note
//   a file that the same RUN removes, *.pub, ca.pem, tsconfig, examples, credentials.yml.enc,
//     RUN --mount=type=secret, the application's own trees of dependencies   silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { noSecrets } from "../image/1.4-no-secrets.ts";
import { isDependency, isFixture } from "../image/dependency-trees.ts";
import { isExample } from "../image/environment-files.ts";
import { filesMade, type PlacedFiles, pathsOf, placedFiles } from "./placed-files.ts";

const ID = "1.4-dockerfile-credential-files";

/** Files and folders that contain only credentials. */
const CREDENTIALS =
  /\/(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|[\w.-]{0,60}_(?:rsa|ed25519)|\.ssh|[._]netrc|\.git-credentials|\.pgpass|\.my\.cnf|\.aws(?:\/credentials)?|\.kube(?:\/config)?|(?:[\w-]{1,60}[.-])?kubeconfig(?:\.ya?ml)?|\.docker(?:\/config\.json)?|\.docker(?:cfg|configjson)|\.htpasswd|master\.key|(?:private|privkey|key|[\w.-]{1,60}[._-]key|[\w-]{0,40}private[\w-]{0,40})\.pem|(?!(?:public|[\w-]{0,60}[.-]pub(?:lic)?)\.key$)[\w.-]{1,80}\.key|[\w.-]{1,80}\.(?:p12|pfx|ppk|kdbx|jceks|keystore|tfstate)|(?![\w-]{0,60}trust|cacerts)[\w.-]{1,80}\.jks|(?:[\w-]{1,60}[_-])?(?:service[_-]?account|sa[_-]key|gcp[_-]key)(?:[_-][\w-]{1,40})?\.json|(?:[\w-]{1,60}[._-])?credentials(?:\.(?:json|ya?ml|xml|properties|toml|csv|ini))?|wg\d\.conf)$/i;
/** Files that may contain credentials, depending on use. */
const PERHAPS =
  /\/(?:\.npmrc|\.yarnrc\.yml|\.pypirc|\.condarc|secrets?\.(?:json|ya?ml|toml|env|properties)|auth\.json|settings\.xml)$/i;

export const dockerfileCredentialFiles = defineRule({
  id: ID,
  rows: ["no-baked-state"],
  title: {
    fr: "Le Dockerfile n'embarque aucun fichier d'identifiants",
    en: "The Dockerfile adds no credentials file to the image",
  },
  why: noSecrets.why,
  remedy: {
    fr: "Retirer ce fichier du Dockerfile et l'ajouter à .dockerignore ; le donner à la construction par RUN --mount=type=secret ou --mount=type=ssh, à l'application par un Secret monté.",
    en: "Take the file out of the Dockerfile and add it to .dockerignore; give it to the build by RUN --mount=type=secret or --mount=type=ssh, to the application by a mounted Secret.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const judged = [...placedFiles(dockerfile), ...filesMade(dockerfile, keyMade)].flatMap((files) => {
        const [named] = pathsOf(files).filter(
          (one) => isJudged(one) && (CREDENTIALS.test(one) || PERHAPS.test(one)),
        );
        const path = files.secret ?? named;
        if (
          path === undefined ||
          files.empty === true ||
          files.destination.startsWith("/dev/") ||
          files.sources.some(isExample)
        )
          return [];
        const certain = files.secret !== undefined || CREDENTIALS.test(path);
        if (!files.kept && !certain) return [];
        const refutes = files.kept && certain;
        return [{ refutes, finding: finding(dockerfile, files, path) }];
      });
      return outcomeOf(
        { ...sortFindings(judged), presumed: true },
        {
          fr: "aucun fichier connu pour contenir des identifiants dans les étapes que l'image garde",
          en: "no file that is known to hold credentials in the stages that the image keeps",
        },
      );
    }),
});

function isJudged(path: string): boolean {
  return !isDependency(path) && !isFixture(path) && !isExample(path);
}

/** Private key of `openssl req -newkey … -keyout tls.key`, which every copy of the image shares. */
function keyMade(words: readonly string[]): string | undefined {
  return words.includes("-keyout") ? words[words.indexOf("-keyout") + 1] : undefined;
}

function finding(dockerfile: BuildableDockerfile, { by, kept, at }: PlacedFiles, path: string): Finding {
  const name = excerpt(path.slice(1));
  const where = kept
    ? { fr: "", en: "" }
    : {
        fr: ", dans une étape que l'image ne garde pas, mais que garde le cache de construction",
        en: ", in a stage that the image does not keep, though the build cache does",
      };
  return {
    message: {
      fr: `${by} embarque un fichier qui contient d'ordinaire des identifiants${where.fr} : ${name}`,
      en: `${by} bakes a file in that commonly holds credentials${where.en}: ${name}`,
    },
    fingerprint: fingerprint(ID, path),
    at: placeIn(dockerfile, at),
  };
}
