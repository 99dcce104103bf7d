using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>Collects what Calico refuses in one object, as far as it is the same in every version and where it is not.</summary>
internal sealed class CalicoRefusals
{
    /// <summary>Policies are no longer stored with their tier in the name, admin tiers have other names, and ports by name need no protocol.</summary>
    public static readonly Version V332 = new(3, 32);

    /// <summary>Most of the validation is in the CustomResourceDefinitions, with limits.</summary>
    public static readonly Version V333 = new(3, 33);

    private readonly List<CalicoRefusal> _found = [];

    public IReadOnlyList<CalicoRefusal> Found => _found;

    public void Add(string path, string message) => _found.Add(new CalicoRefusal(new FieldError(path, message)));

    public void AddAll(IEnumerable<FieldError> errors) => _found.AddRange(errors.Select(static error => new CalicoRefusal(error)));

    public void AddSince(Version since, string path, string message) => _found.Add(new CalicoRefusal(new FieldError(path, message), since));

    public void AddBefore(Version before, string path, string message) => _found.Add(new CalicoRefusal(new FieldError(path, message), null, before));

    /// <summary>One of a few words, in their case.</summary>
    public void CheckWord(string? word, string path, params ReadOnlySpan<string> words)
    {
        if (word is not null && words.Contains(word))
            return;
        var expected = $"expected {string.Join(", ", words[..^1].ToArray())} or {words[^1]}";
        Add(path, string.IsNullOrEmpty(word) ? $"The field is required; {expected}." : $"Found '{Excerpt.Of(word)}', {expected}, in this case.");
    }

    /// <summary>Of lists and texts, which have no limit before 3.33.</summary>
    public void CheckLimit(int count, int most, string path, string what, Version? since = null)
    {
        if (count > most)
            AddSince(since ?? V333, path, $"There are {count} {what}; at most {most} are allowed.");
    }

    /// <summary>A selector, in which <c>global()</c> has no place.</summary>
    public void CheckSelectorWithoutGlobal(string? selector, string path)
    {
        if (!CheckSelector(selector, path) || selector is null || !selector.Contains("global(", StringComparison.Ordinal))
            return;
        const string message = "global() may stand in the namespaceSelector of a rule's source or destination only, and there alone.";
        if (selector.Contains("global()", StringComparison.Ordinal))
            Add(path, message);
        else
            AddSince(V333, path, message);
    }

    /// <summary>Whether a selector can be read.</summary>
    public bool CheckSelector(string? selector, string path)
    {
        CheckLimit(selector?.Length ?? 0, 1024, path, "characters");
        if (CalicoSelector.TryParse(selector, out _, out var error))
            return true;
        Add(path, $"This is no selector. {error}.");
        return false;
    }
}
