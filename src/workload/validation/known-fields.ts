// Fields of workloads in Kubernetes' API (up to 1.36), with the types that are examined.

/** A type's fields: `name`, `name:Type`, `name:Type[]`. */
const TYPES = {
  Pod: "apiVersion kind metadata:ObjectMeta spec:PodSpec status",
  PodTemplate: "apiVersion kind metadata:ObjectMeta template:PodTemplateSpec",
  ReplicationController: "apiVersion kind metadata:ObjectMeta spec:ReplicationControllerSpec status",
  Deployment: "apiVersion kind metadata:ObjectMeta spec:DeploymentSpec status",
  StatefulSet: "apiVersion kind metadata:ObjectMeta spec:StatefulSetSpec status",
  DaemonSet: "apiVersion kind metadata:ObjectMeta spec:DaemonSetSpec status",
  ReplicaSet: "apiVersion kind metadata:ObjectMeta spec:ReplicaSetSpec status",
  Job: "apiVersion kind metadata:ObjectMeta spec:JobSpec status",
  CronJob: "apiVersion kind metadata:ObjectMeta spec:CronJobSpec status",
  ObjectMeta: `annotations creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generateName generation
    labels managedFields name namespace ownerReferences resourceVersion selfLink uid`,
  ReplicationControllerSpec: "minReadySeconds replicas selector template:PodTemplateSpec",
  DeploymentSpec: `minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit selector:LabelSelector
    strategy:DeploymentStrategy template:PodTemplateSpec`,
  DeploymentStrategy: "rollingUpdate type",
  StatefulSetSpec: `minReadySeconds ordinals persistentVolumeClaimRetentionPolicy podManagementPolicy replicas
    revisionHistoryLimit selector:LabelSelector serviceName template:PodTemplateSpec updateStrategy volumeClaimTemplates`,
  DaemonSetSpec:
    "minReadySeconds revisionHistoryLimit selector:LabelSelector template:PodTemplateSpec updateStrategy",
  ReplicaSetSpec: "minReadySeconds replicas selector:LabelSelector template:PodTemplateSpec",
  JobSpec: `activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector
    maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector:LabelSelector successPolicy suspend
    template:PodTemplateSpec ttlSecondsAfterFinished`,
  CronJobSpec: `concurrencyPolicy failedJobsHistoryLimit jobTemplate:JobTemplateSpec schedule startingDeadlineSeconds
    successfulJobsHistoryLimit suspend timeZone`,
  JobTemplateSpec: "metadata:ObjectMeta spec:JobSpec",
  PodTemplateSpec: "metadata:ObjectMeta spec:PodSpec",
  LabelSelector: "matchExpressions matchLabels",
  PodSpec: `activeDeadlineSeconds affinity automountServiceAccountToken containers:Container[] dnsConfig dnsPolicy
    enableServiceLinks ephemeralContainers:EphemeralContainer[] hostAliases hostIPC hostNetwork hostPID hostUsers hostname
    hostnameOverride imagePullSecrets initContainers:Container[] nodeName nodeSelector os overhead preemptionPolicy priority
    priorityClassName readinessGates resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates
    schedulingGroup securityContext:PodSecurityContext serviceAccount serviceAccountName setHostnameAsFQDN
    shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes:Volume[]`,
  Container: `args command env:EnvVar[] envFrom image imagePullPolicy lifecycle:Lifecycle livenessProbe:Probe name
    ports:ContainerPort[] readinessProbe:Probe resizePolicy resources:ResourceRequirements restartPolicy restartPolicyRules
    securityContext:SecurityContext startupProbe:Probe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty
    volumeDevices volumeMounts:VolumeMount[] workingDir`,
  EphemeralContainer: `args command env:EnvVar[] envFrom image imagePullPolicy lifecycle livenessProbe name ports
    readinessProbe resizePolicy resources restartPolicy restartPolicyRules securityContext:SecurityContext startupProbe stdin
    stdinOnce targetContainerName terminationMessagePath terminationMessagePolicy tty volumeDevices
    volumeMounts:VolumeMount[] workingDir`,
  SecurityContext: `allowPrivilegeEscalation appArmorProfile capabilities:Capabilities privileged procMount
    readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser seLinuxOptions seccompProfile windowsOptions`,
  Capabilities: "add drop",
  PodSecurityContext: `appArmorProfile fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seLinuxChangePolicy
    seLinuxOptions seccompProfile supplementalGroups supplementalGroupsPolicy sysctls windowsOptions`,
  Probe: `exec failureThreshold grpc httpGet initialDelaySeconds periodSeconds successThreshold tcpSocket
    terminationGracePeriodSeconds timeoutSeconds`,
  Lifecycle: "postStart preStop stopSignal",
  ResourceRequirements: "claims limits requests",
  EnvVar: "name value valueFrom",
  ContainerPort: "containerPort hostIP hostPort name protocol",
  VolumeMount: "mountPath mountPropagation name readOnly recursiveReadOnly subPath subPathExpr",
  Volume: `awsElasticBlockStore azureDisk azureFile cephfs cinder configMap csi downwardAPI emptyDir ephemeral fc flexVolume
    flocker gcePersistentDisk gitRepo glusterfs hostPath image iscsi name nfs persistentVolumeClaim photonPersistentDisk
    portworxVolume projected quobyte rbd scaleIO secret storageos vsphereVolume`,
} as const;

/** Type of each field, by containing type; undefined if the type is not examined. */
export const KNOWN_FIELDS: ReadonlyMap<string, ReadonlyMap<string, string | undefined>> = new Map(
  Object.entries(TYPES).map(([type, text]) => {
    const fields = text.split(/\s+/).map((field) => field.split(":") as [string, string?]);
    return [type, new Map(fields.map(([name, of]) => [name, of]))];
  }),
);
