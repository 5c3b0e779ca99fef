import { aboutWorkload, type ProblemSubject } from "../contract/source-problem.ts";
import { maskText } from "../secrets/scan.ts";
import { maskWorkload } from "../secrets/workload.ts";
import { type ApiObject, objectNames, readObject } from "../workload/read-object.ts";
import type { Assessment } from "./run/assessment.ts";
import type { FoundWorkload } from "./run/found-workload.ts";

/** Reads the workloads of API objects; an unreadable object is reported as a separate failure. */
export async function readObjects(
  assessment: Assessment,
  objects: readonly ApiObject[],
): Promise<readonly FoundWorkload[]> {
  const { operatedKinds = [] } = assessment.request.policy;
  const found: FoundWorkload[] = [];
  for (const object of objects) {
    try {
      const { workloads, leftOut } = readObject(object, operatedKinds);
      await assessment.skipped(leftOut.map(({ message }) => ({ about: aboutObject(object), message })));
      for (const facts of workloads) {
        found.push({ facts: maskWorkload(facts), unmasked: () => facts, objectFolders: new Map() });
      }
    } catch (error) {
      await assessment.failed(aboutObject(object), error);
    }
  }
  return found;
}

/** Kind, name and namespace of an object, as far as stated, without secrets. */
function aboutObject(object: ApiObject): ProblemSubject {
  const { kind, name, namespace } = objectNames(object);
  return aboutWorkload({
    at: object.at,
    kind: maskText(kind),
    name: maskText(name),
    ...(namespace === undefined ? {} : { namespace: maskText(namespace) }),
  });
}
