using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Tells whether one end may reach another, for audits.</summary>
[Cmdlet(VerbsDiagnostic.Test, "NetPolReachability", DefaultParameterSetName = PathSet)]
[OutputType(typeof(bool))]
public sealed class TestNetPolReachabilityCommand : QueryCommand
{
    private TestQuestion? _question;

    /// <summary>
    /// The source: one workload or pod as name, namespace/name or kind/name; a whole namespace as name/*; a label selector; an IP address or a CIDR block.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string From { get; set; } = "";

    /// <summary>The destination; as From, or a Service as svc/name or namespace/svc/name: the pods behind it, on the target ports of its ports.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string To { get; set; } = "";

    /// <summary>A Service counts as reachable where any pod behind it is, and not only where all are.</summary>
    [Parameter]
    public SwitchParameter AnyPod { get; set; }

    private protected override void Prepare()
    {
        var ports = Arguments.Ports(this, Protocol, Port);
        _question = new TestQuestion(Arguments.Source(this, From), Arguments.Pattern(this, To))
        {
            Ports = ports.Numbers,
            PortNames = ports.Names,
            AnyPodWillDo = AnyPod,
            Namespaces = Namespace,
            Assumptions = Assumed(),
        };
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var answer = _question!.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteDiagnostics(answer);
        if (answer.Value is not { } tested)
            return;

        // Explaining costs more than the answer: only for those who look.
        if (tested.Because is not null)
            WriteVerbose(tested.Because);
        else if (MyInvocation.BoundParameters.TryGetValue("Verbose", out var verbose) && verbose is SwitchParameter { IsPresent: true })
            WriteVerbose(tested.Explain().ToString());
        if (tested.ServicePods is (> 0 and var reached, var all) && reached < all)
            WriteWarning($"{From} may reach only {reached} of {all} pods of {To}.");
        foreach (var note in tested.Notes)
            WriteVerbose(note);

        // Audits take anything else than an end of the command for an answer.
        if (tested.Doubts is [var doubt, ..])
            ThrowTerminatingError(ErrorRecords.InDoubt(doubt, $"{From} {(tested.IsAllowed ? "may" : "may not")} reach {To}", To));
        WriteObject(tested.IsAllowed);
    }
}
