using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Reports;
using NetPolTools.Snapshot;
using NetPolTools.Text;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary>One run of repair: reads, asks, prints, and makes a repair.</summary>
internal sealed class RepairRun(Terminal terminal)
{
    public RepairFormat Format { get; init; }

    /// <summary>From 1.</summary>
    public int Choice { get; init; } = 1;

    public bool Fix { get; init; }

    public int Answer(CommandInput input, AskedNamespace ns, RepairQuestion question, CancellationToken cancellation)
    {
        var cluster = ManifestInput.Read(input, ns, terminal, cancellation);
        terminal.Say("Trying repairs");
        var answer = question.Ask(cluster, CommandLineWords.Default, cancellation);
        terminal.TellSettings(cluster, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        var fixer = new RepairFixer(ManifestInput.Options(input, ns), YamlSource.Parse, YamlManifestWriter.Write);
        var isPrinted = Print(answer.Value, diagnostics, cluster.Snapshot.NotEvaluated, fixer, cancellation);
        if (answer.Value is not { } report || !isPrinted)
            return ExitCode.NotAnswered;
        return report is { HoldsAlready: false, Repairs.Count: 0 } ? ExitCode.CheckFailed : Answering.ExitCodeOf(answer.Status);
    }

    private bool Print(
        RepairReport? report,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated,
        RepairFixer fixer,
        CancellationToken cancellation)
    {
        using var output = terminal.OpenOutput();
        if (Format == RepairFormat.Json)
            new RepairJsonWriter(output).Write(report, diagnostics, notEvaluated);
        else if (report is not null && (Format == RepairFormat.Table || report.Repairs.Count == 0))
            new RepairTextWriter(output).Write(report);
        if (report is null || report.Repairs.Count == 0)
            return true;
        if (Format is RepairFormat.Table or RepairFormat.Json && !Fix)
            return true;
        if (Choice < 1 || Choice > report.Repairs.Count)
        {
            terminal.Tell($"error: There is no repair {Choice}; there {(report.Repairs.Count == 1 ? "is one" : $"are {report.Repairs.Count}")}.");
            return false;
        }

        var repair = report.Repairs[Choice - 1];
        var files = Fix || Format == RepairFormat.Patch ? fixer.Propose(repair, cancellation) : null;
        if (Format == RepairFormat.Yaml)
            WritePolicies(repair, output);
        else if (Format == RepairFormat.Patch)
            WritePatch(repair, files!, output);
        return !Fix || Make(repair, files!);
    }

    private void WritePolicies(Repair repair, TextWriter output)
    {
        if (repair.Policies.Count == 0)
            terminal.Tell("warning: The repair changes labels alone, so there is no policy to write; see -o patch.");
        foreach (var policy in repair.Policies)
            output.Write(YamlManifestWriter.Write(CanonicalManifest.Of(PolicyManifests.Of(policy)!)) + "\n");
    }

    private static void WritePatch(Repair repair, RepairedFiles files, TextWriter output)
    {
        if (files.IsPatch)
        {
            output.Write(files.Unified());
            return;
        }

        // A new policy is applied as it is.
        foreach (var policy in repair.Steps.Select(static step => step.NewPolicy).Where(static policy => policy is not null))
            output.Write(YamlManifestWriter.Write(PolicyManifests.Of(policy!)!) + "\n");
        foreach (var command in RepairPatch.Commands(repair with { Steps = [.. repair.Steps.Where(static step => step.NewPolicy is null)] }) ?? [])
            output.Write(command + "\n");
    }

    private bool Make(Repair repair, RepairedFiles files)
    {
        if (files.Refusal is { } why)
        {
            terminal.Tell(Printable.Of($"not repaired: {why}"));
            return false;
        }

        foreach (var (file, after, isThere) in files.All())
            WholeFile.Write(file, stream => stream.Write(after.Bytes()), overwrite: isThere);
        terminal.Tell(Printable.Of($"repaired: {repair} ({repair.Effect})"));
        foreach (var file in files.NewFiles.Keys)
            terminal.Tell(Printable.Of($"new file: {file}"));
        return true;
    }
}
