import type { Collected } from "../../contract/evidence.ts";
import type { Outcome } from "../../contract/rule.ts";

type Where = Pick<Collected, "workload" | "placement">;

/** Whether a container serves until it is stopped; true for an image without a manifest. */
export function isLongRunning({ workload, placement }: Where): boolean {
  if (workload === undefined || placement === undefined) return true;
  return workload.lifetime === "long-running" && (placement.role === "app" || placement.role === "sidecar");
}

/** Outcome of rules about serving for a container that ends by itself. */
export const SERVES_NOTHING: Outcome = {
  status: "n/a",
  reason: {
    fr: "tâche batch, conteneur d'initialisation ou de débogage : il ne sert rien",
    en: "a batch task, an init or a debugging container: it serves nothing",
  },
};
