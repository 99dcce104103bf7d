using NetPolTools.Asking;

namespace NetPolTools.Output;

/// <summary>Whether a cluster enforces NetworkPolicies, by which plugin, on what evidence, and with which limits.</summary>
public sealed class NetPolCniSupport
{
    internal NetPolCniSupport(CniFindings findings)
    {
        var verdict = findings.Verdict;
        Plugin = verdict.Names;
        Enforced = verdict.Enforced.ToString();
        Reason = verdict.Reason;
        Connectivity = NetPolList.Names(verdict.Connecting.Select(static plugin => plugin.Name));
        Engine = NetPolList.Names(verdict.Engines.Select(static plugin => plugin.Name));
        Version = verdict.Engines.Concat(verdict.Plugins).Select(static plugin => plugin.Version?.Text).OfType<string>().FirstOrDefault() ?? "";
        Ready = verdict.Plugins.FirstOrDefault(static plugin => plugin.Ready is not null) is { } counted ? $"{counted.Ready}/{counted.Desired}" : "";
        PolicyKinds = NetPolList.Names(verdict.Engines.SelectMany(static engine => engine.PolicyKinds).Distinct());
        Evidence = NetPolList.Texts(verdict.Evidence.Select(static piece => new NetPolCniEvidence(piece)));
        Limits = NetPolList.Texts(verdict.Limits.Select(static limit => new NetPolCniLimit(limit)));
        Warnings = NetPolList.Texts(verdict.Warnings);
        Advice = NetPolList.Texts(verdict.Advice);
        AffectedPolicies = NetPolList.Texts(findings.Limited.Select(static limited => new NetPolAffectedPolicy(limited)));
    }

    /// <summary>The plugins with their versions: <c>Flannel 0.25.6 + kube-network-policies 0.9.0</c>.</summary>
    public string Plugin { get; }

    /// <summary>Yes, No, Partly (on some nodes) or Unknown.</summary>
    public string Enforced { get; }

    /// <summary>A sentence that says why.</summary>
    public string Reason { get; }

    /// <summary>The plugins that connect the pods.</summary>
    public NetPolList<string> Connectivity { get; }

    /// <summary>The plugins that enforce policies; none where nothing does.</summary>
    public NetPolList<string> Engine { get; }

    /// <summary>That of the engine, or of the plugin where there is none; empty where it is not known.</summary>
    public string Version { get; }

    /// <summary>How many agents are ready of how many there should be: <c>3/3</c>; empty where the input does not say.</summary>
    public string Ready { get; }

    /// <summary>The engine's own kinds of policies, as plural.group.</summary>
    public NetPolList<string> PolicyKinds { get; }

    /// <summary>Each object that proves it, then those that only hint, each with the source of the sign.</summary>
    public NetPolList<NetPolCniEvidence> Evidence { get; }

    /// <summary>What the engine does not do, or not quite.</summary>
    public NetPolList<NetPolCniLimit> Limits { get; }

    /// <summary>Two engines at once, leftovers and their like.</summary>
    public NetPolList<string> Warnings { get; }

    /// <summary>What to do where policies have no effect.</summary>
    public NetPolList<string> Advice { get; }

    /// <summary>The places in policies of the input that do not work as written.</summary>
    public NetPolList<NetPolAffectedPolicy> AffectedPolicies { get; }

    /// <summary><c>Flannel 0.25.6: No</c>.</summary>
    public override string ToString() => $"{Plugin}: {Enforced}";
}
