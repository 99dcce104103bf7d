using NetPolTools.Asking;
using NetPolTools.Intents;
using NetPolTools.Reports;

namespace NetPolTools.Kubectl;

/// <summary>One run of check: reads, asks, prints.</summary>
/// <param name="intents">What must hold.</param>
/// <param name="terminal">Where everything goes.</param>
internal sealed class CheckRun(IntentSet intents, Terminal terminal)
{
    public LintReportFormat Format { get; init; }

    /// <summary>The cluster before a change; null for none.</summary>
    public CommandInput? Before { get; init; }

    /// <summary>Files of flow records that the intents have to hold with too; null for none.</summary>
    public string[]? Flows { get; init; }

    public int Answer(CommandInput input, AskedNamespace ns, Assumptions assumptions, CancellationToken cancellation)
    {
        var before = Before is null ? null : ManifestInput.Read(Before, ns, terminal, cancellation);
        var cluster = ManifestInput.Read(input, ns, terminal, cancellation);
        var (flows, lacksRecords) = FlowFiles.ReadIfAny(Flows, cluster, ns, terminal, cancellation);
        var question = new IntentQuestion(intents) { Namespaces = ns.Only, Assumptions = assumptions, Flows = flows, LacksRecords = lacksRecords };
        terminal.Say("Checking");
        var answer = question.Ask(cluster, CommandLineWords.Default, before, cancellation);
        terminal.TellSettings(cluster, assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        using (var output = terminal.OpenOutput())
            new IntentReportFile(answer.Value, intents.File, diagnostics, cluster.Snapshot.NotEvaluated, Environment.CurrentDirectory).Write(Format, output);
        if (answer.Value is not { } report)
            return ExitCode.NotAnswered;
        if (Format == LintReportFormat.Table)
            terminal.Tell(IntentTextWriter.Sum(report) + ".");
        return report.HasFailed ? ExitCode.CheckFailed
            : report.HasUndetermined ? ExitCode.NotAnswered
            : Answering.ExitCodeOf(answer.Status);
    }
}
