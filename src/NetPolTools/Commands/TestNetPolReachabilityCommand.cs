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

    /// <summary>The destination; as From, or a Service as svc/name or namespace/svc/name: any pod behind it, on its target ports.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string To { get; set; } = "";

    private protected override void Prepare() =>
        _question = new TestQuestion(Arguments.Source(this, From), Arguments.Pattern(this, To))
        {
            Ports = Arguments.Ports(this, Protocol, Port),
            Namespaces = Namespace,
            Assumptions = Assumed(),
        };

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
        WriteObject(tested.IsAllowed);
    }
}
