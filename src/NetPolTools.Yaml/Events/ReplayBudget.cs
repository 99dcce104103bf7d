using YamlDotNet.Core;

namespace NetPolTools.Yaml.Events;

/// <summary>Bounds what the aliases of one document may grow to.</summary>
internal sealed class ReplayBudget(DocumentParser parser)
{
    /// <summary>
    /// So many events may come from aliases. A manifest of the largest size the API server takes has far fewer, and a "billion laughs"
    /// document uses them up within a fraction of a second.
    /// </summary>
    private const int MaxReplayedEvents = 1_000_000;

    private int _spent;

    public void Reset() => _spent = 0;

    /// <summary>Counts one event of an alias that stands at this place.</summary>
    public void Spend(Mark place)
    {
        if (++_spent > MaxReplayedEvents)
            throw parser.Fail(place, $"the aliases of this document expand to more than {MaxReplayedEvents:N0} values");
    }
}
