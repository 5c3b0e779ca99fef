import type { Cases } from "../case.ts";
import { bothProbes, fromSecret, ports, published } from "../given/published.ts";

/**
 * The facts of manifests that are public: the examples of Kubernetes' documentation and of its repository
 * of examples, a demonstration shop, a metrics server, a dashboard. The images are not read.
 */
export const cases: Cases = [
  published(
    "a shop's front end",
    {
      containers: [
        {
          image: "frontend",
          ports: ports(8080),
          ...bothProbes({ initialDelaySeconds: 10, httpGet: { path: "/_healthz", port: 8080 } }),
          env: [
            { name: "PORT", value: "8080" },
            { name: "PRODUCT_CATALOG_SERVICE_ADDR", value: "productcatalogservice:3550" },
            { name: "CURRENCY_SERVICE_ADDR", value: "currencyservice:7000" },
          ],
        },
      ],
      pod: { serviceAccountName: "default" },
      spec: { replicas: 3 },
    },
    { health: "yes", "env-config": "yes", "immutable-tag": "no", "bind-all": "unproven" },
    "both probes ask the declared port; the names of Services are configuration, injected",
  ),
  published(
    "the shop's redis on an emptyDir",
    {
      containers: [
        {
          image: "redis:alpine",
          ports: ports(6379),
          ...bothProbes({ periodSeconds: 5, tcpSocket: { port: 6379 } }),
          volumeMounts: [{ name: "redis-data", mountPath: "/data" }],
        },
      ],
      pod: { volumes: [{ name: "redis-data", emptyDir: {} }] },
    },
    { health: "yes", "env-config": "unproven", "immutable-tag": "no", "bind-all": "unproven" },
    "redis:alpine is whatever redis is newest; TCP probes are probes",
  ),
  published(
    "the shop's load generator, which waits by installing curl",
    {
      containers: [
        {
          image: "gcr.io/istio-next/loadgenerator",
          env: [
            { name: "FRONTEND_ADDR", value: "frontend:80" },
            { name: "USERS", value: "10" },
          ],
        },
      ],
      pod: {
        terminationGracePeriodSeconds: 5,
        initContainers: [
          {
            name: "wait-frontend",
            image: "alpine:3.6",
            command: [
              "sh",
              "-c",
              "set -x; apk add --no-cache curl; until curl -f http://${FRONTEND_ADDR}; do sleep 2; done;",
            ],
            env: [{ name: "FRONTEND_ADDR", value: "frontend:80" }],
          },
        ],
      },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "no" },
    "a container of a Deployment is long-running and has no probe; neither image is pinned",
  ),
  published(
    "cassandra, which may lock memory",
    {
      kind: "StatefulSet",
      containers: [
        {
          image: "gcr.io/google-samples/cassandra:v12",
          ports: ports(7000, 7001, 7199, 9042),
          securityContext: { capabilities: { add: ["IPC_LOCK"] } },
          env: [
            { name: "MAX_HEAP_SIZE", value: "512M" },
            { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
          ],
          readinessProbe: { exec: { command: ["/bin/bash", "-c", "/ready-probe.sh"] } },
          volumeMounts: [{ name: "cassandra-data", mountPath: "/cassandra_data" }],
        },
      ],
      spec: {
        serviceName: "cassandra",
        replicas: 3,
        volumeClaimTemplates: [
          {
            metadata: { name: "cassandra-data" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
          },
        ],
      },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "no", "bind-all": "unproven" },
    "IPC_LOCK is a capability beyond NET_BIND_SERVICE; the liveness probe is absent; v12 is a one-part version",
  ),
  published(
    "vllm, pinned by its digest",
    {
      containers: [
        {
          image: `vllm/vllm-openai@sha256:${"05a31dc4".repeat(8)}`,
          command: ["python3", "-m", "vllm.entrypoints.openai.api_server"],
          args: ["--model=$(MODEL_ID)", "--tensor-parallel-size=1", "--host=0.0.0.0", "--port=8080"],
          env: [
            { name: "MODEL_ID", value: "google/gemma-3-1b-it" },
            fromSecret("HUGGING_FACE_HUB_TOKEN", "hf-secret", "hf_token"),
          ],
          volumeMounts: [{ name: "dshm", mountPath: "/dev/shm" }],
        },
      ],
      pod: { volumes: [{ name: "dshm", emptyDir: { medium: "Memory" } }] },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "yes", "bind-all": "unproven" },
    "a digest is immutable; 0.0.0.0 in the arguments promises much and proves nothing; no probe",
  ),
  published(
    "minio with its keys in the manifest, on a port of the node",
    {
      kind: "StatefulSet",
      containers: [
        {
          image: "minio/minio:latest",
          args: ["server", "http://minio-0.minio.default.svc.cluster.local/data"],
          env: [
            { name: "MINIO_ACCESS_KEY", value: "minio" },
            { name: "MINIO_SECRET_KEY", value: "minio123" },
          ],
          ports: [{ containerPort: 9000, hostPort: 9000 }],
          volumeMounts: [{ name: "data", mountPath: "/data" }],
        },
      ],
      spec: {
        serviceName: "minio",
        replicas: 4,
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
          },
        ],
      },
    },
    {
      "no-host-access": "no",
      health: "no",
      "env-config": "no",
      "immutable-tag": "no",
      "bind-all": "unproven",
    },
    "a secret key as a literal is a secret in the manifest, well known or not; hostPort is refused by Baseline already",
  ),
  published(
    "selenium's hub",
    {
      containers: [
        {
          image: "selenium/hub:4.0",
          ports: ports(4444, 4443, 4442),
          ...bothProbes({ httpGet: { path: "/wd/hub/status", port: 4444 }, initialDelaySeconds: 30 }),
        },
      ],
    },
    { health: "yes", "env-config": "unproven", "immutable-tag": "no", "bind-all": "unproven" },
    "both probes on a declared port; nothing is injected and the image is not read; a two-part version",
  ),
  published(
    "a metrics server, as an early version was deployed",
    {
      containers: [
        {
          image: "gcr.io/k8s-staging-metrics-server/metrics-server:master",
          args: ["--cert-dir=/tmp", "--secure-port=4443"],
          ports: [{ name: "main-port", containerPort: 4443, protocol: "TCP" }],
          readinessProbe: { httpGet: { path: "/healthz", port: "main-port", scheme: "HTTPS" } },
          securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 1000 },
          volumeMounts: [{ name: "tmp-dir", mountPath: "/tmp" }],
        },
      ],
      pod: { volumes: [{ name: "tmp-dir", emptyDir: {} }], nodeSelector: { "kubernetes.io/os": "linux" } },
    },
    { "non-root": "unproven", health: "no", "immutable-tag": "no", "bind-all": "unproven" },
    "a uid that is not zero settles the manifest's half of row 1; allowPrivilegeEscalation, drop and seccomp are absent, and so is liveness; master is a branch",
  ),
  published(
    "the documentation's goproxy pod",
    {
      kind: "Pod",
      containers: [
        {
          image: "registry.k8s.io/goproxy:0.1",
          ports: ports(8080),
          ...bothProbes({ tcpSocket: { port: 8080 }, initialDelaySeconds: 15 }),
        },
      ],
    },
    { health: "yes", "env-config": "unproven", "immutable-tag": "no", "bind-all": "unproven" },
    "a Pod restarts Always unless it says otherwise, and has both probes; a two-part version",
  ),
  {
    ...published(
      "the documentation's mysql, with a password and a claim",
      {
        containers: [
          {
            image: "mysql:5.6",
            env: [{ name: "MYSQL_ROOT_PASSWORD", value: "password" }],
            ports: [{ name: "mysql", containerPort: 3306 }],
            volumeMounts: [{ name: "data", mountPath: "/var/lib/mysql" }],
          },
        ],
        pod: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "mysql-pv-claim" } }] },
        spec: { strategy: { type: "Recreate" } },
      },
      { health: "no", "env-config": "no", "immutable-tag": "no", "bind-all": "unproven" },
      "root's password would be the word that stands there: a literal secret, however weak",
    ),
  },
  published(
    "the documentation's fluentd on the node's folders",
    {
      kind: "DaemonSet",
      containers: [
        {
          image: "quay.io/fluentd_elasticsearch/fluentd:v5.0.1",
          volumeMounts: [
            { name: "varlog", mountPath: "/var/log" },
            { name: "containers", mountPath: "/var/lib/docker/containers", readOnly: true },
          ],
        },
      ],
      pod: {
        volumes: [
          { name: "varlog", hostPath: { path: "/var/log" } },
          { name: "containers", hostPath: { path: "/var/lib/docker/containers" } },
        ],
      },
    },
    { "no-host-access": "no", health: "no", "immutable-tag": "yes" },
    "hostPath is access to the node; a DaemonSet's container is long-running and has no probe",
  ),
  published(
    "the documentation's wordpress on a claim, one replica",
    {
      containers: [
        {
          image: "wordpress:6.2.1-apache",
          env: [
            { name: "WORDPRESS_DB_HOST", value: "wordpress-mysql" },
            fromSecret("WORDPRESS_DB_PASSWORD", "mysql-pass", "password"),
            { name: "WORDPRESS_DB_USER", value: "wordpress" },
          ],
          ports: [{ name: "wordpress", containerPort: 80 }],
          volumeMounts: [{ name: "data", mountPath: "/var/www/html" }],
        },
      ],
      pod: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "wp-pv-claim" } }] },
      spec: { strategy: { type: "Recreate" } },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "yes", "bind-all": "unproven" },
    "one replica that is recreated may hold a claim: nothing proves row 12, nothing refutes it",
  ),
  published(
    "the documentation's zookeeper, whose uid is set and nothing else",
    {
      kind: "StatefulSet",
      containers: [
        {
          image: "registry.k8s.io/kubernetes-zookeeper:1.0-3.4.10",
          ports: ports(2181, 2888, 3888),
          command: [
            "sh",
            "-c",
            "start-zookeeper --servers=3 --data_dir=/var/lib/zookeeper/data --log_level=INFO",
          ],
          ...bothProbes({ exec: { command: ["sh", "-c", "zookeeper-ready 2181"] } }),
          volumeMounts: [{ name: "datadir", mountPath: "/var/lib/zookeeper" }],
        },
      ],
      pod: { securityContext: { runAsUser: 1000, fsGroup: 1000 } },
      spec: {
        serviceName: "zk-hs",
        replicas: 3,
        volumeClaimTemplates: [
          {
            metadata: { name: "datadir" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
          },
        ],
      },
    },
    { "bind-all": "unproven" },
    "runAsUser alone is not runAsNonRoot: Restricted asks for the field; the data folder is a claim, no root file system",
  ),
  published(
    "a dashboard that drops five capabilities by name",
    {
      containers: [
        {
          image: "kubernetesui/dashboard:v2.0.4",
          args: ["--auto-generate-certificates", "--namespace=kubernetes-dashboard"],
          ports: ports(8443),
          livenessProbe: { httpGet: { scheme: "HTTPS", path: "/", port: 8443 } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsUser: 1001,
            runAsGroup: 2001,
            capabilities: { drop: ["MKNOD", "DAC_OVERRIDE", "NET_BIND_SERVICE", "NET_RAW", "SYS_CHROOT"] },
          },
          volumeMounts: [
            { name: "certs", mountPath: "/certs" },
            { name: "tmp", mountPath: "/tmp" },
          ],
        },
      ],
      pod: {
        volumes: [
          { name: "certs", secret: { secretName: "kubernetes-dashboard-certs" } },
          { name: "tmp", emptyDir: {} },
        ],
      },
    },
    { health: "no", "env-config": "yes", "immutable-tag": "yes", "bind-all": "unproven" },
    "Restricted asks for drop: [ALL]; runAsNonRoot is absent; the readiness probe is absent; the certificates are injected files",
  ),
  published(
    "the dashboard's scraper, whose seccomp profile is an annotation",
    {
      containers: [
        {
          image: "kubernetesui/metrics-scraper:v1.0.6",
          ports: ports(8000),
          livenessProbe: { httpGet: { path: "/", port: 8000 } },
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsUser: 1001 },
          volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
        },
      ],
      pod: { volumes: [{ name: "tmp", emptyDir: {} }] },
      podAnnotations: { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" },
    },
    { health: "no", "immutable-tag": "yes", "bind-all": "unproven" },
    "clusters have not read the annotation since 1.27: no profile is in effect",
  ),
  published(
    "a certificate manager's chart with its defaults",
    {
      containers: [
        {
          image: "quay.io/jetstack/cert-manager-controller:v1.17.2",
          args: ["--v=2", "--leader-election-namespace=kube-system"],
          ports: [
            { name: "http-metrics", containerPort: 9402 },
            { name: "http-healthz", containerPort: 9403 },
          ],
          env: [{ name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } }],
          livenessProbe: { httpGet: { port: "http-healthz", path: "/livez" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
          },
        },
      ],
      pod: { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } },
    },
    {
      "non-root": "unproven",
      "no-escalation": "yes",
      seccomp: "yes",
      health: "no",
      "immutable-tag": "yes",
      "bind-all": "unproven",
    },
    "Restricted is met; the image, on whose uid row 1 depends, is not read; the readiness probe is absent",
  ),
];
