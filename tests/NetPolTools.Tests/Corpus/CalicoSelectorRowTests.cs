using System.Text.Json;
using NetPolTools.Dialects.Calico;

namespace NetPolTools.Tests.Corpus;

/// <summary>Selectors with the answers of Calico's own parser: whether they are any, what they match, and how Calico writes them.</summary>
public sealed class CalicoSelectorRowTests
{
    public static TheoryData<int> Rows => [.. Enumerable.Range(0, CorpusFolder.WhyMissing is null ? All.Value.Length : 0)];

    private static Lazy<Row[]> All { get; } = new(static () =>
        JsonSerializer.Deserialize<Row[]>(File.ReadAllText(CorpusFolder.PathOf("calico", "selectors.json")), JsonSerializerOptions.Web)!);

    [CorpusTheory]
    [MemberData(nameof(Rows))]
    public void A_selector_is_read_as_Calico_reads_it(int index)
    {
        var row = All.Value[index];
        var isSelector = CalicoSelector.TryParse(row.Selector, out var selector, out var error);
        Assert.True(isSelector == row.Valid, $"{row.Selector}: {error}");
        if (selector is null)
            return;
        Assert.Equal(row.Canonical, selector.ToString());
        if (row.Matches is { } matches)
            Assert.Equal(matches, selector.Matches(key => row.Labels?.GetValueOrDefault(key)));
    }

    private sealed record Row(string Selector, bool Valid, Dictionary<string, string>? Labels, bool? Matches, string? Canonical);
}
