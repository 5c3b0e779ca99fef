/** Digest of the image in the body. */
export const DIGEST = `sha256:${"a".repeat(64)}` as const;

/** Body of about 3.3 kB: a pod of a ReplicaSet, as an API server sends it. */
export function admissionBody(index: number): Buffer {
  const labels = { app: "web", "pod-template-hash": "5d4f8c7b9" };
  const probe = {
    httpGet: { path: "/healthz", port: 8080, scheme: "HTTP" },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
  const name = `web-5d4f8c7b9-${index.toString(36).padStart(5, "0")}`;
  const token = `kube-api-access-${index.toString(36).padStart(5, "0")}`;
  const object = {
    kind: "Pod",
    apiVersion: "v1",
    metadata: {
      name,
      generateName: "web-5d4f8c7b9-",
      namespace: "team",
      uid: `88df1e66-afe8-4320-9fde-${index.toString(16).padStart(12, "0")}`,
      generation: 1,
      creationTimestamp: "2026-11-24T13:50:49Z",
      labels,
      ownerReferences: [
        {
          apiVersion: "apps/v1",
          kind: "ReplicaSet",
          name: "web-5d4f8c7b9",
          uid: "9677bb46-a796-4193-8586-e36a25f7b4ff",
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      volumes: [
        { name: "tmp", emptyDir: {} },
        {
          name: token,
          projected: {
            sources: [
              { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
              { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
              {
                downwardAPI: {
                  items: [
                    { path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } },
                  ],
                },
              },
            ],
            defaultMode: 420,
          },
        },
      ],
      containers: [
        {
          name: "web",
          image: `registry.example/team/web:1.4.2@${DIGEST}`,
          ports: [{ containerPort: 8080, protocol: "TCP" }],
          env: [
            { name: "LOG_LEVEL", value: "info" },
            { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "db", key: "uri" } } },
          ],
          resources: { limits: { cpu: "1", memory: "512Mi" }, requests: { cpu: "100m", memory: "256Mi" } },
          volumeMounts: [
            { name: "tmp", mountPath: "/tmp" },
            { name: token, readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" },
          ],
          livenessProbe: probe,
          readinessProbe: probe,
          terminationMessagePath: "/dev/termination-log",
          terminationMessagePolicy: "File",
          imagePullPolicy: "IfNotPresent",
          securityContext: {
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
          },
        },
      ],
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      serviceAccountName: "default",
      serviceAccount: "default",
      securityContext: { runAsUser: 1000, runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      schedulerName: "default-scheduler",
      tolerations: [
        {
          key: "node.kubernetes.io/not-ready",
          operator: "Exists",
          effect: "NoExecute",
          tolerationSeconds: 300,
        },
        {
          key: "node.kubernetes.io/unreachable",
          operator: "Exists",
          effect: "NoExecute",
          tolerationSeconds: 300,
        },
      ],
      priority: 0,
      enableServiceLinks: true,
      preemptionPolicy: "PreemptLowerPriority",
    },
    status: { phase: "Pending", qosClass: "Burstable" },
  };
  const kind = { group: "", version: "v1", kind: "Pod" };
  const resource = { group: "", version: "v1", resource: "pods" };
  const request = {
    uid: `5d9a0fbf-55f8-4ef0-8559-${index.toString(16).padStart(12, "0")}`,
    kind,
    resource,
    requestKind: kind,
    requestResource: resource,
    name,
    namespace: "team",
    operation: "CREATE",
    userInfo: {
      username: "system:serviceaccount:kube-system:replicaset-controller",
      groups: ["system:serviceaccounts", "system:authenticated"],
    },
    object,
    oldObject: null,
    dryRun: false,
    options: { kind: "CreateOptions", apiVersion: "meta.k8s.io/v1" },
  };
  return Buffer.from(JSON.stringify({ kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1", request }));
}
