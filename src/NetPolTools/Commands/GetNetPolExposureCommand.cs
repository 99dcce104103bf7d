using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Listing;
using NetPolTools.Live;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Tells which pods that do not exist yet could reach workloads, and which these could reach.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolExposure", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolExposure))]
public sealed class GetNetPolExposureCommand : QueryCommand
{
    private ExposureQuestion _question = new();

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] Workload { get; set; } = [];

    [Parameter]
    public GroupBy By { get; set; }

    [Parameter]
    public SwitchParameter IncludeAccess { get; set; }

    private protected override IReadOnlyList<ClusterKind> Kinds => IncludeAccess ? ClusterKinds.ForAccess : ClusterKinds.All;

    private protected override void Prepare()
    {
        if (By == GroupBy.Namespace)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-By goes by workload or pod here.", By));
        _question = new ExposureQuestion
        {
            Workloads = [.. Workload.Select(text => Arguments.Source(this, text))],
            By = By,
            WithAccess = IncludeAccess,
            Namespaces = Namespace,
            Assumptions = Assumed(),
        };
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var answer = _question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteSettings(snapshot, _question.Assumptions);
        WriteDiagnostics(answer);
        foreach (var line in answer.Value?.Lines(Cancellation) ?? [])
            WriteObject(new NetPolExposure(line) { NotEvaluated = snapshot.NotEvaluatedPolicies });
    }
}
