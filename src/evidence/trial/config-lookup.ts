import type { ConfigObject } from "../../workload/config-objects.ts";

/** Finds the ConfigMaps and Secrets that a workload names. */
export type ConfigLookup = (kind: ConfigObject["kind"], name: string) => ConfigObject | undefined;

/** Those of the workload's namespace; one that names none belongs wherever it is applied. */
export function configLookup(objects: readonly ConfigObject[], namespace: string | undefined): ConfigLookup {
  return (kind, name) => {
    const named = objects.filter((one) => one.kind === kind && one.name === name);
    return (
      named.find((one) => one.namespace === namespace) ??
      named.find((one) => one.namespace === undefined || namespace === undefined)
    );
  };
}

/** Where no manifests are at hand. */
export const NO_CONFIG: ConfigLookup = () => undefined;
