import type { Fields } from "../../json/fields.ts";
import { type DefaultFields, withoutDefaults } from "../default-fields.ts";

const HTTP_GET: DefaultFields = { values: { path: ["/"], scheme: ["HTTP"] } };

const PROBE: DefaultFields = {
  values: { timeoutSeconds: [1], periodSeconds: [10], successThreshold: [1], failureThreshold: [3] },
  within: { httpGet: HTTP_GET, grpc: { values: { service: [""] } } },
};

const HANDLER: DefaultFields = { within: { httpGet: HTTP_GET } };

const [CPU, MEMORY] = ["cpu", "memory"].map((resourceName) => ({
  resourceName,
  restartPolicy: "NotRequired",
}));

const CONTAINER: DefaultFields = {
  values: {
    terminationMessagePath: ["/dev/termination-log"],
    terminationMessagePolicy: ["File"],
    resources: [{}],
    securityContext: [{}],
    // Filled in since 1.33, for the resources that a container requests or limits.
    resizePolicy: [[CPU, MEMORY], [MEMORY, CPU], [CPU], [MEMORY]],
  },
  within: {
    ports: { values: { protocol: ["TCP"] } },
    livenessProbe: PROBE,
    readinessProbe: PROBE,
    startupProbe: PROBE,
    lifecycle: { within: { postStart: HANDLER, preStop: HANDLER } },
    securityContext: { values: { procMount: ["Default"] } },
  },
};

/** 0644, in decimal. */
const FILE_MODE: DefaultFields = { values: { defaultMode: [420] } };

const VOLUME: DefaultFields = {
  within: {
    configMap: FILE_MODE,
    downwardAPI: FILE_MODE,
    secret: FILE_MODE,
    projected: {
      ...FILE_MODE,
      within: { sources: { within: { serviceAccountToken: { values: { expirationSeconds: [3600] } } } } },
    },
    hostPath: { values: { type: [""] } },
    ephemeral: {
      within: {
        volumeClaimTemplate: {
          values: { metadata: [{}, { creationTimestamp: null }] },
          within: { spec: { values: { volumeMode: ["Filesystem"] } } },
        },
      },
    },
  },
};

/** Defaults of a pod's spec; images, commands, arguments and environments have no entry. */
const POD: DefaultFields = {
  values: {
    dnsPolicy: ["ClusterFirst"],
    enableServiceLinks: [true],
    hostUsers: [true],
    preemptionPolicy: ["PreemptLowerPriority"],
    restartPolicy: ["Always"],
    schedulerName: ["default-scheduler"],
    securityContext: [{}],
    terminationGracePeriodSeconds: [30],
  },
  within: {
    containers: CONTAINER,
    ephemeralContainers: CONTAINER,
    initContainers: CONTAINER,
    securityContext: {
      values: {
        fsGroupChangePolicy: ["Always"],
        seLinuxChangePolicy: ["MountOption"],
        supplementalGroupsPolicy: ["Merge"],
      },
    },
    volumes: VOLUME,
  },
};

/**
 * The spec of a pod without fields that have their default value. The API server fills in defaults, a later version
 * also in stored pods: a pod has the same result before and after.
 */
export function withoutPodDefaults(spec: Fields): Fields {
  return withoutDefaults(spec, POD);
}
