using System.Text.Json;
using NetPolTools.Dialects.Calico;
using NetPolTools.Tests.Dialects.Calico;

namespace NetPolTools.Tests.Corpus;

/// <summary>Objects that Calico 3.31 takes and refuses.</summary>
public sealed class CalicoValidationTests
{
    private static readonly Version Answered = new(3, 31);

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, CorpusFolder.WhyMissing is null ? All.Value.Length : 0)];

    private static Lazy<Row[]> All { get; } = new(static () =>
        JsonSerializer.Deserialize<Row[]>(File.ReadAllText(CorpusFolder.PathOf("calico", "validation.json")), JsonSerializerOptions.Web)!);

    /// <summary>Where the table asks the validator alone, and the client in front of it refuses the object.</summary>
    private static readonly Dictionary<string, string> RefusedByTheClient = new()
    {
        ["allow name with single dot - tier"] = "The policy is in no tier of the name that stands before the dot: see names.ValidateTieredPolicyName.",
    };

    [CorpusTheory]
    [MemberData(nameof(Rows))]
    public void An_object_is_taken_or_refused_as_by_Calico(int index)
    {
        var row = All.Value[index];

        // Profiles are no policies, and of those that Kubernetes gives nobody writes any.
        if (row.Yaml.Contains("kind: Profile", StringComparison.Ordinal))
            return;

        // To YAML as kubectl reads it, n is false. The answers are those of a reader that makes a text of it again.
        var read = CalicoInput.Of(row.Yaml.Replace(": n\n", ": 'n'\n", StringComparison.Ordinal));
        var refusals = read.Errors.Select(static error => error.Message)
            .Concat(read.Objects.SelectMany(CalicoRules.Check).Where(static refusal => refusal.IsBy(Answered)).Select(static refusal => refusal.Error.Message))
            .ToArray();
        var isAccepted = row.Accepted && !RefusedByTheClient.ContainsKey(row.Description);
        Assert.True(refusals.Length == 0 == isAccepted, $"{row.Description}: {row.Error}{string.Join("; ", refusals)}\n{row.Yaml}");
    }

    private sealed record Row(string Description, string Yaml, bool Accepted, string? Error);
}
