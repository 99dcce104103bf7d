using NetPolTools.Asking;
using NetPolTools.Text;
using NetPolTools.Writing;

namespace NetPolTools.Kubectl;

/// <summary>Writes a file of intents that hold now.</summary>
/// <param name="file">Where to.</param>
/// <param name="terminal">Told what is done.</param>
internal sealed class CheckInit(string file, Terminal terminal)
{
    /// <summary>Files of flow records, to write what was seen; null to write what is reachable.</summary>
    public string[]? Flows { get; init; }

    public int Write(CommandInput input, AskedNamespace ns, Assumptions assumptions, CancellationToken cancellation)
    {
        var cluster = ManifestInput.Read(input, ns, terminal, cancellation);
        var (flows, lacksRecords) = FlowFiles.ReadIfAny(Flows, cluster, ns, terminal, cancellation);
        var question = new IntentInitQuestion { Namespaces = ns.Only, Assumptions = assumptions, Flows = flows, LacksRecords = lacksRecords };
        terminal.Say("Evaluating");
        var answer = question.Ask(cluster, CommandLineWords.Default, cancellation);
        terminal.Tell(answer.AllDiagnostics());
        if (answer.Value is not { } written)
            return ExitCode.NotAnswered;
        if (File.Exists(file) && !WholeFile.Holds(file, written.Text))
        {
            terminal.Tell($"error: The file {file} is there and holds something else; it is kept.");
            return ExitCode.NotAnswered;
        }

        WholeFile.Write(file, written.Text, overwrite: true);
        terminal.Tell($"{file}: {Wording.Count(written.Count, "intent")} written.");
        return Answering.ExitCodeOf(answer.Status);
    }
}
