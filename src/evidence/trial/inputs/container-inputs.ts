import { declaredEnvironment } from "./declared-environment.ts";
import type { DeclaredInput, SpecSources } from "./declared-input.ts";
import { declaredMounts } from "./declared-mounts.ts";
import { declaredNetwork } from "./declared-network.ts";
import { declaredProcess } from "./declared-process.ts";

/** Inputs from a container's own part of the manifest, by place. */
export function containerInputs(sources: SpecSources): readonly (readonly [string, DeclaredInput])[] {
  return [
    ...declaredEnvironment(sources),
    ...declaredMounts(sources),
    ...declaredProcess(sources),
    ...declaredNetwork(sources.spec),
  ];
}
