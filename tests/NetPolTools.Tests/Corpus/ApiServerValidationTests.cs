using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// NetworkPolicies near the edges of validity, posted to kube-apiserver 1.36.2 with strict field validation: we take what it takes, refuse what it refuses at
/// the same fields, and the directions that a policy isolates are those that it stores.
/// </summary>
public sealed partial class ApiServerValidationTests
{
    private const string Part = "validation-1.36";

    /// <summary>Where we differ, by class and name, and why.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        ["top/status conditions"] = "status was a field from 1.24 to 1.27, and policies exported from these versions have it; it decides nothing.",
        ["metadata/clusterName"] = "A field until 1.24; policies exported before have it, and it decides nothing.",
        ["json/two objects"] = "A file may hold several; kubectl reads each and posts it alone.",
        ["yaml/BOM middle"] = "kubectl reads documents one by one, each with its own byte order mark, which files put together have.",
    };

    public static TheoryData<string> Classes => [.. Rows().Select(static row => row.Class).Distinct()];

    [CorpusTheory]
    [MemberData(nameof(Classes))]
    public void We_take_and_refuse_what_the_API_server_takes_and_refuses(string kind)
    {
        var faults = new List<string>();
        foreach (var row in Rows().Where(row => row.Class == kind))
        {
            var snapshot = Read(row);
            var errors = snapshot.Diagnostics.Where(static told => told.Severity == DiagnosticSeverity.Error).ToArray();
            var fault = Compare(row, errors, snapshot.NetworkPolicies);
            var isNamed = Differences.ContainsKey($"{row.Class}/{row.Name}");
            if (fault is not null && !isNamed)
                faults.Add($"{row.Name}: {fault}\n    the server: {(row.IsAccepted ? "accepted" : row.Message)}\n    we: "
                    + $"{string.Join("; ", errors.Select(static error => error.ToString()))}");
            else if (fault is null && isNamed)
                faults.Add($"{row.Name}: there is no difference any more.");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string? Compare(Row row, Diagnostic[] errors, IReadOnlyList<NetworkPolicy> policies)
    {
        if (row.IsAccepted != (errors.Length == 0))
            return "we do not agree whether it is valid";
        if (!row.IsAccepted)
            return row.Fields.Except(errors.Select(static error => error.FieldPath ?? "")).FirstOrDefault() is { } field ? $"we say nothing of {field}" : null;
        if (policies.Count != 1)
            return $"{policies.Count} policies were found";
        string[] isolated = [
            .. Enum.GetValues<PolicyDirection>().Where(policies[0].Isolates).Select(static direction => direction.ToString()).Order(StringComparer.Ordinal)];
        return isolated.SequenceEqual(row.PolicyTypes.Distinct().Order(StringComparer.Ordinal)) ? null : $"it isolates {string.Join(" and ", isolated)}";
    }

    private static ClusterSnapshot Read(Row row)
    {
        var builder = new ClusterSnapshotBuilder();
        Cluster.Reader(builder, "default", new KubernetesVersion(1, 36))
            .Read(new MemoryStream(Encoding.UTF8.GetBytes(row.Text)), row.Class != "yaml" && row.Text.StartsWith('{') ? "input.json" : "input.yaml");
        return builder.Build();
    }

    private static IEnumerable<Row> Rows()
    {
        if (CorpusFolder.WhyMissing is not null)
            yield break;
        foreach (var line in File.ReadLines(CorpusFolder.PathOf(Part, "policies.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            yield return Row.Of(document.RootElement);
        }
    }

    /// <param name="Fields">Those that the server finds wrong; none where it cannot read the policy.</param>
    /// <param name="PolicyTypes">As stored.</param>
    private sealed partial record Row(
        string Class, string Name, string Text, bool IsAccepted, string Message, IReadOnlyList<string> Fields, IReadOnlyList<string> PolicyTypes)
    {
        public static Row Of(JsonElement row)
        {
            var message = row.GetProperty("message").GetString()!;
            var name = row.GetProperty("name").GetString()!;
            var stored = row.GetProperty("stored");
            return new Row(
                row.GetProperty("class").GetString()!,
                name,
                row.GetProperty("text").GetString()!,
                row.GetProperty("accepted").GetBoolean(),
                message,
                FieldsIn(message),
                stored.ValueKind == JsonValueKind.Object && stored.TryGetProperty("policyTypes", out var types)
                    ? [.. types.EnumerateArray().Select(static type => type.GetString()!)] : []);
        }

        /// <summary>The server finds the name wrong, too, that it made itself.</summary>
        private static string[] FieldsIn(string message)
        {
            string[] fields = [.. InvalidField().Matches(message).Select(static field => Ours(field.Groups[1].Value)).Distinct()];
            return fields.Contains("metadata.generateName") ? [.. fields.Where(static field => field != "metadata.name")] : fields;
        }

        /// <summary>The server names no item of ownerReferences.</summary>
        private static string Ours(string field) =>
            field.StartsWith("metadata.ownerReferences.", StringComparison.Ordinal) ? "metadata.ownerReferences[0]" : field;

        [GeneratedRegex(@"(?<=invalid: |invalid: \[|, )((?:metadata|spec)[\w.\[\]]*): (?:Invalid value|Required value|Unsupported value|Forbidden|Too "
            + "long|Too many)")]
        private static partial Regex InvalidField();
    }
}
