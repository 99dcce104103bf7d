using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Classes of endpoints that questions ask about as destinations. Not thread safe.</summary>
public sealed class DestinationClasses
{
    private readonly IndexSet _isolated;
    private readonly IndexSetAccumulator _found;

    internal DestinationClasses(IndexSet isolated, IndexSet notIsolated, int endpointCount)
    {
        _isolated = isolated;
        NotIsolated = notIsolated;
        _found = new IndexSetAccumulator(endpointCount);
    }

    /// <summary>Those that no policy isolates for ingress.</summary>
    internal IndexSet NotIsolated { get; }

    /// <summary>Those that are isolated for ingress, and some rule of theirs speaks of a source.</summary>
    /// <param name="receivers">Who speaks of whom.</param>
    /// <param name="sourceClass">The source.</param>
    /// <param name="sent">Only these count; null for all.</param>
    internal IndexSet Isolated(SpeakerIndex receivers, int sourceClass, IndexSet? sent)
    {
        _found.Clear();
        var asked = sent is null ? _isolated : sent.And(_isolated);
        if (asked.IsEmpty)
            return asked;
        foreach (var position in receivers.Of(sourceClass))
            _found.AddBoth(receivers[position].Any, asked);
        return _found.ToSet();
    }
}
