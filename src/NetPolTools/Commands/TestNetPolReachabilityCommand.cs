using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Diagnostics;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Tells whether one end may reach another, for audits. A question that has no answer ends it, whatever the error preference.</summary>
[Cmdlet(VerbsDiagnostic.Test, "NetPolReachability", DefaultParameterSetName = PathSet)]
[OutputType(typeof(bool), typeof(NetPolTestResult))]
public sealed class TestNetPolReachabilityCommand : QueryCommand
{
    private readonly List<AskedRule> _rules = [];
    private bool _areEndsShifted;

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = ContextSet)]
    [Parameter(Position = 1, ParameterSetName = InputObjectSet)]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] From { get; set; } = [];

    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ParameterSetName = ContextSet)]
    [Parameter(Position = 2, ParameterSetName = InputObjectSet)]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string[] To { get; set; } = [];

    [Parameter(Position = 3, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Position = 3, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Position = 3, ValueFromPipelineByPropertyName = true, ParameterSetName = ContextSet)]
    [Parameter(Position = 3, ParameterSetName = InputObjectSet)]
    public string[] Port { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ContextSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    public string[] Protocol { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ContextSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public string? Expected { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = PathSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ContextSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public override PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter AnyPod { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool EndsOnError => true;

    private protected override bool IsInputPiped => base.IsInputPiped || _areEndsShifted;

    private protected override void Prepare()
    {
        if (!MyInvocation.ExpectingInput || ParameterSetName == InputObjectSet)
            _rules.Add(Rule());
    }

    private protected override void TakeRecord()
    {
        if (!MyInvocation.ExpectingInput || ParameterSetName == InputObjectSet || _areEndsShifted)
            return;
        if (ParameterSetName != LiteralPathSet && !IsQuestion(InputObject))
            TakePipedCluster();
        _rules.Add(Rule());
    }

    private protected override void EndWithoutAnswer() => ThrowProblems();

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        ThrowProblems();
        if (_rules.Count == 0)
            ThrowTerminatingError(ErrorRecords.NoQuestion());
        var assumptions = Assumed();
        WriteSettings(snapshot, assumptions);
        var contextNamespace = ParameterSetName == ContextSet ? NamespaceOf(Context) : null;
        foreach (var rule in _rules)
        {
            var question = new TestQuestion(rule.Sources, rule.Destinations)
            {
                Ports = rule.Ports.Numbers,
                PortNames = rule.Ports.Names,
                AnyPodWillDo = AnyPod,
                Namespaces = Namespace,
                ContextNamespace = contextNamespace,
                Assumptions = assumptions,
            };
            var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
            WriteDiagnostics(answer);

            // A snapshot told of its errors when it was read; what took no part in the answer may have changed it.
            foreach (var diagnostic in answer.Status == AnswerStatus.AnsweredWithErrors
                ? answer.InputDiagnostics.Where(static told => told.Severity == DiagnosticSeverity.Error) : [])
                WriteDiagnostic(diagnostic, diagnostic.Object);
            ThrowProblems();
            Write(rule, answer.Value!);
        }
    }

    private void Write(AskedRule rule, TestedReachability tested)
    {
        // Explaining costs more than the answer: only for those who look.
        if (tested.Because is not null)
            WriteVerbose(tested.Because);
        else if (MyInvocation.BoundParameters.TryGetValue("Verbose", out var verbose) && verbose is SwitchParameter { IsPresent: true })
            WriteVerbose(tested.Explain().ToString());
        var (from, to) = (string.Join(", ", rule.From), string.Join(", ", rule.To));
        if (tested.ServicePods is ( > 0 and var reached, var all) && reached < all)
            WriteWarning($"{from} may reach only {reached} of {all} pods of {to}.");
        foreach (var note in tested.Notes)
            WriteVerbose(note);

        // Audits take anything else than an end of the command for an answer.
        if (tested.Doubts is [var doubt, ..])
            ThrowTerminatingError(ErrorRecords.InDoubt(doubt, $"{from} {(tested.IsAllowed ? "may" : "may not")} reach {to}", to));
        if (PassThru)
            WriteObject(new NetPolTestResult(from, to, rule.Ports, rule.Expected, tested));
        else
            WriteObject(rule.Expected is { } expected ? tested.IsAllowed == expected : tested.IsAllowed);
    }

    private AskedRule Rule() => AskedRule.Parse(this, From, To, Port, Protocol, Expected, InputObject);

    private static bool IsQuestion(PSObject? piped) => piped is { Properties: var properties }
        && new[] { nameof(From), nameof(To), nameof(Port), nameof(Protocol), nameof(Expected) }.Any(name => properties[name] is not null);

    /// <summary><c>$cluster | Test-NetPolReachability shop/web shop/db</c>: with a cluster in the pipeline, the positions are those of the ends.</summary>
    private void TakePipedCluster()
    {
        var isFirst = ParameterSetName == PathSet && _rules.Count == 0 && From.Length > 0 && (To.Length == 0 || Port.Length == 0);
        if (!isFirst || !Path.All(given => given.BaseObject is string path && !IsThere(path)))
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "The cluster comes from the parameters, so the pipeline may only bring questions: objects with the properties From and To.", InputObject));
        }

        _areEndsShifted = true;
        if (To.Length > 0)
            Port = To;
        To = From;
        From = [.. Path.Select(static given => (string)given.BaseObject)];
    }
}
