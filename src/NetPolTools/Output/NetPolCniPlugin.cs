using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Output;

/// <summary>What the catalogue says of a network plugin.</summary>
public sealed class NetPolCniPlugin
{
    internal NetPolCniPlugin(CatalogueEntry entry, IEnumerable<CatalogueEntry> chain)
    {
        CatalogueEntry[] links = [.. chain];
        Plugin = entry.Name;
        Alias = NetPolList.Names(entry.Aliases);
        Enforces = entry.Answer;
        PolicyKinds = NetPolList.Names(links.SelectMany(static link => link.PolicyKinds).Distinct());
        Limits = NetPolList.Texts(links.SelectMany(static link => link.Limits.Select(limit => new NetPolCniLimit(link.Name, limit))));
        Advice = entry.Advice ?? "";
        Source = entry.Fact.Source;
        IsVerified = entry.Fact.IsVerified;
    }

    public string Plugin { get; }

    /// <summary>Other names that -Plugin takes.</summary>
    public NetPolList<string> Alias { get; }

    /// <summary>Whether it enforces NetworkPolicies, in a few words that begin with yes, no or the condition.</summary>
    public string Enforces { get; }

    /// <summary>Its own kinds of policies, as plural.group.</summary>
    public NetPolList<string> PolicyKinds { get; }

    /// <summary>What it does not do, or not quite, with the versions.</summary>
    public NetPolList<NetPolCniLimit> Limits { get; }

    /// <summary>What to do where it does not enforce; empty for nothing to say.</summary>
    public string Advice { get; }

    /// <summary>Where the catalogue has it from.</summary>
    public string Source { get; }

    /// <summary>Whether that was read there; otherwise it is inferred, or passed on by others.</summary>
    public bool IsVerified { get; }

    public override string ToString() => $"{Plugin}: {Enforces}";
}
