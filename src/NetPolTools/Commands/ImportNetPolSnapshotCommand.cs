using System.Collections.ObjectModel;
using System.Management.Automation;
using NetPolTools.Diagnostics;
using NetPolTools.Input;
using NetPolTools.Output;
using NetPolTools.Reading;

namespace NetPolTools.Commands;

/// <summary>
/// Reads snapshots that Export-NetPolSnapshot has written: one snapshot for each file, and none of a file that is no whole snapshot.
/// </summary>
[Cmdlet(VerbsData.Import, "NetPolSnapshot", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolSnapshot))]
public sealed class ImportNetPolSnapshotCommand : NetPolCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    protected override void ProcessRecord() => Guard(() =>
    {
        foreach (var file in Path.Concat(LiteralPath).SelectMany(FilesOf))
            Read(file);
    });

    protected override void EndProcessing() => EndProgress();

    private Collection<string> FilesOf(string path)
    {
        try
        {
            ProviderInfo provider;
            var files = ParameterSetName == PathSet
                ? GetResolvedProviderPathFromPSPath(path, out provider)
                : [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
            if (provider.Name != "FileSystem")
            {
                WriteError(ErrorRecords.NotAFile(path, provider.Name));
                return [];
            }

            if (files.Count == 0)
                WriteError(ErrorRecords.PathNotFound(path, null));
            return files;
        }
        catch (SessionStateException e)
        {
            WriteError(ErrorRecords.PathNotFound(path, e));
            return [];
        }
    }

    private void Read(string file)
    {
        if (Directory.Exists(file))
        {
            WriteError(ErrorRecords.NotASnapshot(file, "is a folder"));
            return;
        }

        var progress = new SynchronousProgress(read => ShowProgress($"Reading {read.Input} ({read.BytesRead / 1_000_000} MB)"));
        var input = new SnapshotInput(new ManifestReaderOptions(YamlBridge.Open) { Progress = progress }, WriteDiagnostic, Cancellation);
        input.AddPath(file);
        var snapshot = input.Finish();
        var errors = snapshot.Cluster.ReadingDiagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (snapshot.Cluster.Origin is not { } origin)
        {
            // What cannot be read at all has been told already.
            if (!errors.Any())
                WriteError(ErrorRecords.NotASnapshot(file, "holds manifests"));
        }
        else if (errors.All(origin.Diagnostics.Contains))
        {
            WriteObject(snapshot);
        }
    }
}
