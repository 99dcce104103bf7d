using NetPolTools.Snapshot;

namespace NetPolTools.Output;

/// <summary>Objects of one kind that decide or may decide traffic and take no part in answers.</summary>
public sealed class NetPolNotEvaluated
{
    private readonly string _text;

    internal NetPolNotEvaluated(NotEvaluatedKind kind)
    {
        _text = kind.ToString();
        Kind = kind.Kind;
        ApiVersion = kind.ApiVersion;
        Role = kind.Role.ToString();
        Count = kind.Count;
        Names = NetPolList.Names(kind.Names);
        Location = kind.Location.ToString();
    }

    /// <summary>As written: <c>CiliumNetworkPolicy</c>.</summary>
    public string Kind { get; }

    /// <summary>As written: <c>cilium.io/v2</c>.</summary>
    public string ApiVersion { get; }

    /// <summary>What they would do to answers: Policy, Entrance, Workload or Generator.</summary>
    public string Role { get; }

    /// <summary>How many there are; at least one.</summary>
    public int Count { get; }

    /// <summary>The first few, as namespace/name.</summary>
    public NetPolList<string> Names { get; }

    /// <summary>Where the first of them begins; empty where that is not known.</summary>
    public string Location { get; }

    public override string ToString() => _text;
}
