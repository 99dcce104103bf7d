using System.CommandLine;
using NetPolTools.Asking;
using NetPolTools.Reports;
using NetPolTools.Sources;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol report PATH…</c>: everything about a cluster as a page to look at, as a picture or as text.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var format = new Option<ReportFormat>("--format", "-o") { Description = "What to write.", DefaultValueFactory = static _ => ReportFormat.Html };
        var file = new Option<string?>("--output")
        {
            Description = "The file to write; without it, standard output. A file that is there already is left as it is.",
            HelpName = "file",
        };
        file.Validators.Add(result =>
        {
            if (result.GetValue(file) is { } name && Enum.TryParse<ReportFormat>(name, ignoreCase: true, out _))
                result.AddError($"'{name}' is what to write, which is given with -o; --output names a file.");
        });
        var force = new Option<bool>("--force") { Description = "Replace the file where there is one already." };
        var show = new Option<bool>("--show") { Description = "Open the file once it is written; needs --output." };
        var reference = new Option<string?>("--reference")
        {
            Description = $"What is: the report is about PATH as what is to be, and tells what changes. {ManifestInput.PathDescription}",
            HelpName = "path",
        };
        var workload = new Option<string?>("--workload")
        {
            Description = "Draw only what this workload sends and receives; with -o svg, mermaid or dot. As name or namespace/name.",
            HelpName = "name",
        };
        var exposure = new Option<bool>("--exposure")
        {
            Description = $"Tell exposure, which is who that does not exist yet could reach workloads, also of more than {new ReportLimits().MostExposed} "
                + "workloads; it takes long there.",
        };
        var part = new Option<ReportPart?>("--part")
        {
            Description = "With -o csv, which table: reachability, difference, isolation, namespaces or exposure. Without it, the difference where there is "
                + "--reference, and otherwise reachability.",
        };
        var apply = new Option<bool>("--apply") { Description = "PATH is applied to --reference, as kubectl apply would, instead of standing in its place." };
        var evaluation = new EvaluationOptions("only its workloads are shown, and whom they talk to", withBy: false, withCni: true);
        var command = new Command(
            "report",
            "Write everything about a cluster for people to look at: who can reach whom by which rules, isolation, exposure, findings, the network plugin, and "
                + "of two inputs what changes.")
        {
            format, file, force, show, reference, apply, workload, exposure, part,
        };
        input.AddTo(command);
        evaluation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(show) && result.GetValue(file) is null)
                result.AddError("--show opens a file: name it with --output.");
            if (result.GetValue(workload) is not null && !ReportFile.IsOfOneWorkload(result.GetValue(format)))
                result.AddError("--workload is for pictures and graphs: -o svg, mermaid or dot.");
            if (result.GetValue(part) is not null && result.GetValue(format) != ReportFormat.Csv)
                result.AddError("--part is for -o csv, which is one table.");
            if (result.GetValue(part) == ReportPart.Difference && result.GetValue(reference) is null)
                result.AddError("--part difference needs what PATH is compared with: --reference.");
            if (result.GetValue(force) && result.GetValue(file) is null)
                result.AddError("--force replaces a file: name it with --output.");
            if (result.GetValue(apply) && result.GetValue(reference) is null)
                result.AddError("--apply needs what PATH is applied to: --reference.");
        });
        command.SetAction((result, cancellation) => Answering.Run(terminal, () => Answer(
            input.Input(result),
            result.GetValue(reference) is { } path ? input.Input(result) with { Paths = [path], Cluster = null } : null,
            evaluation.Namespace(result),
            new ReportQuestion
            {
                Namespaces = evaluation.Namespace(result).Only,
                Assumptions = evaluation.Assumptions(result),
                Apply = result.GetValue(apply),
                WithExposure = result.GetValue(exposure) || result.GetValue(part) == ReportPart.Exposure,
                IsForPage = result.GetValue(format) == ReportFormat.Html,
            },
            new Target(result.GetValue(format), result.GetValue(file), result.GetValue(force), result.GetValue(show))
            {
                Workload = result.GetValue(workload),
                Part = result.GetValue(part),
            },
            terminal,
            cancellation)));
        return command;
    }

    private static int Answer(
        CommandInput input,
        CommandInput? reference,
        AskedNamespace ns,
        ReportQuestion question,
        Target target,
        Terminal terminal,
        CancellationToken cancellation)
    {
        // Before anything is read: the answer may take a while.
        if (target.File is { } name && File.Exists(name) && !target.Force)
        {
            terminal.Tell($"error: {name} is there already; --force replaces it.");
            return ExitCode.NotAnswered;
        }

        var sources = new SourceTexts(YamlSource.Parse);
        var before = reference is null ? null : ManifestInput.Read(reference, ns, terminal, cancellation);
        var cluster = ManifestInput.Read(input with { OnText = sources.Add }, ns, terminal, cancellation);
        terminal.Say("Evaluating");
        question = question with { Sources = sources };
        var answer = before is null
            ? question.Ask(cluster, CommandLineWords.Default, cancellation)
            : question.Ask(before, cluster, CommandLineWords.Default, cancellation);
        terminal.TellSettings(cluster, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        if (answer.IsWhole)
        {
            terminal.Say("Writing");
            if (!Write(new ReportFile(answer.Value!, diagnostics, Environment.CurrentDirectory), target, terminal))
                return ExitCode.NotAnswered;
            foreach (var sentence in ReportFile.SaysWhatIsLeftOut(target.Format) ? [] : answer.Value!.LeftOut)
                terminal.Tell($"warning: {sentence}");
        }

        return Answering.ExitCodeOf(answer.Status);
    }

    /// <returns>Whether there was something to write.</returns>
    private static bool Write(ReportFile report, Target target, Terminal terminal)
    {
        var named = target.Workload is { } name ? report.Named(name) : [];
        if (target.Workload is not null && named.Count != 1)
        {
            terminal.Tell($"error: '{target.Workload}' matches {(named.Count == 0 ? "no workload" : "several workloads")} of the report; expected one, as "
                + "namespace/name.");
            return false;
        }

        var around = named is [var only] ? only : null;
        if (target.File is not { } file)
        {
            using var output = terminal.OpenOutput();
            report.Write(target.Format, output, around, target.Part);
            return true;
        }

        using var text = new StringWriter();
        report.Write(target.Format, text, around, target.Part);
        WholeFile.Write(file, text.ToString(), target.Force);
        if (target.Show)
            OpenedFile.Open(file);
        return true;
    }

    /// <summary>Where a report goes.</summary>
    private sealed record Target(ReportFormat Format, string? File, bool Force, bool Show)
    {
        /// <summary>What it is about; null for all.</summary>
        public string? Workload { get; init; }

        /// <summary>Which table; null for what is usual.</summary>
        public ReportPart? Part { get; init; }
    }
}
