using System.Management.Automation;
using NetPolTools.Intents;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of intents.</summary>
public static class IntentDisplay
{
    /// <summary>The status, coloured unless it passed.</summary>
    public static string Status(PSObject shown) => Shown.Text(shown, nameof(NetPolIntentResult.Status)) switch
    {
        nameof(IntentStatus.Failed) => Style.Error(nameof(IntentStatus.Failed)),
        nameof(IntentStatus.Undetermined) => Style.Open(nameof(IntentStatus.Undetermined)),
        var passed => passed,
    };

    /// <summary>The intent, without anything that would steer a terminal.</summary>
    public static string Intent(PSObject shown) => Shown.Text(shown, nameof(NetPolIntentResult.Intent));

    /// <summary>What is otherwise, and by which rules: a line for each.</summary>
    public static string Deviations(PSObject shown) => string.Join(
        '\n', Shown.Texts(shown, nameof(NetPolIntentResult.Deviations)).Concat(Shown.Texts(shown, nameof(NetPolIntentResult.Reasons)))
            .Concat(Shown.Text(shown, nameof(NetPolIntentResult.Repair)) is { Length: > 0 } repair ? ["Repair: " + repair] : []));
}
