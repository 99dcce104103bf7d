using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Cilium;

/// <summary>A CiliumCIDRGroup (cilium.io/v2 and v2alpha1): blocks of addresses that policies name together.</summary>
public sealed record CiliumCidrGroup(ObjectMetadata Metadata) : PolicyObject(Metadata), IDialectObject
{
    public const string KindName = "CiliumCIDRGroup";

    /// <summary><c>spec.externalCIDRs</c>, as written.</summary>
    public IReadOnlyList<string> Cidrs { get; init => field = Indexable.Of(value); } = [];

    public override string Kind => KindName;

    public PolicyDialect Dialect => CiliumDialect.Instance;
}
