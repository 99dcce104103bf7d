using NetPolTools.Cni;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>What a question takes as given where policies alone do not decide.</summary>
public sealed record Assumptions
{
    /// <summary>Policies do what they say, and ipBlocks match pods.</summary>
    public static readonly Assumptions None = new() { Cni = CniChoice.Enforcing };

    /// <summary>The network plugin that the answer is for; by default the one that the input shows.</summary>
    public CniChoice Cni { get; init; } = CniChoice.Detected;

    /// <summary>Whether answers are about ICMP and other protocols too. Where policies name these, answers are about them anyway.</summary>
    public bool CountsIcmp { get; init; }

    /// <summary>Whether staged policies, which have no effect yet, are taken as if they had.</summary>
    public bool IncludesStaged { get; init; }

    /// <summary>Settings of Cilium that are to count whatever the input says.</summary>
    public GivenCiliumSettings Cilium { get; init; } = GivenCiliumSettings.None;

    /// <summary>Whether ipBlocks are not to match pods, whatever the plugin does.</summary>
    public bool IPBlockIgnoresPods { get; init; }

    /// <summary>
    /// A plugin whose own policies are not in the input itself, but in a state of the same cluster that it is compared with, by its id in the catalogue; null
    /// for none.
    /// </summary>
    internal string? ComparedEngine { get; init; }

    /// <summary>The same for a question about some ports, which may ask about ICMP.</summary>
    internal Assumptions ToAskAbout(PortSet ports) => ports.CountsIcmp ? this with { CountsIcmp = true } : this;
}
