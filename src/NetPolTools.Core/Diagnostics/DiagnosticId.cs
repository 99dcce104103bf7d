namespace NetPolTools.Diagnostics;

/// <summary>What kind of thing a <see cref="Diagnostic"/> is about. The names are part of the public contract and never change their meaning.</summary>
public enum DiagnosticId
{
    /// <summary>No such file, folder or match for a wildcard.</summary>
    PathNotFound,

    /// <summary>The file is there but could not be read.</summary>
    UnreadableFile,

    /// <summary>A folder or an input without any manifest in it.</summary>
    NoManifests,

    /// <summary>The question has nobody to ask about: its input holds no pod and no workload.</summary>
    NoInput,

    /// <summary>Binary content, or text in an encoding that is neither UTF-8 nor UTF-16 with a byte order mark.</summary>
    NotText,

    /// <summary>Not well-formed YAML or JSON.</summary>
    SyntaxError,

    /// <summary>A document without apiVersion or kind.</summary>
    NotAnObject,

    /// <summary>No server has this kind in this apiVersion, and one that is spelt nearly so is there.</summary>
    UnknownApiVersion,

    /// <summary>An apiVersion that newer servers no longer have.</summary>
    RemovedApiVersion,

    /// <summary>Objects of an OpenShift Template, read with the values of its parameters that stand in it.</summary>
    TemplateParameters,

    /// <summary>Objects that decide or may decide traffic and are not evaluated.</summary>
    NotEvaluated,

    /// <summary>Policies go by labels of namespaces whose Namespace objects are not in the input.</summary>
    UnknownNamespaceLabels,

    /// <summary>Policies that keep pods in Istio's ambient mode from the port at which the mesh delivers all traffic.</summary>
    AmbientMesh,

    /// <summary>Policies that mean nodes by a namespace that stands for them with one network plugin.</summary>
    HostNetworkNamespace,

    /// <summary>Policies that select no pod of their namespace.</summary>
    SelectsNothing,

    /// <summary>Policies go by labels that only controllers set, and the pods that would have them are not in the input.</summary>
    UnknownPodLabels,

    /// <summary>A file that was to hold a snapshot and holds something else.</summary>
    NotASnapshot,

    /// <summary>A key that stands twice in one map.</summary>
    DuplicateKey,

    /// <summary>A field that this kind does not have.</summary>
    UnknownField,

    /// <summary>A list where a map belongs, a number where a string belongs, and their like.</summary>
    WrongType,

    /// <summary>The API server refuses this value.</summary>
    InvalidValue,

    /// <summary>The same object twice; the later one was taken.</summary>
    DuplicateObject,

    /// <summary>A NetworkPolicy without a spec, which the API server takes as a deny of all ingress.</summary>
    MissingSpec,

    /// <summary>Rules that policyTypes switches off.</summary>
    InertRules,

    /// <summary>A rule that means something else than its words, or than the same words of another API.</summary>
    MisleadingRule,

    /// <summary>A CIDR with host bits: a warning where they were masked, an error for versions of Kubernetes that refuse it.</summary>
    MaskedHostBits,

    /// <summary>
    /// A CIDR that programs read differently: with leading zeros, or an IPv4 address written as one of IPv6. An error for versions of Kubernetes that
    /// refuse it.
    /// </summary>
    AmbiguousCidr,

    /// <summary>A named port towards an ipBlock matches nothing there.</summary>
    NamedPortTowardsIPBlock,

    /// <summary>Pods without a known address, where policies name addresses that may be theirs.</summary>
    UnknownPodAddress,

    /// <summary>A filter of the question names nothing in the input.</summary>
    NoMatch,

    /// <summary>A name of the question matches several things where one is expected.</summary>
    AmbiguousName,

    /// <summary>A Service that a question names has no pod and no address behind it.</summary>
    ServiceLeadsNowhere,

    /// <summary>An Ingress or route names a Service that is not there or has nothing behind it.</summary>
    EntranceLeadsNowhere,

    /// <summary>An Ingress names a port that is no port of its Service, only a target port.</summary>
    UnknownServicePort,

    /// <summary>Policies keep the ingress controller from a backend that an Ingress or route leads to.</summary>
    EntranceBlocked,

    /// <summary>A file to be written is there already and holds something else.</summary>
    FileExists,

    /// <summary>A file could not be written.</summary>
    UnwritableFile,

    /// <summary>An object that was read only in part, and so cannot be written whole.</summary>
    NotExportable,

    /// <summary>An address that a policy to be made needs is not in the input.</summary>
    UnknownAddress,

    /// <summary>A default deny that keeps pods from the cluster's DNS.</summary>
    DnsDenied,

    /// <summary>An input of policies alone, compared as applied to the other one.</summary>
    PoliciesApplied,

    /// <summary>A policy of a cluster that another of the same name, and of other content, would take the place of.</summary>
    ReplacesPolicy,

    /// <summary>A time that lost the way it was written before it came in.</summary>
    ChangedTimestamp,

    /// <summary>No selector can mean just this end of the traffic that policies are to allow; its rules are left out.</summary>
    Unselectable,

    /// <summary>Pods have no label of their own to be selected by, so a policy selects every pod of their namespace, those to come too.</summary>
    SelectsWholeNamespace,

    /// <summary>The policies made allow something else than what they are to allow.</summary>
    NotAsAsked,

    /// <summary>A policy that has no equal of the other kind, or whose equal is not proven to be one.</summary>
    NotConverted,

    /// <summary>A record that is neither a connection nor a flow.</summary>
    NotTraffic,

    /// <summary>A connection or flow names an end that the input does not hold.</summary>
    UnknownEnd,

    /// <summary>There is no traffic to make policies of.</summary>
    NoTraffic,

    /// <summary>Flow records that ask for nothing: denied, replies, other protocols, and their like.</summary>
    FlowsLeftOut,

    /// <summary>The network plugin of the cluster does not enforce NetworkPolicies, or not on all nodes, or that is not known.</summary>
    PoliciesNotEnforced,

    /// <summary>A policy does not work as written on the cluster's network plugin.</summary>
    PolicyLimited,

    /// <summary>The input does not tell whether policies are enforced.</summary>
    CniUnknown,

    /// <summary>There is no kubectl to read a cluster with.</summary>
    KubectlNotFound,

    /// <summary>A cluster could not be read: it does not answer, the context or kubeconfig is wrong, or the login failed.</summary>
    ClusterNotRead,

    /// <summary>The user may not list a kind of objects: a warning where the answer only lacks something, an error where it would be wrong.</summary>
    ForbiddenKind,

    /// <summary>Reading a cluster took longer than it was allowed to.</summary>
    ClusterTimeout,

    /// <summary>The connection to a cluster that is being watched is lost, or back.</summary>
    ConnectionLost,

    /// <summary>Nothing in the input tells whether policies allow what was asked about.</summary>
    Undetermined,

    /// <summary>Policies ask for more labels than are looked at one by one, so pods to come may be told apart further.</summary>
    TooManyLabels,
}
