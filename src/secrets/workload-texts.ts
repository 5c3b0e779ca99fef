import { formatPath, parsePath } from "../contract/field-path.ts";
import { placements } from "../contract/placement.ts";
import type { ContainerFacts, EnvFacts, HookFacts, PodSpecFacts } from "../contract/pod-facts.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import { inAnnotation } from "./annotation-secrets.ts";
import { inCommand, maskArguments } from "./command-secrets.ts";
import { namedSecret } from "./credential-files.ts";
import type { SecretSpan } from "./spans.ts";

/** A text of a manifest in which a secret may stand. */
export interface WorkloadText {
  /** In the document. */
  readonly path: string;
  /** Of the variable, the annotation, or the field. */
  readonly name: string;
  /** Path of the container that it belongs to; absent for annotations. */
  readonly container?: string;
  /** The secrets that the names in and around the text betray. */
  readonly byName: (text: string) => readonly SecretSpan[];
}

type Change = (text: string, place: WorkloadText) => string;

/** The same facts with each of these texts changed: annotations, variables, commands, paths of probes. */
export function mapWorkloadTexts(facts: WorkloadFacts, change: Change): WorkloadFacts {
  const { spec } = facts.pod;
  const changed = placements(facts).map(({ path, spec: own }) => mapContainer(own, path, change));
  const first = spec.initContainers.length;
  const lists: Pick<PodSpecFacts, "initContainers" | "containers" | "ephemeralContainers"> = {
    initContainers: changed.slice(0, first),
    containers: changed.slice(first, first + spec.containers.length),
    ephemeralContainers: changed.slice(first + spec.containers.length),
  };
  return {
    ...facts,
    annotations: mapAnnotations(facts.annotations, facts.path, change),
    pod: {
      ...facts.pod,
      annotations: mapAnnotations(facts.pod.annotations, facts.podPath, change),
      spec: { ...spec, ...lists },
    },
  };
}

function mapAnnotations(
  annotations: Readonly<Record<string, string>>,
  around: string,
  change: Change,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, text]) => {
      const path = formatPath([...parsePath(around), "metadata", "annotations", name]);
      return [name, change(text, { path, name, byName: (value) => inAnnotation(name, value) })];
    }),
  );
}

function mapContainer(spec: ContainerFacts, container: string, change: Change): ContainerFacts {
  const command = (words: readonly string[], name: string): readonly string[] =>
    maskArguments(words, (text, index) =>
      change(text, { path: `${container}.${name}[${index}]`, name, container, byName: inCommand }),
    );
  const handler = <H extends Pick<HookFacts, "exec" | "httpGet">>(given: H, name: string): H => ({
    ...given,
    ...(given.exec?.command === undefined
      ? {}
      : { exec: { command: command(given.exec.command, `${name}.exec.command`) } }),
    ...(given.httpGet?.path === undefined
      ? {}
      : { httpGet: { ...given.httpGet, path: urlPath(given.httpGet.path, name) } }),
  });
  const urlPath = (text: string, name: string): string =>
    change(text, { path: `${container}.${name}.httpGet.path`, name, container, byName: inCommand });
  const { command: own, args, env, livenessProbe, readinessProbe, startupProbe, lifecycle } = spec;
  return {
    ...spec,
    ...(own === undefined ? {} : { command: command(own, "command") }),
    ...(args === undefined ? {} : { args: command(args, "args") }),
    ...(env === undefined
      ? {}
      : { env: env.map((entry, index) => mapVariable(entry, index, container, change)) }),
    ...(livenessProbe === undefined ? {} : { livenessProbe: handler(livenessProbe, "livenessProbe") }),
    ...(readinessProbe === undefined ? {} : { readinessProbe: handler(readinessProbe, "readinessProbe") }),
    ...(startupProbe === undefined ? {} : { startupProbe: handler(startupProbe, "startupProbe") }),
    ...(lifecycle === undefined
      ? {}
      : {
          lifecycle: {
            ...lifecycle,
            ...(lifecycle.postStart === undefined
              ? {}
              : { postStart: handler(lifecycle.postStart, "lifecycle.postStart") }),
            ...(lifecycle.preStop === undefined
              ? {}
              : { preStop: handler(lifecycle.preStop, "lifecycle.preStop") }),
          },
        }),
  };
}

function mapVariable(entry: EnvFacts, index: number, container: string, change: Change): EnvFacts {
  const { name = "", value } = entry;
  if (value === undefined) return entry;
  const path = `${container}.env[${index}].value`;
  return { ...entry, value: change(value, { path, name, container, byName: (text) => namedIn(name, text) }) };
}

function namedIn(name: string, value: string): readonly SecretSpan[] {
  return namedSecret({ name, value, start: 0, end: value.length });
}
