using System.CommandLine;

namespace NetPolTools.Kubectl;

/// <summary>What a command asks about: manifests by their paths, or a cluster.</summary>
internal sealed class InputOptions
{
    private readonly Argument<string[]> _paths = ManifestInput.PathsArgument();
    private readonly VersionOption _version = new();
    private readonly FileOptions _files = new();
    private readonly ClusterOptions _cluster = new("Read a cluster as it is now, instead of PATH.");

    /// <param name="command">The command that asks.</param>
    /// <param name="isNeeded">Whether the question, as it is asked, needs an input.</param>
    /// <param name="others">What may stand instead of an input, for the error where nothing does.</param>
    public void AddTo(Command command, Func<System.CommandLine.Parsing.CommandResult, bool>? isNeeded = null, string others = "")
    {
        command.Add(_paths);
        _files.AddTo(command);
        _version.AddTo(command);
        _cluster.AddTo(command);
        command.Validators.Add(result =>
        {
            var hasPaths = result.GetResult(_paths) is { Tokens.Count: > 0 };
            if (hasPaths && _cluster.IsGiven(result))
                result.AddError("The question is about a PATH or about a --context, not both; diff compares them.");
            else if (_files.IsGiven(result) && _cluster.IsGiven(result))
                result.AddError("--include and --exclude choose among files; with --context there are none.");
            else if (!hasPaths && !_cluster.IsGiven(result) && isNeeded?.Invoke(result) != false)
                result.AddError($"The question needs a PATH{(others.Length > 0 ? "," : " or")} --context{others}.");
        });
    }

    public bool IsCluster(System.CommandLine.Parsing.CommandResult result) => _cluster.IsGiven(result);

    public CommandInput Input(ParseResult result) =>
        new(result.GetValue(_paths)!, _cluster.Cluster(result), _version.Version(result)) { Files = _files.Filter(result) };
}
