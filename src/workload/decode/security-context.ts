import type {
  CapabilitiesFacts,
  PodSecurityContextFacts,
  ProfileFacts,
  SELinuxFacts,
  SecurityContextFacts,
  SysctlFacts,
  WindowsFacts,
} from "../../contract/pod-facts.ts";
import { list, object, objects } from "./collections.ts";
import { boolean, int64, string } from "./scalars.ts";

const profile = object<ProfileFacts>({ type: string, localhostProfile: string });

/** Fields common to pod and container. */
const SHARED = {
  runAsUser: int64,
  runAsGroup: int64,
  runAsNonRoot: boolean,
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: object<SELinuxFacts>({ user: string, role: string, type: string, level: string }),
  windowsOptions: object<WindowsFacts>({ hostProcess: boolean, runAsUserName: string }),
};

export const podSecurityContext = object<PodSecurityContextFacts>({
  ...SHARED,
  fsGroup: int64,
  fsGroupChangePolicy: string,
  supplementalGroups: list(int64, 0),
  supplementalGroupsPolicy: string,
  sysctls: objects(object<SysctlFacts>({ name: string, value: string }), {}),
});

export const securityContext = object<SecurityContextFacts>({
  ...SHARED,
  privileged: boolean,
  allowPrivilegeEscalation: boolean,
  readOnlyRootFilesystem: boolean,
  capabilities: object<CapabilitiesFacts>({ add: list(string, ""), drop: list(string, "") }),
  procMount: string,
});
