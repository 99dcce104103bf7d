using NetPolTools.Objects;

namespace NetPolTools.Reachability;

/// <summary>Gives equal selectors one number, so that what one of them picks is found again without comparing their texts each time.</summary>
internal sealed class SelectorNumbers
{
    /// <summary>Of no selector.</summary>
    public const int None = -1;

    // The reading gives one object for selectors of the same text: mostly the first look is enough.
    private readonly Dictionary<LabelSelector, int> _byObject = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _byText = [];

    public int Of(LabelSelector? selector)
    {
        if (selector is null)
            return None;
        if (_byObject.TryGetValue(selector, out var number))
            return number;
        var text = selector.ToString();
        if (!_byText.TryGetValue(text, out number))
            _byText.Add(text, number = _byText.Count);
        _byObject.Add(selector, number);
        return number;
    }
}
