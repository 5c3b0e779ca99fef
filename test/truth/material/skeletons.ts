import type { Skeleton } from "./skeleton.ts";
import { NEXT } from "./skeletons/next.ts";
import { SERVERS } from "./skeletons/servers.ts";
import { SITES } from "./skeletons/sites.ts";
import { VITE_BASED } from "./skeletons/vite-based.ts";

export const SKELETONS: readonly Skeleton[] = [...NEXT, ...VITE_BASED, ...SERVERS, ...SITES];
