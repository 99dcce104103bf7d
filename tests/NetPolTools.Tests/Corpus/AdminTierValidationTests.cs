using System.Text.RegularExpressions;
using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>What kube-apiserver 1.36.2 accepts and refuses of the admin tiers' kinds, with the experimental CustomResourceDefinitions.</summary>
public sealed partial class AdminTierValidationTests
{
    private const string Part = "admin-tiers-validation";

    private const string BadSelector = "The server does not check selectors in these kinds, but no enforcer can use one with mistakes.";

    /// <summary>Where we report an error that the server does not, and why.</summary>
    private static readonly Dictionary<string, string> Stricter = new()
    {
        ["anp-selector-bad-key"] = BadSelector,
        ["anp-selector-bad-operator"] = BadSelector,
        ["banp-selector-bad-key"] = BadSelector,
        ["cnp-selector-bad-key"] = BadSelector,
        ["cnp-selector-bad-operator"] = BadSelector,
        ["cnp-selector-in-no-values"] = BadSelector,
        ["banp-peer-old-v010-not-strict"] = "Accepted without strict checking alone, and then it means every namespace.",
    };

    public static TheoryData<string> Accepted => [.. Cases("accepted").Where(static name => !Stricter.ContainsKey(name))];

    public static TheoryData<string> AcceptedWithErrors => [.. Cases("accepted").Where(Stricter.ContainsKey)];

    public static TheoryData<string> Refused => [.. Cases("refused")];

    [CorpusTheory]
    [MemberData(nameof(Accepted))]
    public void What_the_server_accepts_is_read_without_an_error(string name) => Assert.Empty(Errors("accepted", name));

    [CorpusTheory]
    [MemberData(nameof(AcceptedWithErrors))]
    public void What_the_server_takes_and_nobody_can_use_is_an_error(string name) => Assert.NotEmpty(Errors("accepted", name));

    [CorpusTheory]
    [MemberData(nameof(Refused))]
    public void What_the_server_refuses_is_an_error_at_the_same_field(string name)
    {
        var errors = Errors("refused", name);
        Assert.NotEmpty(errors);
        if (Field(File.ReadAllText(CorpusFolder.PathOf(Part, "refused", name + ".txt"))) is { } field)
            Assert.Contains(errors, error => Reaches(error.FieldPath, field));
    }

    private static Diagnostic[] Errors(string folder, string name) =>
        [.. Cluster.OfPaths(CorpusFolder.PathOf(Part, folder, name + ".yaml")).Errors];

    /// <summary>The first field that the server names; null where it names none.</summary>
    private static string? Field(string message) => FieldPattern().Match(message) is { Success: true } match ? match.Value : null;

    /// <summary>A field of a wrong type or an unknown one may be told at its parent.</summary>
    private static bool Reaches(string? path, string field) =>
        path is not null && (path == field || path.StartsWith(field, StringComparison.Ordinal) || field.StartsWith(path, StringComparison.Ordinal));

    private static IEnumerable<string> Cases(string folder) => CorpusFolder.WhyMissing is not null
        ? []
        : Directory.EnumerateFiles(CorpusFolder.PathOf(Part, folder), "*.yaml").Select(static file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(spec|metadata)\.[\w.\[\]]*\w\]?")]
    private static partial Regex FieldPattern();
}
