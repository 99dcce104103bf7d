using NetPolTools.Dialects;
using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>
/// Makes a repair in the files that the objects stand in. Every other byte stays; the text that comes of it is read again and has to say what was tried.
/// </summary>
/// <param name="options">How files were read.</param>
/// <param name="parse">Reads texts.</param>
public sealed class RepairFixer(ManifestReaderOptions options, SourceParser parse)
{
    /// <summary>The files as they would be, by name, or why that cannot be done.</summary>
    /// <param name="repair">The repair.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public RepairedFiles Propose(Repair repair, CancellationToken cancellation = default)
    {
        var files = new Dictionary<string, (SourceFile Before, SourceFile After)>();
        foreach (var step in repair.Steps)
        {
            if (step.NewPolicy is not null)
                return Refused($"{step.Object} is a new policy, which is in no file yet.");
            if (step.Edits.Count == 0)
                return Refused($"The change of {step.Object} is more than something added; make it by hand.");
            if (step.Location.File is not { } name || !File.Exists(name))
                return Refused($"{step.Object} is in no file.");
            var file = files.TryGetValue(name, out var known) ? known.After : SourceFile.Read(name);
            if (file is null)
                return Refused($"{name} is no text that would be the same when it is written again.");
            if (new LintFixText(new SourceText(file.Text, parse), parse).After(step.Location, step.Edits) is not { } text)
                return Refused($"{name} is written in a way in which {step.Object} cannot be changed without touching more.");
            files[name] = (known.Before ?? file, file with { Text = text });
        }

        foreach (var (name, (_, after)) in files)
        {
            if (!Says(name, after, repair, cancellation))
                return Refused($"{name} would not say what was tried.");
        }

        return new RepairedFiles(files, null);
    }

    private static RepairedFiles Refused(string why) => new(new Dictionary<string, (SourceFile, SourceFile)>(), why);

    private bool Says(string name, SourceFile after, Repair repair, CancellationToken cancellation)
    {
        var read = new ClusterSnapshotBuilder();
        new ManifestReader(read, AllDialects.Kinds, options).Read(new MemoryStream(after.Bytes()), name, cancellation);
        var news = read.Build();
        var expected = repair.Policies.Where(policy => policy.Location.File == name);
        var relabelled = repair.Steps.Where(step => step.Labels.Count > 0 && step.Location.File == name).Select(static step => step.Object);
        return expected.All(policy => news.NetworkPolicies.FirstOrDefault(found => found.Reference == policy.Reference) is { } becomes
                && PolicyContent.Of(becomes) == PolicyContent.Of(policy))
            && relabelled.All(about => LabelsOf(news, about) is { } labels && labels.Equals(LabelsOf(repair.Cluster!, about)));
    }

    private static LabelSet? LabelsOf(ClusterSnapshot snapshot, ObjectReference about) =>
        snapshot.Pods.FirstOrDefault(pod => pod.Reference == about)?.Metadata.Labels
            ?? snapshot.Workloads.FirstOrDefault(workload => workload.Reference == about)?.TemplateLabels;
}

/// <summary>Files after a repair.</summary>
/// <param name="Files">Before and after, by name.</param>
/// <param name="Refusal">Why there are none; null where there are.</param>
public sealed record RepairedFiles(IReadOnlyDictionary<string, (SourceFile Before, SourceFile After)> Files, string? Refusal)
{
    /// <summary>The changes as patch and git apply take them.</summary>
    public string Unified() => string.Concat(Files.Select(static file => LineDifference.Unified(file.Key, file.Value.Before.Text, file.Value.After.Text)));
}
