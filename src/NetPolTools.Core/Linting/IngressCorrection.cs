using NetPolTools.Authoring;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Rules for those whom policies cut off, for people to put into one of these policies.</summary>
internal static class IngressCorrection
{
    /// <param name="who">As people call them.</param>
    /// <param name="ns">Their namespace.</param>
    /// <param name="labels">Which pods of it they are.</param>
    /// <param name="ports">Where they call.</param>
    public static LintCorrection LetIn(string who, string ns, LabelSelector labels, PortSet ports) => new($"Let {who} in, as a further ingress rule.")
    {
        Text = "- " + ShortYaml.Rule(
            new NetworkPolicyRule { Peers = [new() { NamespaceSelector = NamespaceSelectors.Named(ns), PodSelector = labels }], Ports = PolicyPorts.Of(ports) },
            PolicyDirection.Ingress),
    };
}
