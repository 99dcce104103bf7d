using NetPolTools.Services;
using NetPolTools.Text;

namespace NetPolTools.Intents;

/// <summary>What must be reachable, or must not be.</summary>
/// <param name="Name">Its name, or the intent itself as a line: <c>web -> db: TCP 5432 only</c>.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="From">Who would send.</param>
/// <param name="To">Who would receive.</param>
public sealed record Intent(string Name, IntentKind Kind, IntentEnd From, IntentEnd To)
{
    /// <summary>Of the destination; of a Service, its own. Those of <see cref="IntentKind.NothingElse"/> are all.</summary>
    public AskedPorts Ports { get; init; } = AskedPorts.All;

    /// <summary>Whether, of what has to be allowed, one of the ports will do.</summary>
    public bool OnSomePort { get; init; }

    /// <summary>Where it stands.</summary>
    public SourceLocation Location { get; init; }

    public override string ToString() => Name;
}
