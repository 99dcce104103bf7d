using NetPolTools.Asking;
using NetPolTools.Intents;

namespace NetPolTools.Output;

/// <summary>Whether an intent holds, and if not, what is otherwise.</summary>
public sealed class NetPolIntentResult
{
    internal NetPolIntentResult(IntentResult result)
    {
        Source = result;
        Intent = result.Intent.Name;
        Status = result.Status.ToString();
        Expect = result.Intent.Kind.ToString();
        From = result.Intent.From.Text;
        To = result.Intent.To.Text;
        Before = result.Before?.ToString() ?? "";
        Seen = result.SeenCount;
        Deviations = NetPolList.Texts(result.Deviations);
        Reasons = NetPolList.Texts(result.Reasons);
        Repair = result.Repair is { } repair ? $"{repair} ({repair.Effect})" : "";
        RuleLocation = result.DecidingPlace() is { IsKnown: true } place ? place.ToString() : "";
        File = result.Intent.Location.File ?? "";
        Line = result.Intent.Location.Line;
        Column = result.Intent.Location.Column;
    }

    internal IntentResult Source { get; }

    /// <summary>Its name, or the intent itself as a line.</summary>
    public string Intent { get; }

    /// <summary>Passed, Failed, or Undetermined where nothing tells, or an end names nothing.</summary>
    public string Status { get; }

    /// <summary>Whether it surely holds.</summary>
    public bool Passed => Status == nameof(IntentStatus.Passed);

    /// <summary>Allowed, Denied, Only or NothingElse.</summary>
    public string Expect { get; }

    /// <summary>The sources as the file names them.</summary>
    public string From { get; }

    /// <summary>The destinations as the file names them.</summary>
    public string To { get; }

    /// <summary>What came of it before the change that -Before is about; empty where none was asked about.</summary>
    public string Before { get; }

    /// <summary>
    /// How many of the seen connections it is about: of what must be reachable those that came about. Null without -Flow, or where an end names nothing.
    /// </summary>
    public int? Seen { get; }

    /// <summary>What is not as it should be, or may not be, a sentence for each; empty where it passed.</summary>
    public NetPolList<string> Deviations { get; }

    /// <summary>The rules that decide the first of these, or what the nearest rules lack.</summary>
    public NetPolList<string> Reasons { get; }

    /// <summary>The smallest change that mends the first of these, and what it does besides; empty where none was looked for, or none was found.</summary>
    public string Repair { get; }

    /// <summary>The rule that decides the first of these, as file:line:column; empty where that is not known.</summary>
    public string RuleLocation { get; }

    /// <summary>Of the intent; empty where it is in no file.</summary>
    public string File { get; }

    /// <summary>From 1; 0 where it is not known.</summary>
    public int Line { get; }

    /// <summary>From 1; 0 where it is not known.</summary>
    public int Column { get; }

    /// <summary><c>failed: web -> db: TCP 5432 only</c>.</summary>
    public override string ToString() => Source.ToString();
}
