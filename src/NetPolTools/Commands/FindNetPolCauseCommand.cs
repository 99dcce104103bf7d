using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Output;
using NetPolTools.Sets;

namespace NetPolTools.Commands;

/// <summary>Finds the change between two states of a cluster that made a connection fail, or possible.</summary>
[Cmdlet(VerbsCommon.Find, "NetPolCause", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolCause))]
public sealed class FindNetPolCauseCommand : ReadingCommand
{
    private readonly List<string> _literalPaths = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Reference { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    [SupportsWildcards]
    public PSObject[] Difference { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string DifferenceContext { get; set; } = "";

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Include { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Exclude { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string DefaultNamespace { get; set; } = "default";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string? KubernetesVersion { get; set; }

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string From { get; set; } = "";

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string To { get; set; } = "";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public Protocol[] Protocol { get; set; } = [];

    [Parameter]
    public SwitchParameter Apply { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CniCompleter))]
    public string? Cni { get; set; }

    protected override void ProcessRecord() => _literalPaths.AddRange(LiteralPath);

    protected override void EndProcessing() => Guard(() =>
    {
        var ports = Arguments.Ports(this, Protocol, Port);
        var question = new CauseQuestion(Arguments.Source(this, From), Arguments.Pattern(this, To))
        {
            Ports = ports.Numbers,
            PortNames = ports.Names,
            Namespaces = Namespace,
            Apply = Apply,
            Assumptions = new Assumptions { Cni = Arguments.Cni(this, Cni) },
        };
        var reference = Read(Reference, isLiteral: ParameterSetName == LiteralPathSet);
        if (ReadDifference() is not { } difference)
        {
            EndProgress();
            return;
        }

        ShowProgress("Evaluating");
        var answer = question.Ask(reference.Evaluator, difference.Evaluator, ParameterWords.Default, Cancellation);
        WriteSettings(difference, question.Assumptions);
        WriteDiagnostics(answer);
        if (answer.Value is { } found)
            WriteObject(new NetPolCause(From, To, found));
        EndProgress();
    });

    private NetPolSnapshot Read(IEnumerable<PSObject> given, bool isLiteral)
    {
        var input = NewInput();
        foreach (var part in given)
            AddArgument(input, part, isLiteral);
        return Finish(input);
    }

    /// <returns>Null where the cluster could not be read; the errors are told.</returns>
    private NetPolSnapshot? ReadDifference()
    {
        if (ParameterSetName == PathSet)
            return Read(Difference, isLiteral: false);
        var input = NewInput();
        if (ParameterSetName == ContextSet && !AddCluster(input, DifferenceContext))
            return null;
        foreach (var path in _literalPaths)
            AddLiteralPath(input, path);
        return Finish(input);
    }
}
