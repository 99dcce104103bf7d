using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Dialects.Calico;

/// <summary>An item of <c>ingress</c> or <c>egress</c> of a Calico policy. All that it says must hold of a packet for the rule to match.</summary>
public sealed record CalicoRule
{
    public const string Allow = "Allow";
    public const string Deny = "Deny";
    public const string Log = "Log";
    public const string Pass = "Pass";

    /// <summary>As written: Allow, Deny, Log or Pass.</summary>
    public string? Action { get; internal init; }

    /// <summary>4 or 6; null for both.</summary>
    public int? IPVersion { get; internal init; }

    /// <summary>Null for any.</summary>
    public CalicoProtocol? Protocol { get; internal init; }

    /// <summary>Any protocol but this.</summary>
    public CalicoProtocol? NotProtocol { get; internal init; }

    public CalicoIcmp? Icmp { get; internal init; }

    public CalicoIcmp? NotIcmp { get; internal init; }

    public CalicoEntity Source { get; internal init; } = CalicoEntity.Any;

    public CalicoEntity Destination { get; internal init; } = CalicoEntity.Any;

    /// <summary>What only a proxy in the pod can see; null for no condition.</summary>
    public CalicoHttp? Http { get; internal init; }

    /// <summary><c>metadata.annotations</c> of the rule.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; internal init => field = Indexable.Of(value); } = [];

    public SourceLocation Location { get; internal init; }
}

/// <summary>Type and code of ICMP messages; null for any. A code has a type.</summary>
public sealed record CalicoIcmp(int? Type, int? Code)
{
    public int? Type { get; } = Type;

    public int? Code { get; } = Code;
}

/// <summary>Conditions on HTTP requests: one of the methods and one of the paths, where there are any.</summary>
public sealed record CalicoHttp
{
    public IReadOnlyList<string> Methods { get; internal init => field = Indexable.Of(value); } = [];

    public IReadOnlyList<CalicoHttpPath> Paths { get; internal init => field = Indexable.Of(value); } = [];
}

/// <summary>The whole path of a request, or what it begins with; one of the two.</summary>
public sealed record CalicoHttpPath(string? Exact, string? Prefix)
{
    public string? Exact { get; } = Exact;

    public string? Prefix { get; } = Prefix;
}
