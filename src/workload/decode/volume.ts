import type { KeyToPathFacts, ProjectionFacts, VolumeFacts } from "../../contract/pod-facts.ts";
import { isMapping, object, objects } from "./collections.ts";
import type { Decoding } from "./decoding.ts";
import { boolean, quantity, string } from "./scalars.ts";

type Sources = Omit<VolumeFacts, "sources">;

const items = objects(object<KeyToPathFacts>({ key: string, path: string }), {});
const named = object<NonNullable<ProjectionFacts["configMap"]>>({ name: string, optional: boolean, items });

const sources = object<Sources>({
  name: string,
  hostPath: object<NonNullable<Sources["hostPath"]>>({ path: string, type: string }),
  emptyDir: object<NonNullable<Sources["emptyDir"]>>({ medium: string, sizeLimit: quantity }),
  configMap: named,
  secret: object<NonNullable<Sources["secret"]>>({ secretName: string, optional: boolean, items }),
  projected: object<NonNullable<Sources["projected"]>>({
    sources: objects(object<ProjectionFacts>({ configMap: named, secret: named }), {}),
  }),
  persistentVolumeClaim: object<NonNullable<Sources["persistentVolumeClaim"]>>({
    claimName: string,
    readOnly: boolean,
  }),
  csi: object<NonNullable<Sources["csi"]>>({ driver: string, readOnly: boolean }),
});

/** A volume, and which sources it names: also those that are not valid, or that we do not know. */
export function volume(value: unknown, decoding: Decoding): VolumeFacts | undefined {
  const decoded = sources(value, decoding);
  if (decoded === undefined || !isMapping(value)) return undefined;
  const named = Object.keys(value).filter((key) => key !== "name" && value[key] !== null);
  return { ...decoded, sources: named };
}
