import { containerName, placements, type RawPlacement } from "../../../contract/pod-containers.ts";
import { canonicalJson } from "../../../json/canonical-json.ts";
import { requestedUser } from "../../../start/container-user.ts";
import { addedCapabilities } from "../../../trial/oci/capabilities.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import { containerInputs } from "./container-inputs.ts";
import type { DeclaredInput, InputPlace } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/** Other containers of the pod, in the order of the manifest; ephemeral containers are omitted. */
export function neighboursOf({ workload, placement }: InputPlace): readonly RawPlacement[] {
  return placements(workload).filter(({ role, path }) => role !== "ephemeral" && path !== placement.path);
}

/**
 * Other containers of the pod, one `container NAME` each: they share addresses, ports and volumes, and start
 * before or beside this container. compareNeighbours() compares their images.
 */
export function declaredNeighbours(
  placed: InputPlace,
  { config }: Pick<NamespaceObjects, "config">,
): readonly Place[] {
  const { workload } = placed;
  return neighboursOf(placed).map((one, index): Place => {
    const { spec, role } = one;
    const { command = [], args = [], workingDir = "", resources, lifecycle, securityContext } = spec;
    const user = requestedUser({
      imageUser: "",
      pod: workload.pod.spec.securityContext,
      container: securityContext,
    });
    const order = role === "app" ? "app" : [role, index];
    const process = [order, command, args, workingDir, user, addedCapabilities(securityContext)];
    const limits = [resources?.limits ?? {}, lifecycle?.stopSignal ?? ""];
    const given = containerInputs({ spec, workload, config }).map(([place, { text }]) => [place, text]);
    return [
      `container ${containerName(one)}`,
      { text: canonicalJson([process, limits, given.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1))]) },
    ];
  });
}
