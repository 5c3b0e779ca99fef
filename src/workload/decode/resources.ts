import type { ResourcesFacts } from "../../contract/pod-facts.ts";
import { map, object } from "./collections.ts";
import { quantity } from "./scalars.ts";

/** Decoder of limits and requests, of a container or a pod. */
export const resources = object<ResourcesFacts>({ limits: map(quantity), requests: map(quantity) });
