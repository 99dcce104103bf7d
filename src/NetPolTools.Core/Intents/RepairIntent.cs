using NetPolTools.Listing;
using NetPolTools.Services;

namespace NetPolTools.Intents;

/// <summary>Intents of questions that name ends and ports.</summary>
public static class RepairIntent
{
    /// <param name="from">Sources.</param>
    /// <param name="to">Destinations.</param>
    /// <param name="ports">Of the destinations.</param>
    /// <param name="denied">Whether it is not to be reachable.</param>
    public static Intent Of(IReadOnlyList<EndpointPattern> from, IReadOnlyList<EndpointPattern> to, AskedPorts ports, bool denied)
    {
        var (source, destination) = (End(from), End(to));
        var asked = string.Join(' ', ports.Names.Prepend(ports.Numbers.IsEmpty ? "" : ports.Numbers.ToString()).Where(static part => part.Length > 0));
        return new Intent($"{source} -> {destination}: {(denied ? "not " : "")}{asked}", denied ? IntentKind.Denied : IntentKind.Allowed, source, destination)
        {
            Ports = ports,
        };
    }

    private static IntentEnd End(IReadOnlyList<EndpointPattern> patterns) => new(string.Join(", ", patterns)) { Patterns = patterns };
}
