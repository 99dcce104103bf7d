using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Intents;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Intents;

/// <summary>Files of intents for tests, read and asked.</summary>
internal static class Intended
{
    /// <summary>What a file says; it has to be right.</summary>
    public static IntentSet Read(string text)
    {
        var told = new List<Diagnostic>();
        var read = TryRead(text, told);
        Assert.Empty(told);
        return read!;
    }

    public static IntentSet? TryRead(string text, List<Diagnostic> told)
    {
        using var folder = new ManifestFolder();
        var file = folder.Write("intents.yaml", text);
        return IntentFile.Read(file, static (reader, _) => new YamlTokenReader(reader, "intents.yaml"), told.Add);
    }

    /// <summary>The results of one file, each as a word and an intent.</summary>
    public static IReadOnlyList<string> Lines(Cluster cluster, string text) =>
        [.. Ask(cluster.Snapshot, Read(text)).Value!.Results.Select(static result => result.ToString())];

    public static Answer<IntentReport> Ask(ClusterSnapshot snapshot, IntentSet intents, Assumptions? assumptions = null) =>
        new IntentQuestion(intents) { Assumptions = assumptions ?? Assumptions.None }.Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain);

    /// <summary>The result of one intent.</summary>
    public static IntentResult One(Cluster cluster, string intent) =>
        Assert.Single(Ask(cluster.Snapshot, Read($"intents:\n- {intent}\n")).Value!.Results);
}
