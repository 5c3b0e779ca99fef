import type { VulnsAction } from "./action.ts";

/** What `douane vulns` can do, in the order of the help. */
export const VULNS_ACTIONS: readonly VulnsAction[] = [
  {
    name: "status",
    help: {
      fr: "montrer les données qui sont sur cette machine : sources, nombres, dates, âges",
      en: "show the data on this machine: sources, numbers, dates, ages",
    },
    load: async () => (await import("./run-status.ts")).runStatus,
  },
];
