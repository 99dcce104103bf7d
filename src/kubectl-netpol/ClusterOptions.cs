using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Live;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary>The options that read a cluster instead of manifests; kubectl passes them on to its plugins.</summary>
internal sealed class ClusterOptions
{
    private const string ContextName = "--context";

    private readonly Option<string?> _context;

    private readonly Option<string?> _kubeconfig = new("--kubeconfig")
    {
        Description = "The kubeconfig of --context; where it is left out, kubectl's own choice.",
        HelpName = "path",
    };

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "The longest that reading the cluster may take, in seconds; 0 for as long as it takes.",
        DefaultValueFactory = static _ => ClusterReading.DefaultTimeout,
        HelpName = "seconds",
    };

    /// <param name="use">What the cluster is to the command, as a sentence.</param>
    public ClusterOptions(string use)
    {
        _context = new Option<string?>(ContextName)
        {
            Description = $"{use} A context of the kubeconfig, or a dot for its current one. Read with kubectl; nothing is changed.",
            HelpName = "context",
        };
        _context.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is "")
                result.AddError("--context needs a name; --context . is the current one.");
        });
        _timeout.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > ClusterReading.LongestTimeout)
                result.AddError($"--timeout takes seconds, from 0 to {ClusterReading.LongestTimeout}.");
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_context);
        command.Add(_kubeconfig);
        command.Add(_timeout);
        command.Validators.Add(result =>
        {
            if (!IsGiven(result) && result.GetResult(_kubeconfig) is not null)
                result.AddError("--kubeconfig needs --context; --context . is the current one.");
            if (!IsGiven(result) && result.GetResult(_timeout) is { Implicit: false })
                result.AddError("--timeout is for a cluster: it needs --context.");
        });
    }

    /// <summary>Whether a command of any kind is to read a cluster.</summary>
    public static bool IsGivenTo(CommandResult result) => result.Children.OfType<OptionResult>().Any(static option => option.Option.Name == ContextName);

    public bool IsGiven(CommandResult result) => result.GetResult(_context) is not null;

    /// <summary>The cluster to read; null where none is named.</summary>
    public ClusterInput? Cluster(ParseResult result)
    {
        if (result.GetValue(_context) is not { Length: > 0 } context)
            return null;
        var seconds = result.GetValue(_timeout);
        return new ClusterInput(new ClusterConnection(context, result.GetValue(_kubeconfig)), seconds == 0 ? null : TimeSpan.FromSeconds(seconds));
    }
}

/// <summary>A cluster that a command line names.</summary>
/// <param name="Limit">How long reading it may take; null for as long as it takes.</param>
internal sealed record ClusterInput(ClusterConnection Connection, TimeSpan? Limit)
{
    /// <summary>What is to be read of it.</summary>
    public ImmutableArray<ClusterKind> Kinds { get; init; } = ClusterKinds.All;

    /// <summary>The namespace that kubectl takes where none is named; null where the kubeconfig does not say.</summary>
    public string? Namespace() => Contexts().Namespace;

    /// <summary>Everything that decides who can talk to whom, not read yet.</summary>
    /// <param name="namespaces">What the question is about; empty for all of it.</param>
    /// <param name="kubectl">The kubectl to read with; null for the one on the PATH.</param>
    public ClusterReading Reading(IReadOnlyList<string> namespaces, KubectlProgram? kubectl) =>
        new(new KubectlReader(Connection, kubectl), Kinds, Limit)
        {
            Namespaces = namespaces,
            Advice = () => Contexts().Advice(),
        };

    private KnownContexts Contexts() => KnownContexts.Read(Connection, static (text, file) => new YamlTokenReader(text, file));
}
