import { canonicalJson } from "../../json/canonical-json.ts";
import { type Fields, isFields } from "../../json/fields.ts";

/**
 * Values that mean the same as the absence of their field, by field. Each is a constant that the API server fills in:
 * a default that depends on another field (imagePullPolicy, requests) is none. Images, commands, arguments and
 * environments have no entry.
 */
interface DefaultFields {
  /** Forms of the default value, by field. */
  readonly values?: Readonly<Record<string, readonly unknown[]>>;
  /** Defaults of the objects in a field, or in each item of its list. */
  readonly within?: Readonly<Record<string, DefaultFields>>;
}

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
 * The spec of a pod without the fields that have the value which the API server gives them where they are absent. A
 * later version of Kubernetes fills new fields into the pods that it has stored: the same pod has the same result
 * before and after.
 */
export function withoutDefaults(spec: Fields): Fields {
  return without(spec, POD);
}

function without(given: Fields, { values = {}, within = {} }: DefaultFields): Fields {
  const kept = Object.entries(given).flatMap(([field, value]): readonly (readonly [string, unknown])[] => {
    const inner = own(within, field);
    const left = inner === undefined ? value : eachWithout(value, inner);
    return isDefault(left, own(values, field)) ? [] : [[field, left]];
  });
  return Object.fromEntries(kept);
}

function eachWithout(value: unknown, defaults: DefaultFields): unknown {
  if (Array.isArray(value)) return value.map((one) => (isFields(one) ? without(one, defaults) : one));
  return isFields(value) ? without(value, defaults) : value;
}

function isDefault(value: unknown, forms: readonly unknown[] = []): boolean {
  return forms.some((form) => canonicalJson(form) === canonicalJson(value));
}

/** Entry of a table; fields of a hostile object are named `constructor` and the like. */
function own<T>(table: Readonly<Record<string, T>>, field: string): T | undefined {
  return Object.hasOwn(table, field) ? table[field] : undefined;
}
