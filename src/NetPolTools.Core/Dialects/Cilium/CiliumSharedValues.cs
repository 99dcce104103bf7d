using NetPolTools.Objects;
using NetPolTools.Reading;

namespace NetPolTools.Dialects.Cilium;

/// <summary>What policies of Cilium have in common: thousands of them name the same ports and blocks. Of one load; not thread safe.</summary>
internal sealed class CiliumSharedValues
{
    /// <summary>Values of <c>toPorts</c>; for what allows and what denies, which have different fields.</summary>
    public (ValueMemo<FixedList<CiliumPortRule>> Allowing, ValueMemo<FixedList<CiliumPortRule>> Denying) Ports { get; } = (new(), new());

    /// <summary>Values of <c>fromCIDRSet</c> and <c>toCIDRSet</c>.</summary>
    public ValueMemo<FixedList<CiliumCidrRule>> CidrSets { get; } = new();

    /// <summary>For the items of a list being read, before they become an array of just their number.</summary>
    public List<CiliumEntry> EntryScratch { get; } = [];

    /// <inheritdoc cref="EntryScratch"/>
    public List<LabelSelector> SelectorScratch { get; } = [];
}
