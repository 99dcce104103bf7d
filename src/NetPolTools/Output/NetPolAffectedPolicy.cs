using NetPolTools.Cni;

namespace NetPolTools.Output;

/// <summary>A place in a policy that does not work as written on the cluster's network plugin.</summary>
public sealed class NetPolAffectedPolicy
{
    private readonly string _text;

    internal NetPolAffectedPolicy(LimitedUse limited)
    {
        _text = limited.ToString();
        Policy = $"{limited.Use.Policy.Metadata.Namespace}/{limited.Use.Policy.Name}";
        Direction = limited.Use.Direction.ToString();
        Field = limited.Use.Path;
        Location = limited.Use.Location.IsKnown ? limited.Use.Location.ToString() : "";
        Feature = limited.Use.Feature.ToString();
        Limit = limited.Limit.ToString();
    }

    /// <summary><c>namespace/name</c>.</summary>
    public string Policy { get; }

    /// <summary>Ingress or Egress.</summary>
    public string Direction { get; }

    /// <summary>As the API server writes it: <c>spec.ingress[0].ports[1].endPort</c>.</summary>
    public string Field { get; }

    /// <summary>As file:line:column; empty for policies that came as objects.</summary>
    public string Location { get; }

    public string Feature { get; }

    /// <summary>What happens instead.</summary>
    public string Limit { get; }

    public override string ToString() => _text;
}
