import type { ValueFromFacts } from "../../contract/pod-facts.ts";
import type { ResourceFieldFacts } from "../../contract/volume-facts.ts";
import { object } from "./collections.ts";
import { quantity, string } from "./scalars.ts";

// Decoders of pod fields in variables and files.

export const fieldRef = object<NonNullable<ValueFromFacts["fieldRef"]>>({ fieldPath: string });
export const resourceFieldRef = object<ResourceFieldFacts>({
  containerName: string,
  resource: string,
  divisor: quantity,
});
