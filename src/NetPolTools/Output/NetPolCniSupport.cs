using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Output;

/// <summary>Whether a cluster enforces NetworkPolicies, by which plugin, on what evidence, and with which limits.</summary>
public sealed class NetPolCniSupport
{
    internal NetPolCniSupport(CniFindings findings)
    {
        var verdict = findings.Verdict;
        Plugin = verdict.Names;
        Enforced = verdict.Enforced;
        Reason = verdict.Reason;
        Connectivity = [.. verdict.Connecting.Select(static plugin => plugin.Name)];
        Engine = [.. verdict.Engines.Select(static plugin => plugin.Name)];
        Version = verdict.Engines.Concat(verdict.Plugins).Select(static plugin => plugin.Version?.Text).OfType<string>().FirstOrDefault() ?? "";
        Ready = verdict.Plugins.FirstOrDefault(static plugin => plugin.Ready is not null) is { } counted ? $"{counted.Ready}/{counted.Desired}" : "";
        PolicyKinds = [.. verdict.Engines.SelectMany(static engine => engine.PolicyKinds).Distinct()];
        Evidence = [.. verdict.Evidence];
        Limits = [.. verdict.Limits];
        Warnings = [.. verdict.Warnings];
        Advice = [.. verdict.Advice];
        AffectedPolicies = [.. findings.Limited];
    }

    /// <summary>The plugins with their versions: <c>Flannel 0.25.6 + kube-network-policies 0.9.0</c>.</summary>
    public string Plugin { get; }

    /// <summary>Yes, No, Partly (on some nodes) or Unknown.</summary>
    public Enforcement Enforced { get; }

    /// <summary>A sentence that says why.</summary>
    public string Reason { get; }

    /// <summary>The plugins that connect the pods.</summary>
    public string[] Connectivity { get; }

    /// <summary>The plugins that enforce policies; none where nothing does.</summary>
    public string[] Engine { get; }

    /// <summary>That of the engine, or of the plugin where there is none; empty where it is not known.</summary>
    public string Version { get; }

    /// <summary>How many agents are ready of how many there should be: <c>3/3</c>; empty where the input does not say.</summary>
    public string Ready { get; }

    /// <summary>The engine's own kinds of policies, as plural.group.</summary>
    public string[] PolicyKinds { get; }

    /// <summary>Each object that proves it, then those that only hint, each with the source of the sign.</summary>
    public PluginEvidence[] Evidence { get; }

    /// <summary>What the engine does not do, or not quite.</summary>
    public AppliedLimit[] Limits { get; }

    /// <summary>Two engines at once, leftovers and their like.</summary>
    public string[] Warnings { get; }

    /// <summary>What to do where policies have no effect.</summary>
    public string[] Advice { get; }

    /// <summary>The places in policies of the input that do not work as written.</summary>
    public LimitedUse[] AffectedPolicies { get; }

    /// <summary><c>Flannel 0.25.6: No</c>.</summary>
    public override string ToString() => $"{Plugin}: {Enforced}";
}
