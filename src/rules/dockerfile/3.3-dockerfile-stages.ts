// A Dockerfile, if needed at all, builds in one stage and runs in another (contract 3.3: multi-stage): notes.
//
//   npm run build, mvn package, go build, dotnet publish, make… in a stage that the image keeps    note
//   the same in a discarded stage; npm ci, pip install, composer install                            silent

import type { RunCommandFacts } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { finalStages, placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { commandName, unwrap } from "../../shell/wrappers.ts";

const ID = "3.3-dockerfile-stages";

/** Build programs, with the argument that starts a build. */
const BUILDS: Readonly<Record<string, RegExp>> = {
  npm: /^(?:build|build[:-].*)$/,
  yarn: /^(?:build|build[:-].*)$/,
  pnpm: /^(?:build|build[:-].*)$/,
  bun: /^(?:build|build[:-].*)$/,
  next: /^build$/,
  nuxt: /^build$/,
  vite: /^build$/,
  ng: /^build$/,
  nest: /^build$/,
  tsc: /^/,
  mvn: /^(?:package|install|verify)$/,
  mvnw: /^(?:package|install|verify)$/,
  gradle: /^(?:build|assemble|bootJar|installDist)$/,
  gradlew: /^(?:build|assemble|bootJar|installDist)$/,
  go: /^(?:build|install)$/,
  cargo: /^(?:build|install)$/,
  dotnet: /^(?:build|publish)$/,
  make: /^/,
  cmake: /^/,
  gcc: /^/,
};

export const dockerfileStages = defineRule({
  id: ID,
  rows: ["no-dockerfile"],
  title: {
    fr: "Le Dockerfile construit dans une étape et exécute dans une autre",
    en: "The Dockerfile builds in one stage and runs in another",
  },
  why: {
    fr: "Ce qui sert à construire (sources, outils, dépendances de développement) reste dans l'image quand la même étape construit et exécute.",
    en: "Files that serve only the build (sources, tools, development dependencies) stay in the image if the same stage builds and runs.",
  },
  remedy: {
    fr: "Découper le Dockerfile en étapes (multi-stage) : construire dans « FROM … AS build », et n'en copier que le résultat par « COPY --from=build ». Mieux : un outil sans Dockerfile (buildpacks, Jib, ko).",
    en: "Split the Dockerfile into stages (multi-stage): build in `FROM … AS build`, and copy nothing but the result by `COPY --from=build`. Better: a tool without a Dockerfile (buildpacks, Jib, ko).",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const commands = finalStages(dockerfile).flatMap(({ runs }) => runs.flatMap((run) => run.commands));
      const [first] = commands.filter(builds);
      return {
        status: "pass",
        proof: {
          fr: `étapes du Dockerfile : ${dockerfile.stages.length}`,
          en: `stages of the Dockerfile: ${dockerfile.stages.length}`,
        },
        notes: first === undefined ? [] : [note(dockerfile, first)],
      };
    }),
});

function builds({ words }: RunCommandFacts): boolean {
  const { inner } = unwrap(words);
  const command = inner.length > 0 ? inner : words;
  const name = commandName(command[0]);
  const argument = Object.hasOwn(BUILDS, name) ? BUILDS[name] : undefined;
  if (argument === undefined) return false;
  return argument.test("") || command.slice(1).some((word) => argument.test(word));
}

function note(dockerfile: BuildableDockerfile, { words, at }: RunCommandFacts): Finding {
  const command = excerpt(words.join(" "));
  return {
    message: {
      fr: `l'étape finale construit l'application (${command}) : sources et outils restent dans l'image`,
      en: `the final stage builds the application (${command}): sources and tools stay in the image`,
    },
    fingerprint: fingerprint(ID),
    at: placeIn(dockerfile, at),
  };
}
