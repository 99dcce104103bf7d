namespace NetPolTools.Linting;

/// <summary>
/// Rules that allow what some rules ask for, looked up as far as somebody had to look. A rule that went does not come back: those at the front that are gone
/// are never looked at again. Not thread safe.
/// </summary>
/// <param name="rules">Given but once.</param>
internal sealed class CoveringRules(IEnumerable<JudgedRule> rules)
{
    private readonly IEnumerator<JudgedRule> _rest = rules.GetEnumerator();
    private readonly List<JudgedRule> _known = [];
    private int _firstThatStays;

    /// <summary>The first that stays; null where there is none.</summary>
    /// <param name="withoutPolicy">A policy whose rules do not count; null for none.</param>
    /// <param name="withoutRule">A rule that does not count; null for none.</param>
    public JudgedRule? First(JudgedPolicy? withoutPolicy, JudgedRule? withoutRule)
    {
        for (var i = _firstThatStays; i < _known.Count || ReadOn(); i++)
        {
            var rule = _known[i];
            if (!rule.Stays && i == _firstThatStays)
                _firstThatStays++;
            else if (rule.Stays && rule != withoutRule && rule.Policy != withoutPolicy)
                return rule;
        }

        return null;
    }

    private bool ReadOn()
    {
        if (!_rest.MoveNext())
            return false;
        _known.Add(_rest.Current);
        return true;
    }
}
