using System.CommandLine;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Reports;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol lint PATH…</c>: what a careful person would want to be told about policies before it hurts.</summary>
internal static class LintCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new Option<LintReportFormat>("--output", "-o")
        {
            Description = "How to print: sarif for GitHub's code scanning, junit and nunit3 for test results, github for annotations of its runner.",
            DefaultValueFactory = _ => LintReportFormat.Table,
        };
        var list = new Option<bool>("--list") { Description = "List the rules." };
        var explain = new Option<string?>("--explain") { Description = "Say what a rule finds, why it matters, and how to mend it, such as NP028." };
        var include = Rules("--include-rule", "Ask only these rules, by id or name; wildcards are welcome.");
        var exclude = Rules("--exclude-rule", "Do not ask these rules.");
        var severity = new Option<LintSeverity?>("--severity")
        {
            Description = "The least severity that is shown. Without it, what the settings say, or note.",
        };
        var failOn = new Option<LintFailOn?>("--fail-on")
        {
            Description = "From which severity on findings make the exit code 3. Without it, what the settings say, or error.",
        };
        var complete = new Option<LintCompleteness[]>("--complete")
        {
            Description = "Of what the input holds all there is: workloads, namespaces, services, all or none. Without it, of everything on a cluster, and of "
                + "nothing in files. Rules about what is missing need it.",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = static result => OptionText.ParseAll(result, static text => OptionText.ParseName<LintCompleteness>(text, "a kind of objects")),
        };
        var suppressed = new Option<bool>("--include-suppressed") { Description = "Show also what comments, annotations and the baseline leave out." };
        var suppressedOnly = new Option<bool>("--suppressed-only") { Description = "Show only what they leave out." };
        var fix = new Option<bool>("--fix")
        {
            Description = "Mend files where that changes no more of the text than it has to, and does to traffic what is meant, and nothing else; "
                + "then tell what is left.",
        };
        var settings = new LintSettingOptions();
        var evaluation = new EvaluationOptions("only its objects are checked", withBy: false, withCni: true);
        var command = new Command(
            "lint",
            "Check policies for what would hurt: rules that match nobody, that match too many, that the network plugin does not enforce, that cut pods off. "
                + "Exit codes: 0 nothing as grave as --fail-on, 3 findings as grave, 2 not answered, 1 answered although some input was bad.")
        {
            output, list, explain, include, exclude, severity, failOn, complete, suppressed, suppressedOnly, fix,
        };
        settings.AddTo(command);
        evaluation.AddTo(command);
        input.AddTo(command, result => !result.GetValue(list) && result.GetResult(explain) is null, ", --list or --explain");
        command.SetAction((result, cancellation) => Answering.Run(terminal, () =>
            result.GetValue(list) ? List(terminal)
            : result.GetValue(explain) is { } asked ? Explain(asked, terminal)
            : settings.Settings(result, terminal) is not { } set ? ExitCode.NotAnswered
            : new LintRun(set, settings.Use(result), terminal)
            {
                Format = result.GetValue(output),
                FailOn = result.GetValue(failOn) ?? set.FailOn ?? LintFailOn.Error,
                WithSuppressed = result.GetValue(suppressed) || result.GetValue(suppressedOnly),
                SuppressedOnly = result.GetValue(suppressedOnly),
                Fix = result.GetValue(fix),
            }.Answer(
                input.Input(result),
                evaluation.Namespace(result),
                new LintOptions
                {
                    IncludeRules = result.GetValue(include) ?? [],
                    ExcludeRules = result.GetValue(exclude) ?? [],
                    Severities = result.GetValue(severity) is { } least ? [.. Enum.GetValues<LintSeverity>().Where(known => known >= least)] : [],
                    Complete = result.GetValue(complete) is { Length: > 0 } kinds ? kinds.Aggregate(static (a, b) => a | b) : null,
                },
                evaluation.Assumptions(result),
                cancellation)));
        return command;
    }

    private static Option<string[]> Rules(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    private static int List(Terminal terminal)
    {
        using var output = terminal.OpenOutput();
        new LintTextWriter(output).Write(LintCatalogue.All);
        return ExitCode.Answered;
    }

    private static int Explain(string asked, Terminal terminal)
    {
        if (LintCatalogue.Find(asked) is not { } rule)
        {
            terminal.Tell($"error: There is no rule '{asked}'; see netpol lint --list.");
            return ExitCode.NotAnswered;
        }

        using var output = terminal.OpenOutput();
        new LintTextWriter(output).Write(rule);
        return ExitCode.Answered;
    }
}
