import { DouaneError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import {
  dependenciesOf,
  type PreparedDependencies,
  type PreparedDependency,
  prepareDependency,
} from "../../evidence/trial/run/dependencies.ts";
import type { GivenDependency, TrialSettings } from "../../evidence/trial/settings.ts";
import { type ImageOpener, imageOpener } from "../../image/open.ts";
import type { Available } from "../../trial/available-executor.ts";
import { dependencyIds } from "../../trial/dependency-ids.ts";
import { openOptions } from "../images/open-options.ts";
import type { Assessment } from "../run/assessment.ts";

type WithImage = GivenDependency & { readonly image: string };

/** Images of trials' dependencies, each opened and unpacked once for all pods of a run. */
export class DependencyImages {
  readonly #assessment: Assessment;
  readonly #means: { readonly executor: Available; readonly directory: string };
  /** Prepared images by their settings. */
  readonly #prepared = new Map<string, Promise<PreparedDependency>>();
  #opener: ImageOpener | undefined;

  constructor(assessment: Assessment, means: { readonly executor: Available; readonly directory: string }) {
    this.#assessment = assessment;
    this.#means = means;
  }

  /**
   * Dependencies of a pod.
   *
   * @param settings trial settings of the pod's containers
   * @throws DouaneError that names the failed dependency
   */
  async of(settings: readonly TrialSettings[]): Promise<PreparedDependencies> {
    const all = dependenciesOf(settings);
    const prepared = await inTurn(all, async (one) => {
      if (one.image === undefined) {
        return { options: { name: one.name, ports: one.ports ?? [] }, secrets: [] };
      }
      return this.#get({ ...one, image: one.image });
    });
    return {
      options: prepared.map(({ options }) => options),
      secrets: prepared.flatMap(({ secrets }) => secrets),
    };
  }

  /** Removes files unpacked for this run only. */
  async close(): Promise<void> {
    for (const one of await Promise.allSettled(this.#prepared.values())) {
      if (one.status === "fulfilled") await one.value.release();
    }
    await this.#opener?.close();
  }

  #get(settings: WithImage): Promise<PreparedDependency> {
    const key = JSON.stringify(settings);
    const known = this.#prepared.get(key) ?? this.#prepare(settings);
    this.#prepared.set(key, known);
    return known;
  }

  async #prepare(settings: WithImage): Promise<PreparedDependency> {
    const { directory, executor } = this.#means;
    const { signal } = this.#assessment.ports;
    this.#opener ??= imageOpener(openOptions(this.#assessment));
    try {
      const image = await this.#opener.open(settings.image, signal, undefined, settings.within);
      try {
        return await prepareDependency(image, settings, { directory, ids: dependencyIds(executor), signal });
      } finally {
        await image.close();
      }
    } catch (error) {
      signal.throwIfAborted();
      throw about(settings.name, error);
    }
  }
}

/** Runs work in sequence: two images with common layers would unpack them twice. */
async function inTurn<T, U>(all: readonly T[], work: (one: T) => Promise<U>): Promise<readonly U[]> {
  const done: U[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}

function about(name: string, error: unknown): unknown {
  if (!(error instanceof DouaneError) || error.code === "trial-dependency") return error;
  const { fr, en } = error.text;
  return new DouaneError(
    error.code,
    error.exit,
    {
      fr: `l'essai n'a pas eu lieu : dépendance ${quoted(name)} : ${fr}`,
      en: `the trial did not take place: dependency ${quoted(name)}: ${en}`,
    },
    { cause: error },
  );
}
