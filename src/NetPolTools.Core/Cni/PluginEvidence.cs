using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Cni;

/// <summary>An object of the input that identifies a plugin.</summary>
/// <param name="Object">Which.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Plugin">The name of the plugin.</param>
/// <param name="What">What about the object: <c>container cilium-agent, image quay.io/cilium/cilium:v1.16.1</c>.</param>
/// <param name="IsHint">Whether it proves nothing alone.</param>
/// <param name="Fact">How the catalogue knows that it tells.</param>
public sealed record PluginEvidence(ObjectReference Object, SourceLocation Location, string Plugin, string What, bool IsHint, PluginFact Fact)
{
    /// <summary><c>DaemonSet kube-system/cilium (container cilium-agent, …)</c>.</summary>
    public override string ToString() => What.Length == 0 ? Object.ToString() : $"{Object} ({What})";
}
