// SLSA provenance: https://slsa.dev/spec/v1.2/build-provenance (its type's URI is still that of 1.0).

import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Fields } from "../../json/fields.ts";
import { PROVENANCE_TYPE } from "../in-toto/statement.ts";
import type { Predicate } from "../in-toto/write-statement.ts";
import {
  type BuildSource,
  type CiBuild,
  type JobEnvironment,
  type StatedSource,
  withoutCredentials,
} from "./ci/ci-build.ts";
import { githubBuild } from "./ci/github.ts";
import { gitlabBuild } from "./ci/gitlab.ts";
import { jenkinsBuild } from "./ci/jenkins.ts";
import { tektonBuild } from "./ci/tekton.ts";

/** Build stated by the user, instead of the values of the environment. */
export interface StatedBuild extends StatedSource {
  readonly builder?: string | undefined;
  readonly buildType?: string | undefined;
  readonly commit?: string | undefined;
  readonly invocation?: string | undefined;
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const SYSTEMS = [gitlabBuild, githubBuild, jenkinsBuild, tektonBuild];

/**
 * Provenance of a build as stated by the job: options of its user, otherwise values of its environment. The
 * field `douane_asserted` marks it: no build platform confirms any of it.
 *
 * @throws UsageError provenance-incomplete, provenance-commit
 */
export function assertedProvenance(env: JobEnvironment, stated: StatedBuild): Predicate {
  const ci = ciBuild(env, stated);
  const builder = stated.builder ?? ci?.builder;
  const buildType = stated.buildType ?? ci?.buildType ?? "urn:douane:buildtype:stated:v1";
  const source = sourceOf(stated, ci);
  const invocationId = stated.invocation ?? ci?.invocation;
  if (builder === undefined) throw incomplete("--builder", ci);
  return {
    type: PROVENANCE_TYPE,
    content: {
      buildDefinition: {
        buildType,
        externalParameters: ci?.externalParameters ?? statedParameters(source),
        internalParameters: ci?.internalParameters ?? {},
        resolvedDependencies: [dependency(source)],
      },
      runDetails: {
        builder: { id: builder },
        metadata: {
          ...(invocationId === undefined ? {} : { invocationId }),
          ...(ci?.startedOn === undefined ? {} : { startedOn: ci.startedOn }),
        },
      },
      douane_asserted: { by: "job", from: ci?.ci ?? "options" },
    },
  };
}

/** Source and commit that a job states. */
export interface AssertedJob {
  readonly source: string;
  readonly commit: string;
}

/** Undefined if the options and a CI's environment do not name both. */
export function assertedJob(env: JobEnvironment, stated: StatedBuild): AssertedJob | undefined {
  const ci = ciBuild(env, stated);
  const source = withoutCredentials(stated.source) ?? ci?.source.uri;
  const commit = stated.commit ?? ci?.source.commit;
  return source !== undefined && commit !== undefined && COMMIT.test(commit) ? { source, commit } : undefined;
}

function ciBuild(env: JobEnvironment, stated: StatedSource): CiBuild | undefined {
  return SYSTEMS.map((read) => read(env, stated)).find((build) => build !== undefined);
}

function sourceOf(stated: StatedBuild, ci: CiBuild | undefined): BuildSource {
  const uri = withoutCredentials(stated.source) ?? ci?.source.uri;
  const commit = stated.commit ?? ci?.source.commit;
  if (uri === undefined) throw incomplete("--source", ci);
  if (commit === undefined) throw incomplete("--commit", ci);
  if (!COMMIT.test(commit)) throw notACommit(commit);
  return { uri, commit, ref: stated.ref ?? ci?.source.ref };
}

function statedParameters({ uri, ref }: BuildSource): Fields {
  return { source: uri, ...(ref === undefined ? {} : { ref }) };
}

/** The source as a dependency: `git+https://host/team/portal@refs/heads/main`. */
function dependency({ uri, commit, ref }: BuildSource): Fields {
  const git = uri.startsWith("git+") ? uri : `git+${uri}`;
  return { uri: ref === undefined ? git : `${git}@${ref}`, digest: { gitCommit: commit } };
}

function incomplete(flag: string, ci: CiBuild | undefined): UsageError {
  const where =
    ci === undefined
      ? {
          fr: "aucune CI n'est reconnue (GitLab, GitHub, Jenkins, Tekton)",
          en: "no CI is recognised (GitLab, GitHub, Jenkins, Tekton)",
        }
      : { fr: `l'environnement de ${ci.ci} ne le dit pas`, en: `the environment of ${ci.ci} does not say` };
  return new UsageError("provenance-incomplete", {
    fr: `--provenance : ${flag} manque, et ${where.fr}. L'ajouter : ${flag} VALEUR`,
    en: `--provenance: ${flag} is missing, and ${where.en}. Add it: ${flag} VALUE`,
  });
}

function notACommit(commit: string): UsageError {
  return new UsageError("provenance-commit", {
    fr: `--commit ${quoted(commit)} : un commit s'écrit en 40 ou 64 chiffres hexadécimaux (« git rev-parse HEAD »).`,
    en: `--commit ${quoted(commit)}: a commit is written as 40 or 64 hexadecimal digits (\`git rev-parse HEAD\`).`,
  });
}
