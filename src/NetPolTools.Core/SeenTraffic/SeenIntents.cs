using NetPolTools.Authoring.Inference;
using NetPolTools.Intents;
using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.SeenTraffic;

/// <summary>
/// Holds intents against traffic that was seen: what came about and must not, and what was denied and must not be. That something was never seen says nothing
/// against an intent.
/// </summary>
/// <param name="verdicts">What policies say.</param>
/// <param name="flows">What was seen.</param>
/// <param name="ends">Finds out which intents are about which traffic.</param>
/// <param name="all">All intents of the file, for those that say "nothing else".</param>
internal sealed class SeenIntents(FlowVerdicts verdicts, IReadOnlyList<SeenFlow> flows, SeenEnds ends, IReadOnlyList<IntentSides> all)
{
    private const int Most = 1000;

    /// <summary>What a node reaches among its own pods, and a pod of itself, is no traffic that intents are about.</summary>
    private readonly SeenFlow[] _flows =
        [.. flows.Where(flow => verdicts.Knows(flow.Traffic) && !verdicts.IsFree(flow.Traffic))];

    private readonly Lazy<Dictionary<(TrafficEnd, TrafficEnd), PortSet>> _cameAbout = new(() => flows.Where(static flow => !flow.WasDenied)
        .GroupBy(static flow => (flow.Traffic.Source, flow.Traffic.Destination))
        .ToDictionary(static same => same.Key, static same => PortSet.UnionOf([.. same.Select(static flow => flow.Traffic.Ports)])));

    private readonly IntentSides[] _allowing = [.. all.Where(static sides => sides.Intent.Kind is IntentKind.Allowed or IntentKind.Only)];

    public SeenOfIntent Of(IntentSides sides)
    {
        var (certain, open, count) = (new List<SeenDeviation>(), new List<SeenDeviation>(), 0);
        foreach (var flow in _flows)
        {
            var from = ends.Match(flow.Traffic.Source, sides.Intent.From, sides.From);
            foreach (var (destinations, asked) in from == SeenMatch.None ? [] : sides.To)
            {
                var to = ends.Match(flow.Traffic.Destination, sides.Intent.To, destinations);
                if (to == SeenMatch.None || (IsAnyone(sides) && !verdicts.IsDecided(flow.Traffic)))
                    continue;
                count += IsAbout(sides.Intent, flow, asked) ? 1 : 0;
                var isSure = from == SeenMatch.All && to == SeenMatch.All;
                foreach (var (ports, isCertain) in Wrong(sides, flow, asked))
                {
                    var found = isSure && isCertain ? certain : open;
                    if (found.Count < Most)
                        found.Add(new SeenDeviation(Text(flow, ports, isSure && isCertain), isSure && isCertain));
                }
            }
        }

        return new SeenOfIntent(certain.Count > 0 ? certain : open, count);
    }

    private static bool IsAnyone(IntentSides sides) => sides.Intent.From.IsEverything || sides.Intent.To.IsEverything;

    private static bool IsAbout(Intent intent, SeenFlow flow, PortSet asked) => intent.Kind switch
    {
        IntentKind.NothingElse => true,
        IntentKind.Denied => !flow.Traffic.Ports.Intersect(asked).IsEmpty,
        _ => !flow.WasDenied && !flow.Traffic.Ports.Intersect(asked).IsEmpty,
    };

    /// <summary>The ports that are not as an intent says.</summary>
    private IEnumerable<(PortSet Ports, bool IsCertain)> Wrong(IntentSides sides, SeenFlow flow, PortSet asked)
    {
        var ports = flow.Traffic.Ports;
        switch (sides.Intent.Kind)
        {
            case IntentKind.Denied when !flow.WasDenied:
                return Some(ports.Intersect(asked), true);
            case IntentKind.Only when !flow.WasDenied:
                return Some(ports.Except(asked), true);
            case IntentKind.Allowed or IntentKind.Only when flow.WasDenied:
                var cameAbout = _cameAbout.Value.GetValueOrDefault((flow.Traffic.Source, flow.Traffic.Destination), PortSet.None);
                return sides.Intent.OnSomePort && !cameAbout.Intersect(asked).IsEmpty ? [] : Some(ports.Intersect(asked).Except(cameAbout), true);
            case IntentKind.NothingElse when !flow.WasDenied:
                var (surely, perhaps) = (Allowed(flow.Traffic, SeenMatch.All), Allowed(flow.Traffic, SeenMatch.Some));
                return [.. Some(ports.Except(perhaps), true), .. Some(ports.Intersect(perhaps).Except(surely), false)];
            default:
                return [];
        }

        static IEnumerable<(PortSet, bool)> Some(PortSet ports, bool isCertain) => ports.IsEmpty ? [] : [(ports, isCertain)];
    }

    /// <summary>The ports that the intents of the file allow traffic on.</summary>
    /// <param name="traffic">The traffic.</param>
    /// <param name="least">How far they have to be about it.</param>
    private PortSet Allowed(Traffic traffic, SeenMatch least) => PortSet.UnionOf(
    [
        .. _allowing.Where(sides => ends.Match(traffic.Source, sides.Intent.From, sides.From) >= least)
            .SelectMany(sides => sides.To.Where(to => ends.Match(traffic.Destination, sides.Intent.To, to.Ends) >= least)
                .Select(to => sides.Intent.OnSomePort ? PortSet.All : to.Ports)),
    ]);

    private string Text(SeenFlow flow, PortSet ports, bool isCertain)
    {
        var (source, destination) = (flow.Traffic.Source, flow.Traffic.Destination);
        var verdict = verdicts.Of(verdicts.Find(source)!, verdicts.Find(destination)!, ports);
        var policies = flow.WasDenied && verdict.Allowed.Covers(ports) ? ", which policies allow"
            : !flow.WasDenied && verdict.Denied.Covers(ports) ? ", which policies deny"
            : "";
        var which = isCertain ? "" : "; the records do not tell which of its pods or addresses it was";
        return $"{Name(source)} was {(flow.WasDenied ? "kept from" : "seen to reach")} {Name(destination)} on {ports}{policies}{which}.";
    }

    private static string Name(TrafficEnd end) =>
        end.Name is { Namespace: { Length: > 0 } ns, Name: { } name, Kind: not ConnectionEnd.IngressControllerKind } ? $"{ns}/{name}" : end.ToString();
}
