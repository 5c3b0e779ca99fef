import type {
  ContainerFacts,
  EnvFacts,
  EnvSourceFacts,
  FileKeyRefFacts,
  KeyRefFacts,
  PortFacts,
  ValueFromFacts,
  VolumeDeviceFacts,
  VolumeMountFacts,
} from "../../contract/pod-facts.ts";
import type { RefFacts } from "../../contract/volume-facts.ts";
import { list, object, objects } from "./collections.ts";
import { fieldRef, resourceFieldRef } from "./downward.ts";
import { lifecycle, probe } from "./probe.ts";
import { resources } from "./resources.ts";
import { boolean, int32, string } from "./scalars.ts";
import { securityContext } from "./security-context.ts";

const keyRef = object<KeyRefFacts>({ name: string, key: string, optional: boolean });
const ref = object<RefFacts>({ name: string, optional: boolean });

const valueFrom = object<ValueFromFacts>({
  secretKeyRef: keyRef,
  configMapKeyRef: keyRef,
  fieldRef,
  resourceFieldRef,
  fileKeyRef: object<FileKeyRefFacts>({ volumeName: string, path: string, key: string, optional: boolean }),
});

const volumeMount = object<VolumeMountFacts>({
  name: string,
  mountPath: string,
  subPath: string,
  subPathExpr: string,
  readOnly: boolean,
  mountPropagation: string,
});

const port = object<PortFacts>({
  name: string,
  containerPort: int32,
  protocol: string,
  hostPort: int32,
  hostIP: string,
});

/** Decoder of containers, init containers and ephemeral containers. */
export const container = object<ContainerFacts>({
  name: string,
  image: string,
  imagePullPolicy: string,
  command: list(string, ""),
  args: list(string, ""),
  workingDir: string,
  env: objects(object<EnvFacts>({ name: string, value: string, valueFrom }), {}),
  envFrom: objects(object<EnvSourceFacts>({ prefix: string, configMapRef: ref, secretRef: ref }), {}),
  ports: objects(port, {}),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle,
  resources,
  securityContext,
  volumeMounts: objects(volumeMount, {}),
  volumeDevices: objects(object<VolumeDeviceFacts>({ name: string, devicePath: string }), {}),
  restartPolicy: string,
  targetContainerName: string,
  terminationMessagePath: string,
  stdin: boolean,
  tty: boolean,
});
