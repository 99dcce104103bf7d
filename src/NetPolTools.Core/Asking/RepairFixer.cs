using System.Text;
using NetPolTools.Dialects;
using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Sources;
using NetPolTools.Text;
using NetPolTools.Writing;

namespace NetPolTools.Asking;

/// <summary>
/// Makes a repair in the files that the objects stand in. Every other byte stays; the text that comes of it is read again and has to say what was tried.
/// A new policy gets a file of its own beside those that are there.
/// </summary>
/// <param name="options">How files were read.</param>
/// <param name="parse">Reads texts.</param>
/// <param name="write">Writes a manifest.</param>
public sealed class RepairFixer(ManifestReaderOptions options, SourceParser parse, Func<ManifestMap, string> write)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>The files as they would be, by name, or why that cannot be done.</summary>
    /// <param name="repair">The repair.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public RepairedFiles Propose(Repair repair, CancellationToken cancellation = default)
    {
        var files = new Dictionary<string, (SourceFile Before, SourceFile After)>();
        var newFiles = new Dictionary<string, SourceFile>();
        foreach (var step in repair.Steps)
        {
            if (step.NewPolicy is { } policy)
            {
                if (FolderOf(repair.Cluster!, policy.Namespace) is not { } folder)
                    return Refused($"{step.Object} is a new policy, and no file of its namespace says where it belongs.");
                newFiles.Add(FreeName(folder, policy.Name, newFiles), new SourceFile(write(PolicyManifests.Of(policy)!), Utf8, HasMark: false));
                continue;
            }

            if (step.Edits.Count == 0)
                return Refused($"The change of {step.Object} is more than something added; make it by hand.");
            if (step.Location.File is not { } name || !File.Exists(name))
                return Refused($"{step.Object} is in no file.");
            if (SourceFile.IsLong(name))
                return Refused($"{name} is longer than {SourceFile.MostMegabytes} MB, and such files are changed by hand.");
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

        foreach (var (name, file) in newFiles)
        {
            if (!SaysNew(name, file, repair, cancellation))
                return Refused($"{name} would not say what was tried.");
        }

        return new RepairedFiles(files, null) { NewFiles = newFiles };
    }

    private static RepairedFiles Refused(string why) => new(new Dictionary<string, (SourceFile, SourceFile)>(), why);

    /// <summary>
    /// Where the policies of a namespace stand; where there are none, its pods and workloads, and then other policies. Null where nothing is in a file.
    /// </summary>
    private static string? FolderOf(ClusterSnapshot cluster, string ns)
    {
        IEnumerable<KubernetesObject>[] objects =
        [
            cluster.NetworkPolicies.Where(policy => policy.Namespace == ns),
            cluster.Workloads.Where(workload => workload.Metadata.Namespace == ns),
            cluster.Pods.Where(pod => pod.Metadata.Namespace == ns),
            cluster.NetworkPolicies,
        ];
        var file = objects.SelectMany(static found => found).Select(static found => found.Location.File)
            .FirstOrDefault(static name => name is not null && File.Exists(name));
        return file is null ? null : Path.GetDirectoryName(file);
    }

    /// <summary>A file that is not there yet, named as the policy.</summary>
    private static string FreeName(string folder, string policy, Dictionary<string, SourceFile> taken)
    {
        var name = Path.Combine(folder, $"{policy}.yaml");
        for (var number = 2; Path.Exists(name) || taken.ContainsKey(name); number++)
            name = Path.Combine(folder, $"{policy}-{number}.yaml");
        return name;
    }

    private bool SaysNew(string name, SourceFile file, Repair repair, CancellationToken cancellation)
    {
        var policies = Read(name, file, cancellation).NetworkPolicies;
        return policies.Count == 1 && repair.Policies.Any(policy =>
            policy.Reference == policies[0].Reference && PolicyContent.AreSame(policy, policies[0]));
    }

    private ClusterSnapshot Read(string name, SourceFile file, CancellationToken cancellation)
    {
        var read = new ClusterSnapshotBuilder();
        new ManifestReader(read, AllDialects.Kinds, options).Read(new MemoryStream(file.Bytes()), name, cancellation);
        return read.Build();
    }

    private bool Says(string name, SourceFile after, Repair repair, CancellationToken cancellation)
    {
        var news = Read(name, after, cancellation);
        var expected = repair.Policies.Where(policy => policy.Location.File == name);
        var relabelled = repair.Steps.Where(step => step.Labels.Count > 0 && step.Location.File == name).Select(static step => step.Object);
        return expected.All(policy => news.NetworkPolicies.FirstOrDefault(found => found.Reference == policy.Reference) is { } becomes
                && PolicyContent.AreSame(becomes, policy))
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
    /// <summary>Files that are not there yet, by name, a new policy in each.</summary>
    public IReadOnlyDictionary<string, SourceFile> NewFiles { get; internal init; } = new Dictionary<string, SourceFile>();

    /// <summary>All files that are written, with what they hold afterwards and whether they are there already.</summary>
    public IEnumerable<(string Name, SourceFile After, bool IsThere)> All() => Files.Select(static file => (file.Key, file.Value.After, true))
        .Concat(NewFiles.Select(static file => (file.Key, file.Value, false)));

    /// <summary>Whether all of it can be said as a patch of files that are there.</summary>
    public bool IsPatch => Refusal is null && NewFiles.Count == 0;

    /// <summary>The changes as patch and git apply take them.</summary>
    public string Unified() => string.Concat(Files.Select(static file => LineDifference.Unified(file.Key, file.Value.Before.Text, file.Value.After.Text)));
}
