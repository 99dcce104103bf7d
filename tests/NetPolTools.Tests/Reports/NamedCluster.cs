using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Reports;

/// <summary>
/// A small cluster of which every text is made up by the caller: names, kinds, labels and versions, put together without the reading that would refuse them.
/// </summary>
internal static class NamedCluster
{
    /// <param name="text">Gives the text for each use, a different one for each.</param>
    /// <param name="withPolicies">Whether anything is closed.</param>
    public static ClusterSnapshot Of(Func<string, string> text, bool withPolicies)
    {
        var builder = new ClusterSnapshotBuilder();
        foreach (var ns in new[] { "ns-a", "ns-b" })
            builder.Add(new Namespace(new ObjectMetadata { Name = text(ns), Labels = Labels(text, "team", ns) }));
        builder.Add(new Node(new ObjectMetadata { Name = text("node") }) { Addresses = [NetAddress.Parse("192.0.2.1")] });
        builder.Add(Pod("front", "ns-a", "owner-front"));
        builder.Add(Pod("back", "ns-b", "owner-back"));
        builder.Add(Pod("agent", "ns-b", "owner-agent") with
        {
            Spec = new PodSpec { HostNetwork = true, NodeName = text("node") },
            HostAddresses = [NetAddress.Parse("192.0.2.1")],
        });
        builder.Add(new Workload(
            text("kind"), new ObjectMetadata { Name = text("workload"), Namespace = text("ns-a") })
        { TemplateLabels = Labels(text, "app", "workload") });
        builder.Add(Plugin("kube-flannel-ds",
            $"docker.io/flannel/flannel:v0.25.6-{new string([.. text("version").Where(static c => c is not ('/' or ':' or '@'))])}"));
        if (withPolicies)
        {
            builder.Add(Policy("closed", "ns-b", null));
            builder.Add(Policy("by-label", "ns-b", new NetworkPolicyPeer
            {
                PodSelector = new LabelSelector { MatchLabels = [new(text("key-app"), text("value-front"))] },
                NamespaceSelector = new LabelSelector
                {
                    MatchExpressions =
                    [new(text("key-team"), LabelSelectorRequirement.In, [text("value-ns-a"), text("value-ns-c")])]
                },
            }));
            builder.Add(Policy("nearly", "ns-b",
                new NetworkPolicyPeer { PodSelector = new LabelSelector { MatchLabels = [new(text("key-app"), text("value-other"))] } }));
        }

        return builder.Build();

        Pod Pod(string name, string ns, string owner) => new(new ObjectMetadata
        {
            Name = text(name),
            Namespace = text(ns),
            Labels = Labels(text, "app", name),
            Controller = new OwnerReference(text("kind"), text(owner)),
        });

        NetworkPolicy Policy(string name, string ns, NetworkPolicyPeer? peer) => new(new ObjectMetadata { Name = text(name), Namespace = text(ns) })
        {
            PodSelector = LabelSelector.Everything,
            PolicyTypes = ["Ingress"],
            Ingress = peer is null ? [] : [new NetworkPolicyRule { Peers = [peer], Ports =
                [new NetworkPolicyPort { Port = new PortNumberOrName(0, text("port")) }, new NetworkPolicyPort { Port = new PortNumberOrName(80, null) }] }],
        };

        PluginTrace Plugin(string name, string image) => new("DaemonSet", new ObjectMetadata { Name = name, Namespace = "kube-flannel" })
        {
            Containers = [new PluginContainer("kube-flannel", image, new Dictionary<string, string>(), [])],
        };
    }

    private static LabelSet Labels(Func<string, string> text, string key, string value) => LabelSet.Create([new(text("key-" + key), text("value-" + value))]);
}
