using NetPolTools.Linting;

namespace NetPolTools.Reports;

/// <summary>What can be wrong with an intent, as reports of findings name it. No rule that lint asks.</summary>
internal sealed class IntentRule : LintRule
{
    public static readonly IntentRule NotReachable = new(
        "INT001", "not-reachable", LintSeverity.Error, "What an intent says must be reachable is not.", "- web -> db: TCP 5432");

    public static readonly IntentRule Reachable = new(
        "INT002", "reachable", LintSeverity.Error, "What an intent says must not be reachable is.", "- nothing -> metadata addresses");

    public static readonly IntentRule SomethingElse = new(
        "INT003", "something-else", LintSeverity.Error, "Something is reachable that no intent allows, where nothing else must be.", "- nothing else -> db");

    public static readonly IntentRule Undetermined = new(
        "INT004", "undetermined", LintSeverity.Warning, "Nothing in the input tells whether an intent holds, or one of its ends is not there.",
        "- web -> db: TCP 5432");

    private readonly string _example;

    private IntentRule(string id, string name, LintSeverity severity, string description, string example)
        : base(id, name, severity, LintNeeds.Reachability)
    {
        Description = description;
        _example = example;
    }

    public override string Description { get; }

    public override string Why => "The file of intents says what must hold of the policies; either they or the intent are not as they should be.";

    public override string Trouble => $"intents:\n{_example}\n# and policies by which it does not hold";

    public override string Cure => $"intents:\n{_example}\n# and policies by which it holds; kubectl netpol repair finds the smallest change";

    internal override IEnumerable<LintFinding> Check(LintContext context) => [];
}
