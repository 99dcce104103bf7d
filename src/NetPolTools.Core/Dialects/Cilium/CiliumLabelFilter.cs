using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// Which labels of pods are part of an identity, so that policies can go by them (cilium/cilium: pkg/labelsfilter/filter.go). A label is kept where the longest
/// inclusive pattern that matches its key is longer than the shortest exclusive one, or where none at all says otherwise.
/// </summary>
internal sealed class CiliumLabelFilter
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly ImmutableArray<string> Defaults =
    [
        @"io\.kubernetes\.pod\.namespace",
        @"io\.cilium\.k8s\.namespace\.labels",
        @"app\.kubernetes\.io",
        @"io\.cilium\.k8s\.policy\.cluster",
        @"io\.cilium\.k8s\.policy\.serviceaccount",
        @"!io\.kubernetes",
        @"!kubernetes\.io",
        @"!statefulset\.kubernetes\.io/pod-name",
        @"!apps\.kubernetes\.io/pod-index",
        @"!batch\.kubernetes\.io/job-completion-index",
        @"!batch\.kubernetes\.io/controller-uid",
        @"!.*beta\.kubernetes\.io",
        @"!k8s\.io",
        @"!pod-template-generation",
        @"!pod-template-hash",
        @"!controller-revision-hash",
        @"!controller-uid",
        @"!annotation.*",
        @"!etcd_node",
        @"!topology\.kubernetes\.io",
    ];

    /// <summary>Where nobody changed it.</summary>
    public static readonly CiliumLabelFilter Default = new([.. Defaults.Select(static text => Pattern.Parse(text, RegexOptions.None)!)], onlyIncluded: false);

    private readonly ImmutableArray<Pattern> _patterns;
    private readonly bool _onlyIncluded;

    private CiliumLabelFilter(ImmutableArray<Pattern> patterns, bool onlyIncluded)
    {
        _patterns = patterns;
        _onlyIncluded = onlyIncluded;
    }

    /// <summary>The default with what the setting <c>labels</c> adds: patterns with spaces between them, exclusive ones with an exclamation mark.</summary>
    /// <param name="setting">As written.</param>
    /// <param name="wrong">Patterns that are none; they are left out.</param>
    public static CiliumLabelFilter Of(string setting, out IReadOnlyList<string> wrong)
    {
        var added = setting.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => (Text: text, Pattern: Pattern.Parse(text, RegexOptions.NonBacktracking)))
            .ToArray();
        wrong = [.. added.Where(static entry => entry.Pattern is null).Select(static entry => entry.Text)];
        Pattern[] good = [.. added.Select(static entry => entry.Pattern).OfType<Pattern>()];
        return good.Length == 0 ? Default : new CiliumLabelFilter([.. Default._patterns, .. good], Array.Exists(good, static pattern => !pattern.Excludes));
    }

    /// <summary>Whether identities have a label of Kubernetes with this key.</summary>
    public bool Keeps(string key)
    {
        int included = 0, ignored = 0;
        foreach (var pattern in _patterns)
        {
            if (pattern.Length(key) is not { } length)
                continue;
            if (!pattern.Excludes)
                included = Math.Max(included, length);
            else if (ignored == 0 || length < ignored)
                ignored = length;
        }

        return (!_onlyIncluded && ignored == 0) || included > ignored;
    }

    /// <param name="Source">Empty for any.</param>
    private sealed record Pattern(string Source, Regex Expression, bool Excludes)
    {
        /// <param name="text">As the setting has it.</param>
        /// <param name="engine">The one whose time is bounded takes long to make, and is for patterns that somebody else wrote.</param>
        public static Pattern? Parse(string text, RegexOptions engine)
        {
            var colon = text.IndexOf(':');
            var (source, rest) = colon < 0 ? ("", text) : (text[..colon], text[(colon + 1)..]);
            var excludes = rest.StartsWith('!');
            if (excludes)
                rest = rest[1..];
            if (rest.Length == 0)
                return null;
            try
            {
                return new Pattern(source, new Regex(rest, RegexOptions.CultureInvariant | engine, Longest), excludes);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                return null;
            }
        }

        /// <summary>How much of a key it matches, from the beginning; null where it does not.</summary>
        public int? Length(string key)
        {
            if (Source is not ("" or CiliumKey.Kubernetes))
                return null;
            return Expression.Match(key) is { Success: true, Index: 0 } match ? match.Length : null;
        }
    }
}
