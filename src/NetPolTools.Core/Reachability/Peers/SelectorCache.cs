using System.Collections.Concurrent;
using NetPolTools.Objects;

namespace NetPolTools.Reachability;

/// <summary>Interning cache of selectors: equal selectors are resolved once and have one number. Thread safe.</summary>
internal sealed class SelectorCache(LabelIndex labels)
{
    // The reading gives one object for selectors of the same text: mostly the first look is enough.
    private readonly ConcurrentDictionary<LabelSelector, CachedSelector> _byObject = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<string, CachedSelector> _byText = [];
    private int _count;

    public CachedSelector this[LabelSelector selector] =>
        _byObject.TryGetValue(selector, out var known) ? known : _byObject.GetOrAdd(selector, OfText(selector));

    private CachedSelector OfText(LabelSelector selector)
    {
        var text = selector.ToString();
        return _byText.TryGetValue(text, out var known)
            ? known
            : _byText.GetOrAdd(text, new CachedSelector(Interlocked.Increment(ref _count), labels.Find(selector)));
    }
}

/// <param name="Number">From 1 on; no two that differ have the same.</param>
/// <param name="Sets">To see what it picks.</param>
internal sealed record CachedSelector(int Number, SelectorSets Sets);
